"""Reads that cross models, returned as frozen values for a page."""

from media_review.queries import (
    bench,
    consents,
    coverage,
    custody,
    films,
    holdings,
    keeping,
    lane,
    media,
    moments,
    policies,
    sending,
    threads,
    viewings,
    waiting,
    words,
)
from media_review.queries.waiting import answers_for, next_film_step, waiting_for

__all__ = [
    "answers_for",
    "bench",
    "consents",
    "coverage",
    "custody",
    "films",
    "holdings",
    "keeping",
    "lane",
    "media",
    "moments",
    "next_film_step",
    "policies",
    "sending",
    "threads",
    "viewings",
    "waiting",
    "waiting_for",
    "words",
]
