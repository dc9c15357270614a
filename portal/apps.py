"""The room's name."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Register the room."""

    name = "portal"

    def ready(self) -> None:
        """What must hold before the house starts is asked from now on."""
        from portal import checks  # noqa: F401 - the models are there only now
