"""The room's name."""

from django.apps import AppConfig


class MediaReviewConfig(AppConfig):
    """Register the room."""

    name = "media_review"
