"""A question to the database that is put into SQL once and then asked with other values.

Django needs up to some milliseconds to put a question into SQL, each time. A player asks the same
ones at every range, every page asks who is there: only the person, the thing and the clock differ.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Values = dict[str, Any]
# A stand-in for a person, in any question.
SOMEBODY = UUID("5eed0000-0000-4000-8000-000000000001")


class Question:
    """Rows that were described once, with stand-ins for what differs.

    `describe(**stand_ins)` gives the QuerySet (of `values_list`). Every stand-in must be a value
    that occurs nowhere else in it; one that got into the SQL in disguise raises ValueError. The
    one disguise that is seen through is `__startswith`; what is asked for then holds no % and _.
    """

    def __init__(
        self,
        describe: Callable[..., QuerySet[Any]],
        using: str = DEFAULT_DB_ALIAS,
        **stand_ins: Any,
    ) -> None:
        self._using = using
        compiler = describe(**stand_ins).query.get_compiler(using=using)
        self._sql, values = compiler.as_sql()
        names = {self._adapted(value): (name, "") for name, value in stand_ins.items()}
        names |= {
            f"{value}%": (name, "%") for name, value in stand_ins.items() if isinstance(value, str)
        }
        self._values = [(*names.get(value, ("", "")), value) for value in values]
        fields = [selected[0] for selected in compiler.select]
        self._converters = compiler.get_converters(fields)
        others = {name: _another(value) for name, value in stand_ins.items()}
        sql, again = describe(**others).query.get_compiler(using=using).as_sql()
        changed = [a != b for a, b in zip(values, again, strict=True)]
        if sql != self._sql or changed != [bool(name) for name, _, _ in self._values]:
            raise ValueError("a stand-in is part of the question where it cannot be exchanged")

    def ask(self, **values: Any) -> tuple[Any, ...] | None:
        """The first row for these values. One query."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._sql, self._asked(values))
            row = cursor.fetchone()
        return None if row is None else self._converted(list(row))

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """Every row for these values. One query."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._sql, self._asked(values))
            return [self._converted(list(row)) for row in cursor.fetchall()]

    def _asked(self, values: Values) -> list[Any]:
        """The values in the order in which the question names them."""
        found = {name: self._adapted(value) for name, value in values.items()}
        return [
            f"{found[name]}{more}" if more else found[name] if name else value
            for name, more, value in self._values
        ]

    def _converted(self, row: list[Any]) -> tuple[Any, ...]:
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connections[self._using])
        return tuple(row)

    def _adapted(self, value: Any) -> Any:
        """The value as this database takes it."""
        connection = connections[self._using]
        if isinstance(value, UUID):
            return value if connection.features.has_native_uuid_field else value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, date):
            return connection.ops.adapt_datefield_value(value)
        return value


def _another(value: Any) -> Any:
    """A value of the same kind that is another one."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1)
    return f"{value}, another" if isinstance(value, str) else value - timedelta(days=1)
