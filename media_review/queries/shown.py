"""Whether anybody but its guider was ever shown a clip: then it stays as it is."""

from django.db.models import Exists, OuterRef, Q

from media_review.models import SubmittedClip, Viewing, ViewingGrant
from media_review.states import State


def shown() -> Q:
    """For clips: sent to somebody, shown to somebody, or watched by somebody."""
    sent = SubmittedClip.objects.filter(clip=OuterRef("pk")).exclude(submission__state=State.DRAFT)
    granted = ViewingGrant.objects.filter(clip=OuterRef("pk"))
    watched = Viewing.objects.filter(film=OuterRef("film"))
    watched = watched.exclude(viewer=OuterRef("recording__owner"))
    return Q(Exists(sent)) | Q(Exists(granted)) | Q(Exists(watched))
