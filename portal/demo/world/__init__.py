"""The demo's people, families and films: invented, and brought in through the services."""
