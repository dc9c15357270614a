"""What is done, what is left and why."""

from learning import rules

A, B, C = (
    rules.Part("a", "text", "One", {}),
    rules.Part("b", "reflection", "Two", {}),
    rules.Part("c", "practice_exercise", "Three", {}),
)


def test_a_lesson_not_begun():
    standing = rules.standing((A, B, C), set(), None, minutes=12)

    assert (standing.is_begun, standing.is_complete, standing.is_finished) == (False, False, False)
    assert standing.next == A
    assert standing.minutes_left == 12


def test_what_is_left_and_why():
    standing = rules.standing((A, B, C), {"a"}, None, minutes=12)

    assert standing.left == (B, C)
    assert standing.done_count == 1
    assert standing.minutes_left == 8
    assert standing.reason == (
        "Left: the reflection, because your own words make it yours; then 1 more part."
    )


def test_a_finished_lesson_stays_finished_when_parts_are_added():
    standing = rules.standing((A, B, C), {"a", "b"}, {"a", "b"}, minutes=12)

    assert standing.is_finished
    assert standing.new == (C,)
    assert standing.minutes_left == 0


def test_a_part_that_was_there_at_the_finish_is_not_new():
    standing = rules.standing((A, B), {"b"}, {"a", "b"})

    assert standing.new == ()


def test_ticks_of_parts_that_were_taken_away_do_not_count():
    standing = rules.standing((A, B), {"a", "gone"}, None)

    assert standing.done_count == 1
    assert not standing.is_complete


def test_a_lesson_without_parts_is_never_complete():
    assert not rules.standing((), set(), None).is_complete


def test_the_next_part_is_the_first_one_left_after_this():
    standing = rules.standing((A, B, C), {"b"}, None)

    assert standing.next_after("a") == C
    assert standing.next_after("c") == A
    assert standing.next_after("unknown") == A


def test_parts_are_read_from_what_is_stored():
    raw = '[{"type":"text","id":"a","value":{"title":"One"}},{"type":"gone","id":"x","value":{}}]'

    (part,) = rules.parts_in(raw)
    assert (part.id, part.kind, part.title, part.value) == ("a", "text", "One", {"title": "One"})
    assert rules.parts_in("") == ()


def test_the_mark_of_a_part_changes_with_its_words():
    def mark(words: str) -> str:
        return rules.parts_of([{"type": "text", "id": "a", "value": {"body": words}}])[0].mark

    assert mark("one") == mark("one")
    assert mark("one") != mark("two")


def test_a_transcript_has_a_time_and_words_on_each_line():
    part = rules.Part("a", "film", "", {"transcript": "00:00 She waits.\n\n00:04 He looks."})

    assert part.lines == (("00:00", "She waits."), ("00:04", "He looks."))
