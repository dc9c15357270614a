"""Who did what, when, to which thing: append-only and hash-chained. Imports no room."""
