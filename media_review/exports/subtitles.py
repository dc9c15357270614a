"""Notes as WebVTT: one cue a note, which any player shows beside a film that it has itself.

Written to W3C's "WebVTT: The Web Video Text Tracks Format": in a cue's text `&`, `<` and `>` are
escaped, and no line of it is empty, for an empty line ends the cue.
"""

from media_review.exports.notes import Note, Sheet, plain


def written(sheet: Sheet) -> bytes:
    """The notes of this film as a track of cues, in the order of the film."""
    parts = ["WEBVTT", f"NOTE\n{_safe(sheet.title)}"]
    parts += [_cue(place, note) for place, note in enumerate(sheet.spans, start=1)]
    return ("\n\n".join(parts) + "\n").encode()


def _cue(place: int, note: Note) -> str:
    said = ", ".join(map(str, note.principles)) or note.what
    words = f"{said}\n{note.words}" if note.words else said
    return f"{place}\n{_time(note.start_ms)} --> {_time(note.end_ms)}\n{_safe(words)}"


def _safe(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(ms: int) -> str:
    """Hours, minutes, seconds and thousandths: 01:02:03.456."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
