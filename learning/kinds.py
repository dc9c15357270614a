"""The kinds of parts a lesson is made of, and the formats of the two days."""

from django.db import models


class PartKind(models.TextChoices):
    """What a part of a lesson asks of its reader."""

    TEXT = "text", "Reading"
    FILM = "film", "Film"
    VIGNETTE = "vignette", "A family"
    REFLECTION = "reflection", "Reflection"
    KNOWLEDGE_CHECK = "knowledge_check", "Look and choose"
    PRACTICE_EXERCISE = "practice_exercise", "Practice"


# "Left: the reflection, because your own words make it yours."
LEFT: dict[str, str] = {
    PartKind.TEXT: "some reading",
    PartKind.FILM: "a film",
    PartKind.VIGNETTE: "a family’s story",
    PartKind.REFLECTION: "the reflection",
    PartKind.KNOWLEDGE_CHECK: "a question",
    PartKind.PRACTICE_EXERCISE: "the practice",
}
WHY: dict[str, str] = {
    PartKind.TEXT: "because the parts that follow lean on it",
    PartKind.FILM: "because this is a way of looking, and it needs your eyes",
    PartKind.VIGNETTE: "because the ideas come alive in a family",
    PartKind.REFLECTION: "because your own words make it yours",
    PartKind.KNOWLEDGE_CHECK: "because choosing shows you what you already see",
    PartKind.PRACTICE_EXERCISE: "because doing it once is worth reading it twice",
}
ICONS: dict[str, str] = {
    PartKind.TEXT: "course",
    PartKind.FILM: "film",
    PartKind.VIGNETTE: "people",
    PartKind.REFLECTION: "pencil",
    PartKind.KNOWLEDGE_CHECK: "talk",
    PartKind.PRACTICE_EXERCISE: "heart",
}
DONE_LABELS: dict[str, str] = {
    PartKind.FILM: "Watched, next",
    PartKind.REFLECTION: "Keep my words, next",
    PartKind.PRACTICE_EXERCISE: "I have tried it",
}
OWN_WORDS = frozenset({PartKind.REFLECTION, PartKind.PRACTICE_EXERCISE})


class CourseFormat(models.TextChoices):
    """How the two days are held; each is a number of sessions."""

    TWO_DAYS = "two_days", "Two days"
    FOUR_HALF_DAYS = "four_half_days", "Four half-days"
    SPREAD = "spread", "Spread over some weeks"


SESSIONS: dict[str, int] = {
    CourseFormat.TWO_DAYS: 2,
    CourseFormat.FOUR_HALF_DAYS: 4,
    CourseFormat.SPREAD: 4,
}
