"""Getting a film across: the page, each film of its queue, and what happens when one fails."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from footage.models import Upload
from media_review import queries, services
from media_review.forms import MeasureForm, RecordingForm, UploadForm, file_form
from media_review.models import Recording
from media_review.queries.films import CaseChoice
from people import drafts
from people.errors import RuleBroken


@login_required
@require_http_methods(["GET", "POST"])
def recording_begin(request: HttpRequest) -> HttpResponse:
    """The page that sends films; on POST, without its script, one recording exists."""
    choices = queries.films.cases_to_film(request.actor)
    form = _recording_form(request, request.POST or None, _wanted(request, choices))
    if form.is_valid():
        try:
            recording = services.begin_recording(actor=request.actor, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect(recording)
    context = {
        "form": form,
        "choices": choices,
        "halves": queries.sending.half_here(request.actor),
        "largest": settings.FILM_LARGEST_BYTES,
    }
    status = 422 if form.errors else 200
    return render(request, "media_review/recording_begin.html", context, status=status)


def _wanted(request: HttpRequest, choices: tuple[CaseChoice, ...]) -> dict[str, object]:
    """The case or cycle that a link named; else the only family that agrees to be filmed."""
    given = [choice.case.pk for choice in choices if choice.said.given]
    only = {"case": given[0]} if len(given) == 1 else {}
    named = ("case", "cycle", "kind")
    return {**only, **{name: request.GET[name] for name in named if name in request.GET}}


def _recording_form(request: HttpRequest, data: Any, initial: Any = None) -> RecordingForm:
    return RecordingForm(
        data,
        initial=initial,
        cases=queries.films.open_cases(request.actor),
        cycles=queries.films.open_cycles(request.actor),
    )


@login_required
@require_POST
def recording_add(request: HttpRequest) -> JsonResponse:
    """One film of the queue is expected, or noted as staying where it is; nothing when refused."""
    typed = _posted(request)
    form = _recording_form(request, typed)
    about = file_form(typed)
    if not form.is_valid() or not about.is_valid():
        return _refused(first_error(form, about))
    try:
        return _added(request, form.facts(), about)
    except RuleBroken as broken:
        return _refused(str(broken))
    except PermissionDenied as denied:
        return JsonResponse({"reason": str(denied)}, status=403)


def _added(
    request: HttpRequest, facts: dict[str, Any], about: UploadForm | MeasureForm
) -> JsonResponse:
    file = about.cleaned_data
    if about.is_sent:
        del facts["custody"]
        upload = services.send_film(
            actor=request.actor, file_name=file["name"], size=file["size"], **facts
        )
        row = Recording.objects.visible_to(request.actor).get(film=upload.film_id)
    else:
        upload = None
        row = services.begin_recording(actor=request.actor, **facts, **file)
    return JsonResponse(_addresses(row, upload))


def _addresses(row: Recording, upload: Upload | None) -> dict[str, str]:
    """Where the browser sends the film, and where it is found afterwards."""
    found = {"recording_id": str(row.pk), "film_url": row.get_absolute_url()}
    if upload:
        found["upload_url"] = reverse("footage:upload", args=[upload.pk])
        found["digest_url"] = reverse("footage:digest", args=[upload.pk])
    return found


def first_error(*forms: Any) -> str:
    """The first of what has to be looked at again."""
    errors = [words for form in forms for field in form.errors.values() for words in field]
    return str(errors[0]) if errors else "That did not work. Please try again."


def _refused(reason: str) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=422)


@login_required
@require_POST
def recording_upload(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Where the browser sends the film; the same file again carries on where it stopped."""
    row = _own(request, pk)
    form = UploadForm(_posted(request))
    if not form.is_valid():
        return _refused("Please choose a film first.")
    name, size = form.cleaned_data["name"], form.cleaned_data["size"]
    try:
        upload = services.begin_upload(
            actor=request.actor, recording_id=row.pk, file_name=name, size=size
        )
    except RuleBroken as broken:
        return _refused(str(broken))
    return JsonResponse(_addresses(row, upload))


def _posted(request: HttpRequest) -> Mapping[str, object]:
    """What was sent, as JSON or as a form."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        return dict(drafts.plain(json.loads(request.body)))
    except (ValueError, TypeError, RecursionError):
        return {}


@login_required
@require_POST
def recording_measure(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The film that stays elsewhere is known from now on by its SHA-256 and its length."""
    row = _own(request, pk)
    form = MeasureForm(_posted(request))
    if not form.is_valid():
        return _refused(first_error(form))
    try:
        services.measure_film(actor=request.actor, recording_id=row.pk, **form.cleaned_data)
    except RuleBroken as broken:
        return _refused(str(broken))
    return JsonResponse({"film_url": row.get_absolute_url()})


@login_required
@require_POST
def recording_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The film is prepared again from where it stood; back to its page."""
    row = _own(request, pk)
    services.retry_film(actor=request.actor, recording_id=row.pk)
    messages.success(request, "We are trying again. You need not send the film a second time.")
    return redirect(row)


def _own(request: HttpRequest, pk: UUID) -> Recording:
    return get_object_or_404(Recording.objects.visible_to(request.actor), pk=pk)
