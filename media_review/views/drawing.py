"""Threads and their lanes as HTML, put together here: as fragments, five hundred cost 0.3 seconds.

Every value that people typed goes through `escape`. What is rare (drafts and their tools, spoken
notes, the form of a reply) is still drawn by its template.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from media_review.queries.bench import Span
from media_review.queries.said import Said
from media_review.queries.threads import ClipThread, KindLane

# With more comments than this, the form of a reply comes when somebody opens it.
AT_HAND = 20
NOBODY = "00000000-0000-0000-0000-000000000000"
Tail = Callable[[Said], str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One kind of comments, under its name."""

    kind: str
    name: str
    html: SafeString


def threads(here: ClipThread | None, context: dict[str, Any]) -> list[Drawn]:
    """What was said about this clip, strengths first; `context` is that of the page's fragments."""
    if here is None:
        return []
    tail = _tail(here, context)
    return [
        Drawn("", name, _safe("".join(_thread(said, context, tail) for said in comments)))
        for name, comments in here.groups
    ]


def lanes(kinds: Iterable[KindLane]) -> list[Drawn]:
    """Where in the clip each kind of comment stands."""
    return [
        Drawn(lane.kind, lane.name, _safe("".join(_span(span, lane.name) for span in lane.spans)))
        for lane in kinds
    ]


def _thread(said: Said, context: dict[str, Any], tail: Tail) -> str:
    answers = "".join(f"<li>{_article(answer, context)}</li>" for answer in said.replies)
    below = f'<ol class="thread" role="list">{answers}</ol>' if answers else ""
    return f"<li>{_article(said, context)}{below}{tail(said)}</li>"


def _article(said: Said, context: dict[str, Any]) -> str:
    """One comment or reply."""
    draft = " data-draft-comment" if said.is_draft else ""
    new = '<span class="comment__new">New</span>' if said.is_new else ""
    return (
        f'<article class="comment" data-kind="{said.kind}" id="comment-{said.id}"{draft}>'
        f'<p class="comment__head"><span class="comment__kind">{said.kind_word}</span> '
        f"{_time(said)}<span>{_whose(said)}</span>{new}</p>"
        f"{_words(said)}{_rest(said, context)}</article>"
    )


def _time(said: Said) -> str:
    if not said.end_ms:
        return ""
    return (
        f'<a class="time" href="#comment-{said.id}" data-span="{said.start_ms},{said.end_ms}" '
        f'aria-label="Play from {said.start} to {said.end}">▶ {said.start} – {said.end}</a> '
    )


def _whose(said: Said) -> str:
    return "not sent yet" if said.is_draft else f"{escape(said.author)}, {said.day}"


def _words(said: Said) -> str:
    if not said.words:
        return ""
    more = '<b class="comment__more">More of</b> ' if said.kind == "working_point" else ""
    words = escape(said.words).replace("\r\n", "\n").replace("\n", "<br>")
    return f"<p>{more}{words}</p>"


def _rest(said: Said, context: dict[str, Any]) -> str:
    """A spoken note, the principles, who has read it, and for a draft what can be done with it."""
    parts = []
    if said.spoken:
        parts.append(render_to_string("media_review/_spoken.html", {"spoken": said.spoken}))
    if said.principles:
        chips = "".join(_chip(card.number, card.glyph, card.short) for card in said.principles)
        parts.append(f'<ul class="principles" role="list">{chips}</ul>')
    if said.read_by:
        names = escape(", ".join(said.read_by))
        parts.append(f'<p class="comment__read small soft">Read by {names}</p>')
    if said.is_draft:
        parts.append(render_to_string("media_review/_draft_tools.html", {**context, "said": said}))
    return "".join(parts)


def _tail(here: ClipThread, context: dict[str, Any]) -> Tail:
    """What stands below a comment: the form of a reply, or a place to which it comes."""
    if not context["may_reply"]:
        return lambda said: ""
    few = here.comment_count <= AT_HAND
    wanted = str(context["reply_to"] or "")
    place = context["here"].position
    address = reverse("media_review:comment-reply", args=[NOBODY])

    def tail(said: Said) -> str:
        if said.is_draft:
            return ""
        if few or str(said.id) == wanted:
            more = {"said": said, "is_open": str(said.id) == wanted}
            return render_to_string("media_review/_reply.html", context | more)
        return (
            f'<details class="reply" hx-get="{address.replace(NOBODY, str(said.id))}" '
            'hx-trigger="toggle once" hx-swap="outerHTML show:none"><summary>Reply</summary>'
            f'<p><a href="?clip={place}&amp;reply={said.id}#comment-{said.id}">'
            "Write your reply</a></p></details>"
        )

    return tail


def _span(span: Span, name: str) -> str:
    return (
        f'<a href="#comment-{span.key}" data-span="{span.start_ms},{span.end_ms}" '
        f'aria-label="{name}: {escape(span.label)}"><rect class="lane__span" x="{span.x:.2f}" '
        f'y="2" width="{span.width:.2f}" height="16" rx="3"></rect></a>'
    )


@lru_cache(maxsize=256)
def _chip(number: int, glyph: str, name: str) -> str:
    context = {"number": number, "glyph": glyph, "name": name}
    return f"<li>{render_to_string('parts/_principle.html', context)}</li>"


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  (escaped above, part by part)
