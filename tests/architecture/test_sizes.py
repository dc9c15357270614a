"""Small things: functions, views, modules, fragments and settings keep to their size."""

import pytest

from tests.architecture.sources import (
    complain,
    files,
    functions,
    modules,
    part,
    place,
    templates,
)


def too_long(paths, most):
    """Those files with more lines than allowed."""
    lengths = {path: path.read_text().count("\n") for path in paths}
    return [f"{place(path)} has {lines}" for path, lines in lengths.items() if lines > most]


@pytest.mark.parametrize(("kind", "most"), [("function", 40), ("view", 25)])
def test_functions_are_short(kind, most):
    paths = modules() if kind == "function" else [p for p in modules() if part(p) == "views"]

    faults = [
        f"{place(path, function.lineno)} {function.name} has {length}"
        for path in paths
        for function in functions(path)
        if (length := function.end_lineno - function.lineno + 1) > most
    ]

    assert not faults, complain(f"A {kind} may have {most} lines:", faults)


def test_modules_are_short():
    faults = too_long(modules(), 300)

    assert not faults, complain(
        "A module may have 300 lines; past that it becomes a package, a noun a file:", faults
    )


def test_fragments_are_short():
    faults = too_long([path for path in templates() if path.name.startswith("_")], 40)

    assert not faults, complain("A fragment may have 40 lines:", faults)


def test_settings_are_short():
    faults = too_long(files("config/settings/*.py"), 150)

    assert not faults, complain("A settings file may have 150 lines:", faults)
