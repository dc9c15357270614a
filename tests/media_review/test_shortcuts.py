"""Every letter of the workbench is listed in place and in the reference, and nothing else is."""

import re

from django.template.loader import render_to_string

from tests.architecture.sources import ROOT

NAMES = {"esc": "escape", "space": " "}
TYPED = {"ctrl", "enter", "1", "6"}


def letters():
    """The letters that the keys of the workbench know."""
    words = (ROOT / "static/js/review/keys.js").read_text()
    table = re.search(r"LETTERS = \{(.*?)\};", words, re.DOTALL)[1]
    return {quoted or plain for quoted, plain in re.findall(r'(?:"([^"]+)"|(\w+)): "', table)}


def listed(words, pattern):
    """The letters that a text lists."""
    found = {name.lower() for name in re.findall(pattern, words)} - TYPED
    return {NAMES.get(name, name) for name in found}


def test_every_letter_is_listed_in_place():
    words = render_to_string("media_review/_letters.html", {"moments": True})

    assert listed(words, r"<kbd>([^<]+)</kbd>") == letters() - {" "}


def test_every_letter_is_in_the_reference():
    words = (ROOT / "docs/reference/shortcuts.md").read_text()

    assert listed(words, r"`([^`]+)`") == letters()
