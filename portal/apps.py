"""The room's name."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Register the room."""

    name = "portal"
