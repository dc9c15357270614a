"""The slow work: checking a film, preparing it for watching, cutting a stretch out of it."""

from uuid import UUID


def work_on(film_id: UUID) -> bool:
    """One piece of the film's open work is done; True when another waits."""
    raise NotImplementedError
