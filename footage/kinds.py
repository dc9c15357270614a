"""The choices of the room: what is made of a film, and by which recipe."""

from django.db import models


class ArtefactKind(models.TextChoices):
    """What one film may consist of. Everything but the original is made by us."""

    ORIGINAL = "original", "the film as it was sent"
    PROXY = "proxy", "the 720p film people watch"
    FINE = "fine", "the same in 1080p, where it was asked for"
    SPRITE = "sprite", "small pictures along the timeline"
    PEAKS = "peaks", "loudness along the timeline"
    POSTER = "poster", "one still"


MEDIA_TYPES = {
    ArtefactKind.ORIGINAL: "application/octet-stream",
    ArtefactKind.PROXY: "video/mp4",
    ArtefactKind.FINE: "video/mp4",
    ArtefactKind.SPRITE: "image/jpeg",
    ArtefactKind.PEAKS: "application/json",
    ArtefactKind.POSTER: "image/jpeg",
}


class Recipe(models.TextChoices):
    """A piece of slow work. A new version number makes the same film worth preparing again."""

    CHECK = "check/1", "is it a film, and did it arrive whole?"
    PREPARE = "prepare/1", "make the watchable film and its timeline"
    CUT = "cut/1", "make a film of its own from a stretch of another"
    JOIN = "join/1", "make one film of several, with words between them"
    STILL = "still/1", "keep one frame of another as a picture"


class WorkState(models.TextChoices):
    """Where a piece of slow work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Music(models.TextChoices):
    """What may be heard under a film made of several: all of it made of formulas by us."""

    NONE = "none", "No music"
    BELLS = "bells", "A music box"
    WARM = "warm", "Warm notes that come and go"
    WAVES = "waves", "Quiet waves"


class Balance(models.TextChoices):
    """Which of the two is in front: what was said in the films, or the music."""

    VOICES = "voices", "The voices, with the music far behind"
    BOTH = "both", "The voices and the music together"
    MUSIC = "music", "The music, with the voices softly behind"
    ALONE = "alone", "The music alone, without the voices"
