"""What was practised: cases, consents, goals, cycles, time."""
