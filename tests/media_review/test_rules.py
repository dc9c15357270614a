"""Spans, times, counts: each refusal in words."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_review import rules
from people.errors import RuleBroken


@pytest.mark.parametrize(
    ("start", "end", "length", "words"),
    [
        (5000, 3000, 60_000, r"The out point \(00:03.0\) comes before the in point \(00:05.0\)"),
        (5000, 5000, 60_000, "comes before the in point"),
        (5000, 5900, 60_000, "A clip lasts at least one second"),
        (58_000, 61_000, 60_000, "The film ends at 01:00.0, and the clip would end at 01:01.0"),
        (61_000, 63_000, 60_000, "The film ends at 01:00.0"),
    ],
)
def test_a_span_that_cannot_be_is_refused_in_words(start, end, length, words):
    with pytest.raises(RuleBroken, match=words):
        rules.clip_span(start, end, length)


@pytest.mark.parametrize(
    ("start", "end", "length", "span"),
    [
        (0, 1000, 60_000, (0, 1000)),
        (0, 60_020, 60_000, (0, 60_000)),
        (90_000, 99_000, None, (90_000, 99_000)),
    ],
)
def test_a_span_inside_the_film_stands(start, end, length, span):
    assert rules.clip_span(start, end, length) == span


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (900, 500, "comes before"),
        (0, 2500, "This clip lasts 00:02.0"),
        (500, 600, "a stretch of the clip, not a single point"),
    ],
)
def test_a_comment_stays_inside_its_clip(start, end, words):
    with pytest.raises(RuleBroken, match=words):
        rules.comment_span(start, end, 2000)


@pytest.mark.parametrize(("count", "words"), [(0, "at least one"), (4, "You chose 4 clips")])
def test_a_submission_has_one_to_three_clips(count, words):
    with pytest.raises(RuleBroken, match=words):
        rules.clips_of_a_submission(count)


def test_a_film_date_has_been():
    rules.film_date(date(2026, 5, 4), date(2026, 5, 4))
    with pytest.raises(RuleBroken, match="lies ahead"):
        rules.film_date(date(2026, 5, 5), date(2026, 5, 4))


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2:14.3", 134_300),
        ("02:14,36", 134_360),
        ("1:02:14", 3_734_000),
        ("134.3", 134_300),
        (" 0:00.5 ", 500),
        ("75", 75_000),
    ],
)
def test_times_are_read_as_people_write_them(text, ms):
    assert rules.parse_clock(text) == ms


@pytest.mark.parametrize("text", ["soon", "1:75", "-3", "1:2:3:4", "00:01.0.0", "1e3", "٣:٤"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        rules.parse_clock(text)


@given(st.integers(0, 100 * 60_000))
def test_a_time_field_is_read_back_without_loss(ms):
    assert rules.parse_clock(rules.clock_exact(ms)) == ms


@pytest.mark.parametrize(
    ("ms", "words"),
    [(400, "1 second"), (9_400, "9 seconds"), (60_000, "1 minute"), (140_000, "2 minutes 20")],
)
def test_lengths_in_words(ms, words):
    assert rules.seconds_words(ms) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "since today"), (1, "since yesterday"), (5, "for 5 days"), (21, "for 3 weeks")],
)
def test_waiting_in_words(days, words):
    assert rules.waited_words(days) == words
