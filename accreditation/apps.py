"""The room's name."""

from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    """Register the room."""

    name = "accreditation"
