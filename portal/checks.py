"""What the house refuses before it starts: the demo's people, whose password is public."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from people.models import User
from portal.demo.world.cast import EMAIL_HOST

SAID = "This database holds the demo’s people, whose password anybody can read."
HINT = "Start production with a database of its own: set ATTUNE_DATABASE_URL."


@register(Tags.database)
def no_demo_people(
    app_configs: Any = None, databases: Collection[str] | None = None, **_: Any
) -> list[Error]:
    """An error when production would open a database that was a demo; `migrate` stops at it."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    if User._meta.db_table not in connections["default"].introspection.table_names():
        return []
    if not User.objects.filter(email__endswith=f"@{EMAIL_HOST}").exists():
        return []
    return [Error(SAID, hint=HINT, id="portal.E001")]
