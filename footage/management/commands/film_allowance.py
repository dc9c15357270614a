"""`manage.py film_allowance`: how much film may an account keep?"""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from footage import services
from footage.models import Allowance


class Command(BaseCommand):
    """Without arguments every account that has begun a film is listed."""

    help = "Shows or sets how many gigabytes of film an account (organisation) may keep."

    def add_arguments(self, parser: CommandParser) -> None:
        """An account, and what it may keep."""
        parser.add_argument("account", nargs="?", type=UUID, help="the organisation's id")
        parser.add_argument("gigabytes", nargs="?", type=int, help="0 takes no more film")
        parser.add_argument("--as-settings", action="store_true", help="no limit of its own")

    def handle(self, **options: Any) -> None:
        """The account has this allowance; what each has is printed."""
        account, gigabytes = options["account"], options["gigabytes"]
        if account and (gigabytes is not None or options["as_settings"]):
            services.allow(user_id=None, account=account, gigabytes=gigabytes)
        found = Allowance.objects.order_by("account")
        for allowance in found.filter(account=account) if account else found:
            own = "" if allowance.gigabytes is not None else " (as the settings say)"
            self.stdout.write(f"{allowance.account} {allowance.most / 1e9:.0f} GB{own}")
