"""The room's name."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Register the room."""

    name = "learning"
