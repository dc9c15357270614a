"""The words on a film, or of a submission, as files; for the guider whose they are."""

import json
from dataclasses import asdict
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from media_review import exports, permissions, queries, services
from media_review.models import Recording, Submission

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "eaf": "application/xml; charset=utf-8",
    "zip": "application/zip",
}


@login_required
@require_GET
def recording_words(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Moments, clips and comments of one film: a table, subtitles or an ELAN document."""
    rows = Recording.objects.visible_to(request.actor).select_related("case", "film")
    row = get_object_or_404(rows, pk=pk)
    sheet = queries.words.sheet_of(row, request.actor)
    services.take_words(actor=request.actor, recording_id=row.pk, form=form)
    return _file(_written(sheet, form), sheet.name, form)


@login_required
@require_GET
def submission_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything written in one submission, for the record of the guider who sent it."""
    rows = Submission.objects.visible_to(request.actor).with_names()
    row = get_object_or_404(rows, pk=pk)
    permissions.may_send(request.actor, row).require()
    words = queries.words.submission_words(row, request.actor)
    sheets = queries.words.sheets_of(row, request.actor)
    services.take_submission_words(actor=request.actor, submission_id=row.pk)
    page = render_to_string("media_review/words.html", {"words": words})
    files = [
        ("words.html", page.encode()),
        ("words.json", json.dumps(asdict(words), default=str, ensure_ascii=False).encode()),
        ("comments.csv", exports.table.written(sheets)),
    ]
    for sheet in sheets:
        files += [(f"{sheet.name}.{form}", _written(sheet, form)) for form in ("vtt", "eaf")]
    begun = timezone.localdate(row.sent_at or row.begun_at)
    return _file(exports.bundle.written(files), f"clips-and-words-{begun}", "zip")


def _written(sheet: exports.Sheet, form: str) -> bytes:
    if form == "csv":
        return exports.table.written([sheet])
    if form == "vtt":
        return exports.subtitles.written(sheet)
    return exports.elan.written(sheet, timezone.localtime())


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "no-store, private"
    return response
