"""A family's film on its road: put together, made, handed over, opened. Made without ffmpeg."""

from typing import Any
from uuid import uuid4

from caselogs.models import Case
from footage import works
from footage.models import Film
from media_review import keepsakes, services
from media_review.models import Clip, Keepsake
from media_review.services.handing import Handed
from tests.caselogs.factories import consented_case
from tests.media_review import factories as make
from tests.people.factories import actor_of

SCOPES = ["filming", "supervision", "family_copy"]


def family(*scopes: str) -> Case:
    """A case whose family would like a copy."""
    return consented_case(scopes=list(scopes or SCOPES))


def begun(case: Case | None = None, **words: str) -> Keepsake:
    """Two clips in an order, not yet made."""
    film = make.filmed(case or family())
    clips = [make.clip(film, at, at + 1500) for at in (3000, 1000)]
    return services.compose_keepsake(
        actor=actor_of(film.owner),
        keepsake_id=uuid4(),
        case_id=film.case_id,
        clips=[(clips[0].pk, "The first smile"), (clips[1].pk, "")],
        **{"opening": "Moments", "music": "bells", **words},
    )


def asked_for(row: Keepsake | None = None) -> Keepsake:
    """The film is being made; nobody has worked on it yet."""
    row = row or begun()
    return services.make_keepsake(actor=actor_of(row.owner), keepsake_id=row.pk)


def ready(row: Keepsake | None = None) -> Keepsake:
    """The film is there: in place of ffmpeg's work stand the parts of one of its clips."""
    row = asked_for(row)
    for clip in Clip.objects.filter(keepsake_items__keepsake=row):
        make.prepare(clip.film_id)
    held = works.claim(row.film_id)
    first = Film.objects.get(clip__keepsake_items__keepsake=row, clip__keepsake_items__position=0)
    make._publish(held, *make._parts[make.named(first)])
    keepsakes.settle(row.pk)
    return Keepsake.objects.select_related("case", "film", "owner").get(pk=row.pk)


def handed(row: Keepsake | None = None, **facts: Any) -> Handed:
    """A link and a code that lead to the film."""
    row = row or ready()
    facts = {"days": 14, "link_id": uuid4()} | facts
    return services.hand_over(actor=actor_of(row.owner), keepsake_id=row.pk, **facts)
