"""The look keeps its promises: parts say what they need, nothing inline, files as listed, light."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from reportlab.pdfbase.ttfonts import TTFont

from config.styleguide import CycleForm

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTS = sorted((ROOT / "templates/parts").glob("_*.html"))
PAGES = [path for path in TEMPLATES if "email" not in path.parts]
VENDORED = json.loads((ROOT / "static/vendor/vendor.json").read_text())
ON_EVERY_PAGE = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css")
ALSO_ON_EVERY_PAGE = ("css/film.css", "css/print.css", "js/app.js", "vendor/htmx.min.js")
LIGHT_KB = 40
SIGNS = "◯◔◐◑◕●→←↑↓✓"
WELSH = "ŵŷâêîôûŴŶÂÊÎÔÛ"


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_says_what_it_needs(part):
    assert re.match(r"\{% comment %\}(Needs|May have): ", part.read_text())


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_compiles(part):
    assert get_template(f"parts/{part.name}")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_inline(page):
    words = page.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", words)
    assert all(
        "src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", words)
    )


@pytest.mark.parametrize("library", VENDORED, ids=lambda library: library["file"])
def test_a_vendored_file_is_the_one_that_was_listed(library):
    found = (ROOT / "static/vendor" / library["file"]).read_bytes()

    assert hashlib.sha256(found).hexdigest() == library["sha256"]
    assert (ROOT / "static/vendor" / library["licence_text"]).read_text()


def test_what_every_page_loads_is_light():
    files = [ROOT / "static" / name for name in (*ON_EVERY_PAGE, *ALSO_ON_EVERY_PAGE)]

    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= LIGHT_KB * 1024


@pytest.mark.parametrize(
    ("font", "letters"),
    [
        ("AtkinsonHyperlegibleNext-Regular", WELSH),
        ("AtkinsonHyperlegibleNext-Bold", WELSH),
        ("Literata-SemiBold", WELSH),
        ("AttuneSigns-Regular", SIGNS),
    ],
)
def test_the_faces_for_paper_know_their_letters(font, letters):
    known = TTFont(font, ROOT / f"static/fonts/pdf/{font}.ttf").face.charToGlyph

    assert [letter for letter in letters if ord(letter) not in known] == []


def test_a_form_shows_its_words_beside_each_field():
    form = CycleForm({"activity": "Play on the mat"})

    page = Template("{{ form }}").render(Context({"form": form}))

    assert page.count("data-wrong") == 4
    assert 'aria-describedby="id_filmed_on_helptext id_filmed_on_error"' in page
    assert page.index('id="id_filmed_on_error"') > page.index("data-errors")
    assert 'type="date"' in page


def test_a_count_draws_one_segment_a_step():
    words = '{% include "parts/_count.html" with label="Cycles" have=5 need=9 url="/x/" only %}'

    page = Template(words).render(Context({}))

    assert (page.count("<i"), page.count("<i data-on")) == (9, 5)


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "409", "429", "500"])
def test_a_page_of_apology_asks_nothing_of_a_house_in_trouble(page):
    words = get_template(f"{page}.html").render()

    assert words.count("<h1>") == 1
    assert 'class="button"' in words
