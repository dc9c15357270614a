"""Supervision sessions: log, confirm, put right, take back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation import permissions, services
from accreditation.forms import CorrectionForm, DisputeForm, SessionForm
from accreditation.models import SupervisionSession
from accreditation.queries import hours, practice
from accreditation.states import SessionState
from accreditation.views.asking import tried
from people import drafts
from people.actor import Actor

DRAFT = "session-log"


def _session(actor: Actor, pk: UUID) -> SupervisionSession:
    rows = SupervisionSession.objects.visible_to(actor)
    return get_object_or_404(
        rows.select_related("trainee", "supervisor", "logged_by", "disputed_by"), pk=pk
    )


@login_required
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """One's own sessions: what waits for a yes first, then newest first, older by "more"."""
    before = request.GET.get("before", "")
    page = practice.session_page(request.actor, before)
    context = {"page": page, "ahead": () if before else hours.planned_for(request.actor)}
    return render(request, "accreditation/session_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def session_log(request: HttpRequest) -> HttpResponse:
    """The short form; on POST the session waits for the other person's yes."""
    actor = request.actor
    people = practice.people_met(actor)
    form = SessionForm(
        request.POST or None,
        people=people,
        initial=practice.chosen(request.GET.get("with", "")) | drafts.initial(actor, DRAFT),
    )
    if people and form.is_valid():
        facts = practice.both_sides(actor, form.cleaned_data)
        if logged := tried(form, services.log_session, actor=actor, **facts):
            drafts.forget(actor, DRAFT)
            other = logged.supervisor if logged.trainee_id == actor.user_id else logged.trainee
            messages.success(request, f"Logged. {other.first_name} has been asked to confirm it.")
            return redirect("accreditation:session-list")
    context = {"form": form, "people": people, "draft": DRAFT}
    return render(request, "accreditation/session_log.html", context)


@login_required
@require_GET
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One session, and the one thing to do with it."""
    found = _session(request.actor, pk)
    both = request.actor.user_id in (found.trainee_id, found.supervisor_id)
    if found.state == SessionState.PLANNED and both:
        return redirect(found.get_hour_url())
    return _shown(request, found, DisputeForm())


def _shown(request: HttpRequest, found: SupervisionSession, form: DisputeForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    steps = practice.steps_of(actor, found)
    both = actor.user_id in (found.trainee_id, found.supervisor_id)
    context: dict[str, Any] = {"session": found, "form": form, "steps": steps, "is_theirs": both}
    return render(request, "accreditation/session.html", context)


@login_required
@require_POST
def session_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One gesture: the session counts; back to where the gesture was made."""
    found = _session(request.actor, pk)
    services.confirm_session(actor=request.actor, session_id=found.pk)
    messages.success(request, "Confirmed by you both, so it counts.")
    on_desk = request.POST.get("from") == "desk"
    return redirect("accreditation:desk" if on_desk else "accreditation:session-list")


@login_required
@require_POST
def session_dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both know how it is remembered; the session does not count for now."""
    found = _session(request.actor, pk)
    form = DisputeForm(request.POST)
    if form.is_valid() and tried(
        form,
        services.dispute_session,
        actor=request.actor,
        session_id=found.pk,
        words=form.cleaned_data["words"],
    ):
        return redirect(found)
    return _shown(request, found, form)


@login_required
@require_http_methods(["GET", "POST"])
def session_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The logger puts it right, and the other person is asked again."""
    found = _session(request.actor, pk)
    permissions.may_correct(request.actor, found).require()
    key = f"session-{found.pk}"
    before = {name: getattr(found, name) for name in CorrectionForm.base_fields}
    form = CorrectionForm(request.POST or None, initial=before | drafts.initial(request.actor, key))
    if form.is_valid() and tried(
        form,
        services.correct_session,
        actor=request.actor,
        session_id=found.pk,
        **form.cleaned_data,
    ):
        drafts.forget(request.actor, key)
        messages.success(request, "Corrected. The other person has been asked again.")
        return redirect(found)
    context = {"form": form, "session": found, "draft": key}
    return render(request, "accreditation/session_correct.html", context)


@login_required
@require_POST
def session_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The session is taken back."""
    found = _session(request.actor, pk)
    services.withdraw_session(actor=request.actor, session_id=found.pk)
    messages.success(request, "Taken back. It counts nowhere.")
    return redirect("accreditation:session-list")
