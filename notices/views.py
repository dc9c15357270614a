"""The list of messages in the house."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from notices import words
from notices.models import Notice

PAGE = 30


@login_required
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first; older ones by "more"."""
    rows = Notice.objects.visible_to(request.actor).select_related("to")  # type: ignore[attr-defined]
    if before := _moment(request.GET.get("before", "")):
        rows = rows.filter(pk__in=rows.filter(posted_at__lt=before).values("pk"))
    found = list(rows[: PAGE + 1])
    notices = [(notice, words.letter(notice)) for notice in found[:PAGE]]
    more = found[PAGE - 1].posted_at.isoformat() if len(found) > PAGE else ""
    return render(request, "notices/notice_list.html", {"notices": notices, "more": more})


def _moment(words: str) -> datetime | None:
    """The moment an address line names; None for anything else."""
    try:
        return parse_datetime(words)
    except ValueError:
        return None


@login_required
@require_POST
def notice_open(request: HttpRequest, pk: str) -> HttpResponse:
    """The message is read; go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(notice.path or "notices:notice-list")
