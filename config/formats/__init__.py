"""How dates are written and read."""
