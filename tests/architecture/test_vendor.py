"""Browser libraries are exactly the files that were looked at, with their licences beside them."""

import hashlib
import json

from tests.architecture.sources import ROOT, files, place

VENDOR = ROOT / "static" / "vendor"


def listed():
    """What vendor.json says."""
    return json.loads((VENDOR / "vendor.json").read_text())


def test_every_library_is_listed():
    there = {path.relative_to(VENDOR).as_posix() for path in files("static/vendor/*")}
    libraries = {name for name in there if not name.startswith("licences/")}

    assert libraries - {"vendor.json", "README.md"} == {library["file"] for library in listed()}


def test_every_library_has_its_hash():
    told = {library["file"]: library["sha256"] for library in listed()}

    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in told} == told


def test_every_library_names_its_licence():
    missing = [
        f"{place(VENDOR)}/{library['file']}"
        for library in listed()
        if not (library["name"] and library["version"] and library["licence"])
        or not (VENDOR / library["licence_text"]).is_file()
    ]

    assert missing == []
