"""The room's name."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Register the room."""

    name = "people"
