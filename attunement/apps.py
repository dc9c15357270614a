"""The room's name."""

from django.apps import AppConfig


class AttunementConfig(AppConfig):
    """Register the room."""

    name = "attunement"
