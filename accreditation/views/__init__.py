"""Pages of supervised practice and accreditation: find, ask, tell."""
