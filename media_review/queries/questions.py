"""A question to the database that is put into SQL once and then asked with other values.

Django needs some milliseconds to put a question of many parts into SQL, each time. A player asks
the same one at every range; only the person, the film, the kind and the clock differ.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Values = dict[str, Any]


class Question:
    """One row, or None, of rows that were described once with stand-ins for what differs.

    `describe(**stand_ins)` gives the QuerySet (of `values_list`). Every stand-in must be a value
    that occurs nowhere else in it.
    """

    def __init__(self, describe: Callable[..., QuerySet[Any]], **stand_ins: Any) -> None:
        compiler = describe(**stand_ins).query.get_compiler(connection=connection)
        self._sql, values = compiler.as_sql()
        names = {adapted(value): name for name, value in stand_ins.items()}
        self._values = [(names.get(value), value) for value in values]
        self._names = {name for name, _ in self._values if name}
        fields = [selected[0] for selected in compiler.select]
        self._converters = compiler.get_converters(fields)
        if self._names != set(stand_ins):
            raise ValueError(f"not asked for: {set(stand_ins) - self._names}")

    def ask(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row for these values. One query."""
        found = {name: adapted(value) for name, value in values.items()}
        asked = [found[name] if name else value for name, value in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, asked)
            row = cursor.fetchone()
        return None if row is None else self._converted(list(row))

    def _converted(self, row: list[Any]) -> tuple[Any, ...]:
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return tuple(row)


def adapted(value: Any) -> Any:
    """The value as this database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
