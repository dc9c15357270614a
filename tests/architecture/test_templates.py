"""Templates compile, say what they need, and hold neither script, style nor another host."""

import re
import shutil

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.template import engines

from tests.architecture.sources import ROOT, complain, files, place, templates

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
INLINE = {
    "a script without a source": r"<script(?![^>]*\b(?:src=|application/json))[^>]*>",
    "a style element": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
}
# The frame of every page hands on what the context processors bring.
FRAMES = {"base.html", "styleguide.html"}
HOST = r"(?:https?:)?//(?!www\.w3\.org)[a-z0-9-]+(?:\.[a-z0-9-]+)+"
CALLED_BY_HTML = (
    rf"(?:\b(?:src|srcset|poster|data)\s*=\s*[\"']{HOST}|<link\b[^>]*\bhref=[\"']{HOST})"
)
CALLED_BY_CSS = rf"(?:url\(\s*[\"']?|@import\s+[\"']){HOST}"
CALLED_BY_JS = rf"[\"'`]{HOST}"


def is_letter(path):
    """E-mails are read in mail programs, which know only style attributes."""
    return "email" in path.parts or path.parent.name == "letters"


def fragments():
    """Templates that are included by others."""
    return [path for path in templates() if path.name.startswith("_")]


def test_every_template_compiles():
    engine = engines["django"]
    faults = []
    for path in templates():
        try:
            engine.from_string(path.read_text())
        except Exception as wrong:
            faults.append(f"{place(path)}: {wrong}")

    assert not faults, complain("These templates do not compile:", faults)


def test_every_included_or_extended_template_exists():
    engine = engines["django"]
    named = re.compile(r"\{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
    faults = []
    for path in templates():
        for name in named.findall(COMMENT.sub("", path.read_text())):
            try:
                engine.get_template(name)
            except Exception as wrong:
                faults.append(f"{place(path)} wants {name}: {type(wrong).__name__} {wrong}")

    assert not faults, complain("These templates are missing or broken:", faults)


def test_fragments_begin_with_what_they_need():
    start = re.compile(r"\s*(\{% comment %\}|\{#)\s*(Needs|May have)\b")
    faults = [place(path) for path in fragments() if not start.match(path.read_text())]

    assert not faults, complain("Begin with {% comment %}Needs: ....{% endcomment %}:", faults)


def test_fragments_are_included_with_only():
    include = re.compile(r"\{%\s*include\s+[\"'][^\"']*/_[^\"']+[\"'](?P<rest>[^%]*)%\}")
    faults = [
        place(path, text[: found.start()].count("\n") + 1)
        for path in templates()
        if path.name not in FRAMES
        for text in [path.read_text()]
        for found in include.finditer(text)
        if not re.search(r"\bonly\s*$", found["rest"])
    ]

    assert not faults, complain("A fragment is included with `only`:", faults)


@pytest.mark.parametrize("what", INLINE)
def test_pages_hold_no(what):
    pattern = re.compile(INLINE[what], re.IGNORECASE)
    faults = [
        place(path, text[: found.start()].count("\n") + 1)
        for path in templates()
        if path.suffix == ".html" and not is_letter(path)
        for text in [blanked(path.read_text())]
        for found in pattern.finditer(text)
    ]

    assert not faults, complain(f"The content policy forbids {what}:", faults)


def blanked(text):
    """The text without its comments, every line still in its place."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("html", CALLED_BY_HTML),
        ("css", CALLED_BY_CSS),
        ("js", CALLED_BY_JS),
        ("svg", CALLED_BY_HTML),
    ],
)
def test_no_other_host_is_called(kind, pattern):
    paths = [*files(f"templates/*.{kind}", f"static/*.{kind}")]
    faults = [
        f"{place(path, text[: found.start()].count(chr(10)) + 1)} {found[0]}"
        for path in paths
        if ROOT / "static" / "vendor" not in path.parents
        for text in [path.read_text()]
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]

    assert not faults, complain("No page calls another host:", faults)


def test_every_file_that_a_stylesheet_names_exists(tmp_path):
    shutil.copytree(ROOT / "static", tmp_path / "static")
    storage = ManifestStaticFilesStorage(location=tmp_path / "static", base_url="/static/")
    names = [str(path.relative_to(ROOT / "static")) for path in files("static/*")]

    done = storage.post_process({name: (storage, name) for name in names})

    faults = [f"{name}: {fault}" for name, _, fault in done if isinstance(fault, Exception)]
    assert not faults, complain("These files name others that are not there:", faults)
