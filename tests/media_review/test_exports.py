"""Words as files: read back by other readers than the ones that wrote them, whatever was typed."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from playwright.sync_api import expect

from ledger.models import Line
from media_review import exports, services
from media_review.exports import Heading, Note, Sheet
from media_review.models import Moment
from tests import browser as looks
from tests.media_review import factories as make
from tests.media_review.test_ratings import chosen
from tests.people.factories import actor_of, signed_in

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\n=1",
    "<script>alert(1)</script>",
    "a --> b",
    "first\n\n00:00:01.000 --> 00:00:02.000\nthird",
    "\u202eright to left\u200b",
    "]]>&amp;",
    "Ada’s 👶 waits\x0b\x1f",
)
SEEN = (Heading(1, "Being attentive"), Heading(3, "Receiving initiatives"))


def sheet(*notes, name="d-01-interaction-film"):
    """A film of a minute with these notes."""
    return Sheet(name, "D-01, interaction film", date(2026, 11, 3), 60_000, notes)


def note(words="She waits.", start_ms=1000, end_ms=3000, principles=SEEN, **facts):
    """A moment of two seconds with two principles."""
    return Note("Moment", start_ms, end_ms, "The parent", "", words, principles, **facts)


def table_of(data):
    """The rows of a CSV as Python's own reader finds them."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cues_of(data):
    """Cues by the rules of WebVTT: blocks between empty lines, times in a line of their own."""
    head, *blocks = data.decode().removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    time = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)\.(\d{3})")
    found = []
    for block in blocks:
        name, line, *text = block.split("\n")
        if name == "NOTE":
            assert "-->" not in line
            continue
        start, arrow, end = line.split(" ")
        assert (name.isdecimal(), arrow) == (True, "-->")
        assert not re.search(r"-->|<|&(?!amp;|lt;|gt;)", "\n".join(text))
        parts = [[int(part) for part in time.fullmatch(at).groups()] for at in (start, end)]
        found.append([*(((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in parts), text])
    return found


def elan_of(data):
    """Tiers and their annotations, after a check of the structure that ELAN's schema asks for."""
    root = etree.fromstring(data)
    order = [child.tag for child in root]
    assert order[:2] == ["HEADER", "TIME_ORDER"]
    assert order[2:] == ["TIER"] * (len(order) - 3) + ["LINGUISTIC_TYPE"]
    assert datetime.fromisoformat(root.get("DATE")) == NOW
    assert (root.get("AUTHOR"), root.get("VERSION"), root.get("FORMAT")) == ("Attune", "3.0", "3.0")
    slots = {each.get("TIME_SLOT_ID"): int(each.get("TIME_VALUE")) for each in root[1]}
    assert list(slots.values()) == sorted(set(slots.values()))
    media = root.find("HEADER/MEDIA_DESCRIPTOR")
    assert (
        media.get("MEDIA_URL") == media.get("RELATIVE_MEDIA_URL") == "./d-01-interaction-film.mp4"
    )
    tiers, names = {}, []
    for tier in root.findall("TIER"):
        assert tier.get("LINGUISTIC_TYPE_REF") == root.find("LINGUISTIC_TYPE").get(
            "LINGUISTIC_TYPE_ID"
        )
        spans = tiers[tier.get("TIER_ID")] = []
        for one in tier.findall("ANNOTATION/ALIGNABLE_ANNOTATION"):
            names.append(one.get("ANNOTATION_ID"))
            span = [slots[one.get(f"TIME_SLOT_REF{end}")] for end in (1, 2)]
            spans.append((*span, one.findtext("ANNOTATION_VALUE")))
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(names) == len(set(names))
    assert root.findtext("HEADER/PROPERTY") == str(len(names))
    return tiers


@pytest.mark.parametrize("words", HOSTILE)
def test_a_spreadsheet_calculates_with_nothing(words):
    rows = table_of(exports.table.written([sheet(note(words, principles=()))]))

    assert len(rows) == 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[0].values())


def test_a_table_says_all_of_a_note():
    row = table_of(exports.table.written([sheet(note('Ada’s 👶, "she" waits'))]))[0]

    assert row == {
        "film": "D-01, interaction film",
        "filmed on": "2026-11-03",
        "from": "00:01.0",
        "to": "00:03.0",
        "from ms": "1000",
        "to ms": "3000",
        "what": "Moment",
        "principles": "1 Being attentive; 3 Receiving initiatives",
        "who is seen": "The parent",
        "by": "",
        "words": 'Ada’s 👶, "she" waits',
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_subtitles_hold_one_cue_a_note_whatever_was_typed(words):
    cues = cues_of(exports.subtitles.written(sheet(note(words), note("Then he turns."))))

    assert [cue[:2] for cue in cues] == [[1000, 3000], [1000, 3000]]


def test_a_reply_is_in_the_table_and_on_no_time_line():
    film = sheet(note(), note("Thank you.", is_reply=True))

    assert len(table_of(exports.table.written([film]))) == 2
    assert len(cues_of(exports.subtitles.written(film))) == 1
    assert [len(spans) for spans in elan_of(exports.elan.written(film, NOW)).values()] == [1, 1]


@pytest.mark.parametrize("words", HOSTILE)
def test_elan_reads_back_what_was_typed_or_a_mark_for_it(words):
    tiers = elan_of(exports.elan.written(sheet(note(words, principles=())), NOW))

    value = tiers["No principle"][0][2]
    assert value.removeprefix("Moment: ") == exports.notes.plain(words)


def test_elan_gets_a_tier_a_principle_and_overlapping_notes_a_further_one():
    notes = [note(f"{at}", at * 500, at * 500 + 1000) for at in range(3)]

    tiers = elan_of(exports.elan.written(sheet(*notes), NOW))

    spans = {name: [span[:2] for span in found] for name, found in tiers.items()}
    assert spans == {
        "1 Being attentive": [(0, 1000), (1000, 2000)],
        "1 Being attentive (2)": [(500, 1500)],
        "3 Receiving initiatives": [(0, 1000), (1000, 2000)],
        "3 Receiving initiatives (2)": [(500, 1500)],
    }


@given(
    some.lists(
        some.builds(
            lambda at, long, words, two: note(words, at, at + long, SEEN[:two]),
            some.integers(0, 50_000),
            some.integers(200, 9000),
            some.text(max_size=80),
            some.integers(0, 2),
        ),
        max_size=12,
    )
)
def test_any_words_at_any_time_are_read_back_by_all_three(notes):
    film = sheet(*notes)

    rows = table_of(exports.table.written([film]))
    cues = cues_of(exports.subtitles.written(film))
    tiers = elan_of(exports.elan.written(film, NOW))

    spans = [[each.start_ms, each.end_ms] for each in notes]
    assert [[int(row["from ms"]), int(row["to ms"])] for row in rows] == spans
    assert [cue[:2] for cue in cues] == spans
    assert sum(map(len, tiers.values())) == sum(len(each.principles) or 1 for each in notes)


def test_an_empty_film_is_an_empty_file_of_each_form():
    assert table_of(exports.table.written([sheet()])) == []
    assert cues_of(exports.subtitles.written(sheet())) == []
    assert elan_of(exports.elan.written(sheet(), NOW)) == {}


def noticed(recording, start_ms=1000, end_ms=2000, numbers=(1,), **facts):
    """A moment of this film with these principles."""
    row = Moment.objects.create(
        recording=recording, start_ms=start_ms, end_ms=end_ms, note="He looks up.", **facts
    )
    row.principles.set(make.principle_ids(*numbers))
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 4])
def test_a_films_words_are_the_guiders_file_and_noted(many, django_assert_num_queries):
    row = make.answered(clips=1)
    recording = row.submitted_clips.get().clip.recording
    for at in range(many):
        noticed(recording, at * 500, at * 500 + 900)
    browser, lines = signed_in(row.trainee), Line.objects.count()

    with django_assert_num_queries(17):
        answer = browser.get(reverse("media_review:recording-words-csv", args=[recording.pk]))

    rows = table_of(answer.content)
    assert [each["what"] for each in rows].count("Moment") == many
    assert {each["what"] for each in rows} == {"Moment", "Clip", "Strength"}
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "no-store, private"
    assert Line.objects.count() == lines + 1
    line = Line.objects.order_by("number").last()
    assert (line.verb, line.facts) == ("media_review.words_taken", {"form": "csv"})


@pytest.mark.django_db
def test_a_comment_stands_where_its_clip_stands_in_the_film():
    row = make.answered(clips=2)
    clip = row.submitted_clips.get(position=2).clip
    make.drafted(row.submitted_clips.get(position=2), words="Second.")
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)

    url = reverse("media_review:recording-words-csv", args=[clip.recording_id])
    rows = table_of(signed_in(row.trainee).get(url).content)

    found = next(each for each in rows if each["words"] == "Second.")
    assert (found["from ms"], found["to ms"]) == ("1200", "1900")


@pytest.mark.django_db
def test_a_submissions_words_are_one_archive_without_film_or_unsent_drafts():
    row = make.answered()
    chosen(row, "trainee", said="I chose this myself.")
    services.close_with_reflection(
        actor=actor_of(row.trainee),
        submission_id=row.pk,
        reflection="I wait, and it works.",
        own_point="waiting for him",
    )
    recording = row.submitted_clips.get().clip.recording

    answer = signed_in(row.trainee).get(reverse("media_review:submission-words", args=[row.pk]))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[:3] == ["words.html", "words.json", "comments.csv"]
    assert {name.rpartition(".")[2] for name in names} == {"html", "json", "csv", "vtt", "eaf"}
    page = archive.read("words.html").decode()
    facts = json.loads(archive.read("words.json"))
    for words in (
        make.QUESTION,
        "You wait a full second here.",
        "I wait, and it works.",
        "More of: waiting for him",
        "I chose this myself.",
    ):
        assert words in page
    assert facts["carried"] == ["waiting for him"]
    assert facts["question"] == make.QUESTION
    assert facts["clips"][0]["remarks"][0]["words"] == "You wait a full second here."
    assert recording.case.code in page
    assert sum(info.file_size for info in archive.infolist()) < 20_000
    assert Line.objects.order_by("number").last().facts == {"form": "zip"}


@pytest.mark.django_db
def test_what_was_typed_stays_inert_in_the_page_of_the_archive():
    row = make.opened()
    make.drafted(row.submitted_clips.get(), words="<script>alert(1)</script>")
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)

    answer = signed_in(row.trainee).get(reverse("media_review:submission-words", args=[row.pk]))

    page = zipfile.ZipFile(io.BytesIO(answer.content)).read("words.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.django_db
def test_a_draft_comment_leaves_in_no_file():
    row = make.answered()
    make.drafted(row.submitted_clips.get(), words="Not yet sent.")
    recording = row.submitted_clips.get().clip.recording
    browser = signed_in(row.trainee)

    archive = browser.get(reverse("media_review:submission-words", args=[row.pk])).content
    files = zipfile.ZipFile(io.BytesIO(archive))
    whole = b"".join(files.read(name) for name in files.namelist())
    whole += browser.get(reverse("media_review:recording-words-csv", args=[recording.pk])).content

    assert b"You wait a full second here." in whole
    assert b"Not yet sent." not in whole


@pytest.mark.django_db
def test_a_supervisor_takes_no_copy():
    row = make.answered()

    answer = signed_in(row.supervisor).get(reverse("media_review:submission-words", args=[row.pk]))

    assert answer.status_code == 403
    assert not Line.objects.filter(verb="media_review.words_taken").exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_chromium_reads_the_subtitles(live, desk):
    recording = make.filmed()
    for at, words in enumerate(HOSTILE):
        row = noticed(recording, at * 100, at * 100 + 400)
        Moment.objects.filter(pk=row.pk).update(note=exports.notes.plain(words))
    looks.sign_in(desk, live, recording.owner)
    desk.goto(f"{live}{recording.get_absolute_url()}")
    address = reverse("media_review:recording-words-vtt", args=[recording.pk])

    expect(desk.get_by_text("Take your words with you")).to_be_visible()
    cues = desk.evaluate(READ, address)

    spans = [[round(at * 1000) for at in cue[:2]] for cue in cues]
    assert spans == [[at * 100, at * 100 + 400] for at in range(len(HOSTILE))]
    assert "Being attentive\n<script>alert(1)</script>" in cues[7][2]
    assert all("1 Being attentive" in cue[2] for cue in cues)


READ = """address => new Promise((found, failed) => {
  const film = document.createElement("video"), track = document.createElement("track");
  track.kind = "metadata";
  track.addEventListener("load", () => found([...track.track.cues].map(
    cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent])));
  track.addEventListener("error", () => failed(new Error("not read")));
  track.src = address;
  film.append(track);
  document.body.append(film);
  track.track.mode = "hidden";
})"""
