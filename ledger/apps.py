"""The room's name."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Register the room."""

    name = "ledger"
