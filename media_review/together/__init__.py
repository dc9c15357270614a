"""Watching together: tickets, the right to a seat, rooms, and the small process that joins them.

No film passes here and nothing is kept: only where a film stands, and where somebody points.
"""
