"""What was practised."""
