"""The house's own paraphrase of the six principles; a body loads its own wording as rows.

Headings are the field's (domain.md); the examples are ours. There is no list of negatives.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One principle as it is planted: number, heading, short name, glyph, what one may see."""

    number: int
    heading: str
    short: str
    glyph: str
    examples: tuple[str, ...]


NAME = "Principles of attuned interaction and guidance"
SIX: tuple[Wording, ...] = (
    Wording(
        1,
        "Being attentive",
        "Attentive",
        "◯",
        (
            "Turns towards the other",
            "Gives time and space",
            "Looks with friendly interest",
            "Enjoys watching the other",
            "Wonders what the other is doing, thinking or feeling",
        ),
    ),
    Wording(
        2,
        "Encouraging initiatives",
        "Encouraging",
        "◔",
        (
            "Waits",
            "Listens actively",
            "Shows warmth in voice and face",
            "Names kindly what is seen",
            "Says what one is doing oneself",
            "Looks out for the next initiative",
        ),
    ),
    Wording(
        3,
        "Receiving initiatives",
        "Receiving",
        "◐",
        (
            "Shows that the initiative was noticed",
            "Returns a look or a smile",
            "Answers with the body: leans in, nods",
            "Repeats the other’s sounds or words",
        ),
    ),
    Wording(
        4,
        "Developing attuned interactions",
        "Attuned",
        "◑",
        (
            "Receives first and then responds",
            "Checks that the other follows",
            "Waits for one’s turn and takes it",
            "Gives short turns, and a second turn on the same thing",
            "Shares joy in what both do",
        ),
    ),
    Wording(
        5,
        "Guiding",
        "Guiding",
        "◕",
        (
            "Builds on what the other just did",
            "Adds a little that the other can manage",
            "Gives information when it is wanted",
            "Offers choices that can be managed",
            "Makes suggestions and waits for the answer",
        ),
    ),
    Wording(
        6,
        "Deepening discussion",
        "Deepening",
        "●",
        (
            "Supports the other in setting goals",
            "Shares points of view and asks for theirs",
            "Names differences and looks into them together",
            "Reaches a new understanding that both share",
        ),
    ),
)

# One labelled example, so that a body sees how a scale is built; its steps and items are ours.
EXAMPLE_SCALE = "Example scale: replace with your body’s own"
EXAMPLE_ABOUT = (
    "An example made for Attune, and nobody’s published scale. It is for looking together at what "
    "grew, never a threshold. Your body can make its own version under Scales in the editor."
)
EXAMPLE_STEPS: tuple[tuple[int, str], ...] = (
    (1, "I look for it"),
    (2, "I see it now and then"),
    (3, "I see it often"),
    (4, "It has become my way"),
)
EXAMPLE_ITEMS: tuple[tuple[str, str], ...] = (
    ("With the family", "I wait, so that the parent can say first what they see"),
    ("With the family", "I receive what they say before I go on"),
    ("With the film", "I choose moments that go better than usual"),
    ("With myself", "I notice what I bring into the room"),
)
