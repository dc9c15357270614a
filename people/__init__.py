"""Who someone is, and to whom: users, organisations, role grants, ties, the Actor."""
