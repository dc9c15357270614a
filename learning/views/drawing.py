"""Drawing a lesson's parts once, and keeping the drawing for everybody who sees the same.

A part looks the same to all who have (or have not) ticked it, so its HTML is kept by what it
shows. Whatever holds somebody's own words is drawn for them alone and never kept. The reader's
form token stands in for a placeholder, which is put in at the very end.
"""

from collections.abc import Iterable
from functools import lru_cache
from secrets import token_hex

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from learning.queries import Lesson, Sheet, Stop
from learning.rules import Standing

TOKEN = token_hex(16)


def parts(lesson: Lesson, sheets: Iterable[Sheet], token: str) -> list[SafeString]:
    """Every part of the lesson, as this person sees it."""
    return [_drawn("learning/_part.html", lesson, sheet, token) for sheet in sheets]


def foot(lesson: Lesson, sheet: Sheet, token: str) -> SafeString:
    """What one does with a part, and that it is done."""
    return _drawn("learning/_foot.html", lesson, sheet, token)


@lru_cache(maxsize=1024)
def left(standing: Standing, oob: bool = False) -> SafeString:
    """What is done in a lesson, what is left, and where one goes on."""
    return render_to_string("learning/_left.html", {"standing": standing, "oob": oob})


@lru_cache(maxsize=1024)
def end(
    standing: Standing, after: Stop | None = None, course_url: str = "", oob: bool = False
) -> SafeString:
    """The end of a lesson: what is left and why, or the next lesson."""
    context = {"standing": standing, "after": after, "course_url": course_url, "oob": oob}
    return render_to_string("learning/_end.html", context)


def _drawn(template: str, lesson: Lesson, sheet: Sheet, token: str) -> SafeString:
    shared = sheet.part.lasting and not sheet.words
    draw = _kept if shared else _kept.__wrapped__
    words = draw(template, lesson.id, sheet)
    return mark_safe(words.replace(TOKEN, token))  # noqa: S308  (rendered by a template)


@lru_cache(maxsize=2048)
def _kept(template: str, lesson_id: int, sheet: Sheet) -> str:
    context = {"sheet": sheet, "lesson_id": lesson_id, "csrf_token": TOKEN}
    return render_to_string(template, context)
