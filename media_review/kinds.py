"""Choices of the room, in the field's words (domain.md)."""

from django.db import models


class RecordingKind(models.TextChoices):
    """Two kinds of film exist; supervision looks mainly at the second."""

    INTERACTION = "interaction", "Interaction film: parent and child together"
    SHARED_REVIEW = "shared_review", "Shared-review film: you and the parent watching clips"


class Custody(models.TextChoices):
    """Where the film itself rests."""

    PLATFORM = "platform", "Keep it in Attune, sealed, while the work goes on"
    SHOWN_LIVE = "shown_live", "Show it live only: the film never leaves my device"
    ELSEWHERE = "elsewhere", "It is kept by my service, outside Attune"


class RingEnd(models.TextChoices):
    """Why the key of an era of films was destroyed."""

    WITHDRAWN = "withdrawn", "the family took its consent back"
    TIME = "time", "the time that film is kept was over"


class Basis(models.TextChoices):
    """What lets a film be kept for safeguarding: never in silence (domain.md, Consent)."""

    LAW = "law", "A duty in law: safeguarding, police or court"
    CONSENT = "consent", "The family has agreed to it, in so many words"


class Wish(models.TextChoices):
    """What one person asks of a second: to keep a film, to keep it longer, to let it go."""

    KEEP = "keep", "Keep this film"
    LONGER = "longer", "Keep it longer"
    LIFT = "lift", "End the hold"


class Ending(models.TextChoices):
    """Why a film is gone."""

    WITHDRAWN = "withdrawn", "The family withdrew their consent"
    TIME = "time", "Its time was over"
    DISCARDED = "discarded", "Its guider discarded it"


class Who(models.TextChoices):
    """Who is seen in a clip."""

    BOTH = "both", "Parent and child"
    PARENT = "parent", "The parent"
    CHILD = "child", "The child"
    GUIDER = "guider", "You, the guider"


class Turn(models.TextChoices):
    """What a guider does in a moment of the shared review (domain.md, The method)."""

    ACTIVATE = "activate", "Activating: inviting the parent to look and say what they see"
    RECEIVE = "receive", "Receiving: showing that their words arrived"


class Part(models.TextChoices):
    """What a moment is in a chain: initiative, reception, turn; together a yes-cycle."""

    INITIATIVE = "initiative", "Initiative"
    RECEPTION = "reception", "Reception"
    TURN = "turn", "Turn"


class Wiped(models.TextChoices):
    """Why a browser no longer holds the films that were prepared in it."""

    ENDED = "ended", "The review was over"
    TIME = "time", "The two hours were over"
    LEFT = "left", "Its guider signed out"
    REFUSED = "refused", "The film may not be watched any more"
    AGAIN = "again", "It was prepared again"


class CommentKind(models.TextChoices):
    """What a comment is. Strengths come first; there is no grade and no red cross."""

    STRENGTH = "strength", "Strength"
    WONDERING = "wondering", "Wondering"
    WORKING_POINT = "working_point", "Working point"
    REPLY = "reply", "Reply"


ABOUT_A_SPAN = (CommentKind.STRENGTH, CommentKind.WONDERING, CommentKind.WORKING_POINT)
