"""Proofs, room by room; journeys cross them in a browser, architecture holds the walls."""
