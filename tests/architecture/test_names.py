"""Plain names, one line of truth on everything public, and no hidden wiring."""

import ast
import re
import tomllib

from tests.architecture.sources import (
    ROOMS,
    ROOT,
    Function,
    complain,
    functions,
    modules,
    part,
    place,
    tree,
)

EMPTY_NAMES = {
    "core",
    "common",
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
}
EMPTY_VERBS = {"process", "handle", "manage", "run", "update", "get"}
HIDDEN_WIRING = re.compile(r"django\.db\.models\.signals|django\.dispatch")
KNOWS_OF_TESTS = re.compile(r"\bpytest\b|\bTESTING\b|[\"']test[\"'] in sys\.argv")


def public(path):
    """The functions at the top of a module that others may call."""
    return [node for node in tree(path).body if isinstance(node, Function) and node.name[0] != "_"]


def test_no_module_has_an_empty_name():
    faults = [place(path) for path in modules() if {*path.parts, path.stem} & EMPTY_NAMES]

    assert not faults, complain("These names say nothing; name the noun instead:", faults)


def test_everything_public_says_what_is_true_afterwards():
    faults = [place(path) for path in modules() if tree(path).body and not said(tree(path))]
    faults += [
        f"{place(path, function.lineno)} {function.name}"
        for path in modules()
        for function in public(path)
        if not said(function)
    ]

    assert not faults, complain("A one-line docstring is missing:", faults)


def said(node):
    """The docstring, if there is one."""
    return ast.get_docstring(node)


def test_services_are_verbs_of_the_field():
    faults = [
        f"{place(path, function.lineno)} {function.name}"
        for path in modules()
        if part(path) == "services"
        for function in public(path)
        if function.name.split("_")[0] in EMPTY_VERBS
    ]

    assert not faults, complain("A service says what happened in the field:", faults)


def test_services_take_keywords_only():
    faults = [
        f"{place(path, function.lineno)} {function.name}"
        for path in modules()
        if part(path) == "services"
        for function in public(path)
        if is_one_transaction(function) and (function.args.args or function.args.posonlyargs)
    ]

    assert not faults, complain("Service arguments are keyword-only (start with *):", faults)


def is_one_transaction(function):
    """True for a verb of its own; what verbs share may take what it likes."""
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_no_signals_wire_the_rooms_together():
    faults = [place(path) for path in modules() if HIDDEN_WIRING.search(path.read_text())]

    assert not faults, complain("A service calls what must follow; signals hide it:", faults)


def test_work_is_asked_for_after_the_commit():
    faults = [
        place(path, node.lineno)
        for path in modules()
        if part(path) in {"services", "views", "forms"}
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in {"delay", "apply_async"}
    ]

    assert not faults, complain("Use delay_on_commit: a task must not run before its row:", faults)


def test_the_house_does_not_know_that_it_is_tested():
    faults = [place(path) for path in modules() if KNOWS_OF_TESTS.search(path.read_text())]
    faults = [fault for fault in faults if not fault.startswith("scripts/")]

    assert not faults, complain("Tests differ by the environment, never by a question:", faults)


def test_the_walls_stand_around_every_room():
    walls = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    there = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))

    assert sorted(ROOMS) == there
    assert set(walls["root_packages"]) == {*there, "config"}
    for contract in walls["contracts"]:
        named = contract.get("containers") or contract.get("source_modules") or there
        assert sorted(named) == there, contract["name"]
