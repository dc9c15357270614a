"""Reads that cross models, returned as frozen values for a page."""
