"""Film that must go: consent withdrawn, or the work long over. The words stay."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from caselogs.models import Case, Consent
from footage import services as footage
from footage.states import GONE
from media_review import rings
from media_review.models import Hold, Recording

KEPT_AFTER_CLOSING = timedelta(days=60)  # domain.md, Consent: default retention


def lock_film(recording: Recording, user_id: UUID | None) -> None:
    """No film of this recording can be watched any more, and unanswered submissions say so."""
    submissions = rings.sent_of([recording])
    if recording.film_id and recording.film.state not in GONE:
        footage.purge(user_id=user_id, film_id=recording.film_id)
    rings.expire(submissions, user_id)


def withdrawn() -> list[UUID]:
    """Recordings begun before consent to film was withdrawn, whatever was agreed afterwards."""
    taken_back = Consent.objects.filter(
        case=OuterRef("case"), withdrawn_at__gte=OuterRef("begun_at")
    )
    rows = Recording.objects.filter(film__isnull=False).exclude(film__state__in=GONE)
    return list(rows.filter(Exists(taken_back)).values_list("pk", flat=True))


def out_of_time(today: date) -> list[UUID]:
    """Recordings of cases closed more than 60 days ago that no meeting still looks at."""
    closed_by = today - KEPT_AFTER_CLOSING
    cases = Case.objects.filter(closed_on__lt=closed_by)
    rows = Recording.objects.filter(film__isnull=False, case__in=cases)
    held = Hold.objects.live(today).filter(recording=OuterRef("pk"))
    kept = rows.exclude(film__state__in=GONE).exclude(Exists(held))
    return list(kept.values_list("pk", flat=True))


def tidy(today: date | None = None) -> int:
    """Everything that had to go is locked; says how many films that were. Twice does no more."""
    due = dict.fromkeys([*withdrawn(), *out_of_time(today or timezone.localdate())])
    rings.end_withdrawn()
    for pk in due:
        with transaction.atomic():
            rows = Recording.objects.select_for_update(of=("self",))
            recording = rows.filter(pk=pk).first()
            if recording:
                lock_film(recording, user_id=None)
    rings.end_spent()
    return len(due)
