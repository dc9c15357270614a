"""The trainee's road, the rows behind each number, and the reflection."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accreditation import permissions, services
from accreditation.forms import ReflectionForm
from accreditation.models import EnrolledStage, Enrolment
from accreditation.queries import roads
from accreditation.views.asking import tried
from media_review.permissions import may_see_map
from people import drafts
from people.kinds import Capability


@login_required
@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """Go where this person's practice is: their own road, their desk, or the body's."""
    actor = request.actor
    own = Enrolment.objects.filter(trainee_id=actor.user_id, ended_on=None).first()
    if own and not actor.can(Capability.SUPERVISE):
        return redirect(own)
    if actor.can(Capability.ARRANGE_MEETINGS):
        return redirect("accreditation:body-desk")
    if actor.can(Capability.SUPERVISE):
        return redirect("accreditation:desk")
    return redirect("accreditation:session-list")


@login_required
@require_GET
def enrolment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One trainee's road: stations, the counts of today, what was decided."""
    found = get_object_or_404(
        Enrolment.objects.visible_to(request.actor).select_related(
            "trainee", "pathway__body", "organisation"
        ),
        pk=pk,
    )
    road = roads.road_of(found)
    return render(
        request,
        "accreditation/enrolment.html",
        {
            "road": road,
            "enrolment": found,
            "is_own": found.trainee_id == request.actor.user_id,
            "may_map": may_see_map(request.actor, found.trainee_id),
            "may_plan": road.current and permissions.may_plan_meeting(request.actor, road.current),
        },
    )


@login_required
@require_GET
def requirement(request: HttpRequest, pk: UUID, requirement_id: UUID) -> HttpResponse:
    """The rows behind one number, and the rule in words."""
    stage = get_object_or_404(
        EnrolledStage.objects.visible_to(request.actor).select_related(
            "stage", "enrolment__trainee", "enrolment__pathway"
        ),
        pk=pk,
    )
    asked = get_object_or_404(stage.stage.requirements.all(), pk=requirement_id)
    trainee_id = stage.enrolment.trainee_id
    near = trainee_id == request.actor.user_id or trainee_id in request.actor.supervisee_ids
    context = {"rows": roads.rows_of(stage, asked), "stage": stage, "may_open": near}
    return render(request, "accreditation/requirement.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def reflection_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The trainee's words for the meeting; on POST the external can read them."""
    stage = get_object_or_404(
        EnrolledStage.objects.visible_to(request.actor).select_related("stage", "enrolment"), pk=pk
    )
    permissions.may_share_reflection(request.actor, stage).require()
    key = f"reflection-{stage.pk}"
    before = {"words": stage.reflection} | drafts.initial(request.actor, key)
    form = ReflectionForm(request.POST or None, initial=before)
    if form.is_valid() and tried(
        form,
        services.share_reflection,
        actor=request.actor,
        enrolled_stage_id=stage.pk,
        words=form.cleaned_data["words"],
    ):
        drafts.forget(request.actor, key)
        messages.success(request, "Your reflection is shared with your external supervisor.")
        return redirect(stage.enrolment)
    context = {"form": form, "stage": stage, "draft": key}
    return render(request, "accreditation/reflection_share.html", context)
