"""The chain's marks: any change shows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger import rules

KEY = b"k"


def chain(length: int) -> list[rules.Entry]:
    """A chain that holds."""
    entries, previous = [], rules.FIRST_MARK
    for number in range(1, length + 1):
        entry = rules.Entry(
            number=number,
            at=datetime(2026, 11, 20, 9, number, tzinfo=UTC),
            user_id="u",
            verb="room.happened",
            subject_kind="room.thing",
            subject_id=str(number),
            facts={"n": number},
            previous=previous,
        )
        previous = rules.mark_of(entry, KEY)
        entries.append(replace(entry, mark=previous))
    return entries


def test_an_untouched_chain_has_no_faults():
    assert list(rules.faults(chain(4), KEY)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "room.other"},
        {"facts": {"n": 9}},
        {"user_id": "somebody else"},
        {"subject_id": "9"},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_an_edited_line_is_found(change):
    entries = chain(3)
    entries[1] = replace(entries[1], **change)

    assert list(rules.faults(entries, KEY)) == ["Line 2 was changed after it was written."]


def test_a_removed_line_is_found():
    entries = chain(3)
    del entries[1]

    assert list(rules.faults(entries, KEY)) == [
        "Line 2 is missing: the next one found is 3.",
        "Line 3 does not follow the line before it.",
    ]


def test_an_inserted_line_is_found():
    entries = chain(3)
    entries.insert(1, replace(entries[0], number=2))

    assert "Line 2 was changed after it was written." in list(rules.faults(entries, KEY))


def test_the_marks_cannot_be_made_without_the_key():
    assert rules.mark_of(chain(1)[0], KEY) != rules.mark_of(chain(1)[0], b"another")
