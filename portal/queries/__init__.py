"""What a front page shows: each kind of person's part, composed from the rooms below."""

from portal.queries.front import Front, front_of

__all__ = ["Front", "front_of"]
