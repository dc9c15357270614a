"""The pure rules about films."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage import rules
from footage.errors import BadFilm
from footage.rules import Facts

FACTS = Facts("mov", 1000, 1920, 1080, Fraction(30))


@given(width=st.integers(2, 8192), height=st.integers(2, 8192))
def test_the_picture_is_even_never_larger_and_keeps_its_shape(width, height):
    made = rules.fitted(width, height)

    assert all(side % 2 == 0 and side >= 2 for side in made)
    assert made[0] <= width
    assert made[1] <= height
    assert min(made) <= 720
    scale = min(1, 720 / min(width, height))
    assert abs(made[0] - width * scale) <= 2
    assert abs(made[1] - height * scale) <= 2


@pytest.mark.parametrize(
    ("own", "made"),
    [
        ("30000/1001", "30000/1001"),
        ("60", "30"),
        ("50", "25"),
        ("240", "30"),
        ("28.7", "30000/1001"),
        ("1000", "30"),
        ("0", "25"),
        ("24", "24"),
    ],
)
def test_the_rate_becomes_a_usual_one(own, made):
    assert rules.steady_rate(Fraction(own)) == Fraction(made)


@given(
    start=st.integers(0, 600_000),
    length=st.integers(40, 60_000),
    rate=st.sampled_from(rules.RATES),
)
def test_a_cut_shows_no_frame_from_before_or_after(start, length, rate):
    first, count = rules.frames_inside(start, start + length, rate)

    assert Fraction(first * 1000, 1) / rate >= start
    assert count == 1 or Fraction((first + count - 1) * 1000) / rate < start + length


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=0-1,5-6", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("lines=0-4", None),
    ],
)
def test_ranges(header, expected):
    assert rules.parse_range(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_outside_is_told(header):
    with pytest.raises(ValueError, match="outside"):
        rules.parse_range(header, 100)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (Facts("mov", 1000, 0, 0, Fraction(0)), rules.NO_PICTURE),
        (Facts("mov", 1000, 20_000, 100, Fraction(30)), rules.TOO_WIDE),
        (
            Facts("mov", 3 * 3600_000, 640, 480, Fraction(30)),
            "This film lasts 3 hours. The longest film we take lasts 2 hours. "
            "Please send a shorter one.",
        ),
    ],
)
def test_what_is_refused_says_why(facts, sentence):
    with pytest.raises(BadFilm, match=sentence):
        rules.refuse_by_facts(facts, 2 * 3600_000)


def test_an_ordinary_film_is_not_refused():
    rules.refuse_by_facts(FACTS, 2000)
    rules.refuse_by_boxes([("ftyp", 0, 20), ("moov", 20, 80), ("mdat", 100, 100)], 200)


@pytest.mark.parametrize(
    ("ms", "words"),
    [(1, "1 second"), (61_000, "1 minute 1 second"), (7_320_000, "2 hours 2 minutes")],
)
def test_lengths_in_words(ms, words):
    assert rules.spoken(ms) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (3, "a few seconds left"),
        (31, "about 30 seconds left"),
        (60, "about a minute left"),
        (600, "about 10 minutes left"),
        (7200, "about 2 hours left"),
    ],
)
def test_time_left_in_words(seconds, words):
    assert rules.left_in_words(seconds) == words
