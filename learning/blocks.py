"""The parts an editor can put into a lesson. Their ids stay the same when an edit is published."""

from typing import Any

from wagtail import blocks

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "blockquote"]


def _words(label: str, help_text: str = "", required: bool = True) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        features=FEATURES, label=label, help_text=help_text, required=required
    )


class TextPart(blocks.StructBlock):
    """Something to read."""

    title = blocks.CharBlock(max_length=120)
    body = _words("Words")

    class Meta:
        icon = "pilcrow"
        label = "Reading"


class FilmPart(blocks.StructBlock):
    """Something to watch; without a film its words still stand by themselves."""

    title = blocks.CharBlock(max_length=120)
    seconds = blocks.IntegerBlock(min_value=1, label="Length in seconds")
    about = _words("What the film shows", required=False)
    look_for = _words("What to look for")
    transcript = blocks.TextBlock(
        help_text="What is seen and heard. One line a moment, beginning with its time: 00:04 She…"
    )
    film = blocks.CharBlock(
        required=False,
        max_length=36,
        label="Film",
        help_text="The number of a teaching film in this house. Leave it empty to show words only.",
    )

    class Meta:
        icon = "media"
        label = "Film"


class VignettePart(blocks.StructBlock):
    """A family, invented and without names."""

    title = blocks.CharBlock(max_length=120)
    story = _words("Story", "Invented, and without names.")
    notice = _words("What do you notice?", required=False)

    class Meta:
        icon = "group"
        label = "A family"


class ReflectionPart(blocks.StructBlock):
    """A question only the reader answers, and only the reader sees."""

    title = blocks.CharBlock(max_length=120)
    prompt = _words("Question")

    class Meta:
        icon = "edit"
        label = "Reflection"


class Choice(blocks.StructBlock):
    """One answer and what to say about it."""

    words = blocks.CharBlock(max_length=300, label="Answer")
    fits = blocks.BooleanBlock(required=False, label="This one fits")
    feedback = blocks.TextBlock(
        help_text="Begin with what is right about this answer. Never “wrong”."
    )

    class Meta:
        icon = "radio-empty"


class KnowledgeCheckPart(blocks.StructBlock):
    """A situation and some answers, each with a kind word about it."""

    title = blocks.CharBlock(max_length=120)
    situation = _words("Situation and question")
    choices = blocks.ListBlock(Choice(), min_num=2, max_num=6, label="Answers")

    class Meta:
        icon = "help"
        label = "Look and choose"


class PracticePart(blocks.StructBlock):
    """Something to try away from the screen."""

    title = blocks.CharBlock(max_length=120)
    minutes = blocks.IntegerBlock(min_value=1, max_value=240, label="Minutes it takes")
    steps = _words("What to do")

    class Meta:
        icon = "tick"
        label = "Practice"


def lesson_blocks() -> list[tuple[str, Any]]:
    """The six kinds of parts, in the order the editor offers them."""
    return [
        ("text", TextPart()),
        ("film", FilmPart()),
        ("vignette", VignettePart()),
        ("reflection", ReflectionPart()),
        ("knowledge_check", KnowledgeCheckPart()),
        ("practice_exercise", PracticePart()),
    ]
