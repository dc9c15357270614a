"""Whether anybody but its guider was shown a clip, or a family has it: then it stays as it is."""

from django.db.models import Exists, OuterRef, Q

from media_review.models import KeepsakeItem, SubmittedClip, Viewing, ViewingGrant
from media_review.states import KeepsakeState, State


def shown() -> Q:
    """For clips: sent to, shown to or watched by somebody, or handed over to its family."""
    sent = SubmittedClip.objects.filter(clip=OuterRef("pk")).exclude(submission__state=State.DRAFT)
    granted = ViewingGrant.objects.filter(clip=OuterRef("pk"))
    watched = Viewing.objects.filter(film=OuterRef("film"))
    watched = watched.exclude(viewer=OuterRef("recording__owner"))
    return Q(Exists(sent)) | Q(Exists(granted)) | Q(Exists(watched)) | given()


def given() -> Q:
    """For clips: part of a film that a family has, as long as a link leads to it."""
    items = KeepsakeItem.objects.filter(clip=OuterRef("pk"))
    return Q(Exists(items.filter(keepsake__state=KeepsakeState.HANDED_OVER)))
