"""Wake-ups. A lost one is made again by the sweep, a doubled one finds the work taken."""

from uuid import UUID

from celery import shared_task

from footage import health, pipeline, purging, rounds, sweeping, tidying


@shared_task
def prepare_film(film_id: str) -> None:
    """One piece of work is done, whichever is due first: a message says that, not what, waits."""
    if pipeline.work_on_next():
        prepare_film.delay(film_id)


@shared_task
def purge_film(film_id: str) -> None:
    """Nothing of the film lies in the store any more."""
    purging.purge(UUID(film_id))


@shared_task
def bury_risen() -> None:
    """A destroyed key that a restored back-up has brought back is destroyed again."""
    purging.bury_risen()


@shared_task
def sweep() -> None:
    """Lost work is woken, keys and films are destroyed, old originals and lost uploads ended."""
    health.note_sweep()
    rounds.each("the sweep", [_wake, _bury, _purge, _drop], lambda step: step())


def _wake() -> None:
    rounds.each("waking", sweeping.films_to_wake(), lambda pk: prepare_film.delay(str(pk)))


def _bury() -> None:
    rounds.each("burying keys", sweeping.rings_to_bury(), purging.bury)


def _purge() -> None:
    rounds.each("purging", sweeping.films_to_purge(), lambda pk: purge_film.delay(str(pk)))


def _drop() -> None:
    rounds.each("dropping originals", sweeping.originals_to_drop(), _drop_original)


def _drop_original(film_id: UUID) -> None:
    if purging.drop_original(film_id):
        tidying.tidy(film_id)


@shared_task
def tidy_store() -> None:
    """What killed processes left in the store, and no row points at, is gone."""
    tidying.tidy_store()
