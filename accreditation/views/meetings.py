"""Stage meetings: planned, prepared, decided, called off."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accreditation import permissions, services
from accreditation.forms import CancelForm, DecisionForm, MeetingForm
from accreditation.models import EnrolledStage, Meeting
from accreditation.queries import clips
from accreditation.queries import meetings as reads
from accreditation.queries.desks import externals_for
from accreditation.views.asking import tried
from people import drafts
from people.actor import Actor


def _meeting(actor: Actor, pk: UUID) -> Meeting:
    return get_object_or_404(reads.with_its_stage(Meeting.objects.visible_to(actor)), pk=pk)


@login_required
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """One's own meetings: what is planned first, then what was decided."""
    page = reads.meetings_of(request.actor)
    return render(request, "accreditation/meeting_list.html", {"page": page})


@login_required
@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The meeting with its evidence, the reflection and, once written, the decision."""
    found = _meeting(request.actor, pk)
    return render(
        request,
        "accreditation/meeting.html",
        {
            "meeting": found,
            "page": reads.meeting_page(found),
            "clips": clips.clips_shown(request.actor, found),
            "is_own": found.enrolled_stage.enrolment.trainee_id == request.actor.user_id,
            "steps": reads.steps_of(request.actor, found),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def meeting_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When and with whom; on POST everybody who takes part is told."""
    stage = get_object_or_404(
        EnrolledStage.objects.visible_to(request.actor).select_related(
            "stage", "enrolment__trainee", "enrolment__pathway"
        ),
        pk=pk,
    )
    permissions.may_plan_meeting(request.actor, stage).require()
    key = f"meeting-plan-{stage.pk}"
    form = MeetingForm(
        request.POST or None,
        externals=externals_for(stage),
        initial=drafts.initial(request.actor, key),
    )
    if form.is_valid():
        facts = {**form.cleaned_data, "enrolled_stage_id": stage.pk}
        facts["external_id"] = UUID(facts.pop("external"))
        if planned := tried(form, services.plan_meeting, actor=request.actor, **facts):
            drafts.forget(request.actor, key)
            messages.success(request, "Planned. Everybody who takes part has been told.")
            return redirect(planned)
    context = {"form": form, "stage": stage, "draft": key}
    return render(request, "accreditation/meeting_plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The evidence and the form; on POST the one decision of this meeting stands."""
    found = _meeting(request.actor, pk)
    permissions.may_decide(request.actor, found).require()
    page = reads.meeting_page(found)
    key = f"meeting-decide-{found.pk}"
    day = min(timezone.localdate(found.planned_for), timezone.localdate())
    form = DecisionForm(
        request.POST or None,
        ready=page.readiness.ready,
        initial={"held_on": day} | drafts.initial(request.actor, key),
    )
    if form.is_valid() and tried(
        form, services.decide, actor=request.actor, meeting_id=found.pk, **form.cleaned_data
    ):
        drafts.forget(request.actor, key)
        messages.success(request, "Your decision stands. The trainee has been told.")
        return redirect(found)
    context = {"meeting": found, "page": page, "form": form, "draft": key}
    return render(request, "accreditation/meeting_decide.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_clips(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The trainee's clips; on POST the external can watch the chosen ones, and no others."""
    found = _meeting(request.actor, pk)
    permissions.may_share_reflection(request.actor, found.enrolled_stage).require()
    if "reflect" not in reads.steps_of(request.actor, found):
        return redirect(found)
    choices = clips.choices_for(found)
    if request.method == "POST":
        chosen = {str(choice.id) for choice in choices} & set(request.POST.getlist("clip"))
        ids = [UUID(each) for each in chosen]
        services.choose_clips(actor=request.actor, meeting_id=found.pk, clip_ids=ids)
        messages.success(request, f"{found.external.name} can watch these clips.")
        return redirect(found)
    context = {"meeting": found, "choices": choices}
    return render(request, "accreditation/meeting_clips.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why it will not take place; on POST everybody knows, and the stage is open again."""
    found = _meeting(request.actor, pk)
    if request.actor.user_id != found.external_id:
        permissions.may_plan_meeting(request.actor, found.enrolled_stage).require()
    if "cancel" not in reads.steps_of(request.actor, found):
        return redirect(found)
    form = CancelForm(request.POST or None)
    if form.is_valid() and tried(
        form, services.cancel_meeting, actor=request.actor, meeting_id=found.pk, **form.cleaned_data
    ):
        messages.success(request, "Called off. Everybody who takes part has been told.")
        return redirect(found)
    return render(request, "accreditation/meeting_cancel.html", {"meeting": found, "form": form})
