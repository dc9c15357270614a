"""The room's name."""

from django.apps import AppConfig


class CaselogsConfig(AppConfig):
    """Register the room."""

    name = "caselogs"
