"""Pages of the case log, a file a noun."""
