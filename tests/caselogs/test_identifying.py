"""Words that look as if they point at a person."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselogs.given_names import ALSO_WORDS, GIVEN_NAMES
from caselogs.identifying import LONGEST_READ, Clue, has_a_valid_check_digit, identifying


def clues(text):
    return [(finding.clue, finding.words) for finding in identifying(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sarah waited and he looked up.", [(Clue.NAME, "Sarah")]),
        ("then khadija smiled", [(Clue.NAME, "khadija")]),
        ("KWAME turned round", [(Clue.NAME, "KWAME")]),
        ("Oluwaseun’s mum Zofia sang", [(Clue.NAME, "Zofia")]),
        ("Mrs Khan held him", [(Clue.NAME, "Mrs Khan")]),
        ("Dr. O'Neill rang", [(Clue.NAME, "Dr. O'Neill")]),
        ("baby Tiger looked up", [(Clue.NAME, "Tiger")]),
        ("she watched Grace wave", [(Clue.NAME, "Grace")]),
        ("write to a.b@example.org today", [(Clue.EMAIL, "a.b@example.org")]),
        ("NHS 943 476 5919", [(Clue.NHS_NUMBER, "943 476 5919")]),
        ("9434765919", [(Clue.NHS_NUMBER, "9434765919")]),
        ("ring 07700 900123", [(Clue.PHONE, "07700 900123")]),
        ("ring +44 20 7946 0123", [(Clue.PHONE, "+44 20 7946 0123")]),
        ("born 3/6/26", [(Clue.BIRTH, "born 3/6/26")]),
        ("on 03.06.2026 she", [(Clue.BIRTH, "03.06.2026")]),
        ("3rd June 2026", [(Clue.BIRTH, "3rd June 2026")]),
        ("2026-06-03", [(Clue.BIRTH, "2026-06-03")]),
        ("DOB: 3 June", [(Clue.BIRTH, "DOB: 3 June")]),
        ("they live in PE1 1XS now", [(Clue.POSTCODE, "PE1 1XS")]),
        ("n17 9jf", [(Clue.POSTCODE, "n17 9jf")]),
    ],
)
def test_what_points_at_a_person_is_noticed(text, found):
    assert clues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A long wait, then he looked up and she answered with her eyebrows.",
        "Will she wait? Grace under pressure. Hope grows; joy too.",
        "Filmed lunch for 7 minutes, cycle 3 of 4, family B7.",
        "Next time: wait until he turns, 2 or 3 seconds.",
        "We may film in June or on Monday.",
        "The health visitor and the GP agreed. VIG helps.",
        "943 476 5918",
        "B7 3rd film, KT-12",
        "At 10:30 on 3 June we looked together.",
        "Mum then waited. Dad I think enjoyed it.",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert clues(text) == []


def test_a_finding_asks_kindly():
    sentence = identifying("Sarah waited")[0].sentence

    assert sentence == (
        "“Sarah”: This looks like a name. The log travels between organisations: "
        "could you use the code instead?"
    )


@given(st.text())
def test_findings_lie_in_the_text_in_order_and_apart(text):
    found = identifying(text)

    assert [text[f.start : f.end] for f in found] == [f.words for f in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_every_valid_nhs_number_is_noticed_and_no_invalid_one(first_nine):
    numbers = [f"{first_nine}{last}" for last in range(10)]

    valid = [number for number in numbers if has_a_valid_check_digit(number)]

    assert len(valid) <= 1
    for number in numbers:
        spoken = f"{number[:3]} {number[3:6]} {number[6:]}"
        is_found = (Clue.NHS_NUMBER, spoken) in clues(f"see {spoken}, please")
        assert is_found is (number in valid)


@given(
    st.sampled_from(sorted(GIVEN_NAMES)), st.sampled_from(["{}", "{} waited.", "he and {}, too"])
)
def test_every_given_name_is_noticed_wherever_it_stands(name, frame):
    text = frame.format(name.capitalize())

    assert [clue for clue, _ in clues(text)] == [Clue.NAME]


@given(st.sampled_from(sorted(ALSO_WORDS)))
def test_a_name_that_is_a_word_needs_its_capital_inside_a_sentence(name):
    assert clues(f"then {name} came") == []
    assert clues(f"then {name.capitalize()} came") == [(Clue.NAME, name.capitalize())]
    assert clues(f"{name.capitalize()} came") == []


def test_a_very_long_text_is_read_in_part_and_soon():
    assert len(identifying("sara " * LONGEST_READ)) == 40
