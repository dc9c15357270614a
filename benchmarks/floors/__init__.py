"""Tiny programs that do a job with nothing around it."""
