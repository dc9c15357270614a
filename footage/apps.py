"""The room footage, as Django sees it."""

from django.apps import AppConfig


class FootageConfig(AppConfig):
    """Moving pictures, no idea whose or why."""

    name = "footage"
    default_auto_field = "django.db.models.BigAutoField"
