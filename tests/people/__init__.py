"""Who someone is, and to whom."""
