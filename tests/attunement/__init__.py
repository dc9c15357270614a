"""The words of the method."""
