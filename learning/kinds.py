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


# Said on the course page, after "Left:". Each is a noun and a reason to come back to it.
LEFT: dict[str, str] = {
    PartKind.TEXT: "some reading, because the parts that follow lean on it",
    PartKind.FILM: "a film, because this is a way of looking and it needs your eyes",
    PartKind.VIGNETTE: "a family’s story, because the ideas come alive in it",
    PartKind.REFLECTION: "the reflection, because your own words make it yours",
    PartKind.KNOWLEDGE_CHECK: "a question, because choosing shows you what you already see",
    PartKind.PRACTICE_EXERCISE: "the practice, because doing it once is worth reading it twice",
}


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
