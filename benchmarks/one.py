"""One bench, measured here and now; prints a line of JSON for each of its sizes."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import django


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every query made meanwhile, on either database."""
    from contextlib import ExitStack

    from django.db import connections

    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        yield seen


def measured(bench: ModuleType, size: int | None, rounds: int) -> dict[str, Any]:
    """What the table tells about one size of a bench."""
    state = bench.prepare() if size is None else bench.prepare(size)
    try:
        result, queries, size_of = compared(bench, state, rounds)
        notes = bench.notes(state) if hasattr(bench, "notes") else []
    finally:
        getattr(bench, "clear", lambda _: None)(state)
    limits = [
        (result.ratio, bench.BAR),
        (queries, getattr(bench, "QUERIES", None)),
        (size_of, getattr(bench, "LARGEST", None)),
    ]
    return {
        "name": bench.NAME if size is None else f"{bench.NAME}, {size}",
        "floor": result.floor,
        "ours": result.ours,
        "ratio": result.ratio,
        "least": min(result.ratios),
        "most": max(result.ratios),
        "bar": bench.BAR,
        "queries": queries,
        "allowed": getattr(bench, "QUERIES", None),
        "bytes": size_of,
        "good": all(limit is None or have <= limit for have, limit in limits),
        "notes": notes,
    }


def compared(bench: ModuleType, state: Any, rounds: int) -> tuple[Any, int, int]:
    """The bench's own result, or that of floor and ours; queries and bytes of one `ours`."""
    if hasattr(bench, "compared"):
        return bench.compared(state, rounds), 0, 0
    from benchmarks.measure import compare

    bench.ours(state)
    with counted() as queries:
        given = bench.ours(state)
    result = compare(bench.floor, bench.ours, state, rounds)
    return result, len(queries), len(given) if isinstance(given, bytes) else 0


def main(name: str) -> None:
    """Every size of the bench was measured and printed."""
    django.setup()
    bench = importlib.import_module(f"benchmarks.{name}")
    if lacks := getattr(bench, "missing", lambda: "")():
        print(json.dumps({"name": bench.NAME, "missing": lacks, "good": True}), flush=True)
        return
    rounds = int(os.environ.get("ATTUNE_BENCH_ROUNDS", "5"))
    for size in getattr(bench, "SIZES", (None,)):
        print(json.dumps(measured(bench, size, rounds)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
