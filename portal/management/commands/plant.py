"""`manage.py plant`: the house is furnished with what every house starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import services


class Command(BaseCommand):
    """Plant the public home; what exists already is left as it is."""

    help = "Furnishes the house: the public home and what the rooms start with."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what stands."""
        services.plant_home()
        self.stdout.write("The house is furnished.")
