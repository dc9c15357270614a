"""Blind second looks: asked for, agreed to, coded by two, compared."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media_review import permissions, queries, services
from media_review.forms import CodeForm, LookForm
from media_review.models import Code, SecondLook, Submission, SubmittedClip
from media_review.states import LookState
from people.errors import RuleBroken


@login_required
@require_GET
def look_list(request: HttpRequest) -> HttpResponse:
    """What one is asked, what one codes, what one can compare."""
    context = {"looks": queries.looks.looks_of(request.actor)}
    return render(request, "media_review/look_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def look_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a colleague and a last day; on POST the guider is asked."""
    readable = Submission.objects.visible_to(request.actor)
    rows = SubmittedClip.objects.filter(submission__in=readable)
    row = get_object_or_404(rows.select_related("submission__trainee", "clip"), pk=pk)
    permissions.may_answer(request.actor, row.submission).require()
    colleagues = queries.looks.colleagues_for(row.submission, request.actor)
    form = LookForm(request.POST or None, colleagues=colleagues)
    if form.is_valid():
        facts = {"submitted_clip_id": row.pk, **form.facts()}
        try:
            services.ask_second_look(actor=request.actor, **facts)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{row.submission.trainee.name} is asked for a yes first.")
            return redirect("media_review:look-list")
    context = {"row": row, "form": form, "colleagues": colleagues}
    status = 422 if form.errors else 200
    return render(request, "media_review/look_ask.html", context, status=status)


@login_required
@require_GET
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The guider's page with the asking; or a coder's own page, to code or to compare."""
    row = _visible(request, pk)
    if not permissions.may_code(request.actor, row):
        return render(request, "media_review/look_asked.html", {"look": row})
    if row.state == LookState.DONE:
        found = queries.looks.comparison_of(row, request.actor)
        return render(request, "media_review/look_agreement.html", {"found": found})
    return _coding(request, row)


def _coding(request: HttpRequest, row: SecondLook, form: CodeForm | None = None) -> HttpResponse:
    coding = queries.looks.coding_of(row, request.actor)
    context = {"coding": coding, "form": form or CodeForm(cards=coding.cards)}
    page = "_codes" if request.htmx else "look_coding"
    status = 422 if form is not None else 200
    return render(request, f"media_review/{page}.html", context, status=status)


@login_required
@require_POST
def look_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The guider has said yes."""
    row = _visible(request, pk)
    return _stepped(request, row, services.agree_to_look, "Thank you. They can both look now.")


@login_required
@require_POST
def look_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of the three has ended it."""
    row = _visible(request, pk)
    _stepped(request, row, services.end_look, "Ended. The clip is closed to the second person.")
    return redirect("media_review:look-list")


@login_required
@require_POST
def look_finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of the two has finished."""
    row = _coded(request, pk)
    return _stepped(request, row, services.finish_coding, "Finished. Your codes stay as they are.")


def _stepped(request: HttpRequest, row: SecondLook, step: object, done: str) -> HttpResponse:
    try:
        step(actor=request.actor, look_id=row.pk)  # type: ignore[operator]
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        messages.success(request, done)
    return redirect(row)


@login_required
@require_POST
def code_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more span of one's own, or the form with what to change."""
    row = _coded(request, pk)
    form = CodeForm(request.POST, cards=queries.looks.cards_of(row))
    if form.is_valid():
        try:
            services.mark_code(actor=request.actor, look_id=row.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _coding(request, row) if request.htmx else redirect(row)
    return _coding(request, row, form)


@login_required
@require_POST
def code_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One span of one's own is gone."""
    code = get_object_or_404(Code.objects.visible_to(request.actor), pk=pk)
    try:
        services.remove_code(actor=request.actor, code_id=code.pk)
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    row = _coded(request, code.look_id)
    return _coding(request, row) if request.htmx else redirect(row)


def _visible(request: HttpRequest, pk: UUID) -> SecondLook:
    rows = SecondLook.objects.visible_to(request.actor).select_related(
        "first", "second", "submitted_clip__submission__trainee", "submitted_clip__clip__film"
    )
    return get_object_or_404(rows, pk=pk)


def _coded(request: HttpRequest, pk: UUID) -> SecondLook:
    """A second look in which this person codes; 404 for the guider, who codes in none."""
    row = _visible(request, pk)
    if not SecondLook.objects.coded_by(request.actor).filter(pk=pk).exists():
        raise Http404
    return row
