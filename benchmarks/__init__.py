"""What Attune costs, each figure beside the least it could cost."""
