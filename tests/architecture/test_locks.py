"""Lock files pin everything by version and hash, and know no place to fetch from."""

import re

import pytest

from tests.architecture.sources import ROOT

LOCKS = ["requirements.txt", "requirements/production.txt", "requirements/dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pins(name):
    """Which version of which package a lock file wants."""
    return dict(PIN.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())

    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_place_to_fetch_from_is_named(name):
    forbidden = r"https?://|file:|--index|--extra-index|--find-links|@ |/work/|/home/"

    assert re.findall(forbidden, (ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", LOCKS[1:])
def test_extras_agree_with_what_runs(name):
    runtime, extra = pins(LOCKS[0]), pins(name)

    assert {package: extra.get(package) for package in runtime} == runtime


def test_every_direct_dependency_is_pinned():
    wanted = re.findall(
        r"^([a-z][a-z0-9-]*)",
        "\n".join((ROOT / "requirements" / f"{kind}.in").read_text() for kind in ("base", "dev")),
        re.MULTILINE,
    )

    assert sorted(set(wanted) - set(pins("requirements/dev.txt"))) == []
