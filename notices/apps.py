"""The room's name."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Register the room."""

    name = "notices"
