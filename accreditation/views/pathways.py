"""The body's pathways: read, copied to a new version, changed while nobody walks them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation import permissions, services
from accreditation.forms import RequirementForm, StageForm
from accreditation.models import Pathway, Requirement, Stage
from accreditation.views.asking import tried


@login_required
@require_GET
def pathway_list(request: HttpRequest) -> HttpResponse:
    """Every version of every pathway of one's bodies."""
    rows = Pathway.objects.visible_to(request.actor).select_related("body")
    return render(request, "accreditation/pathway_list.html", {"pathways": rows})


@login_required
@require_GET
def pathway(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version, stage by stage."""
    rows = Pathway.objects.visible_to(request.actor).select_related("body")
    found = get_object_or_404(rows.prefetch_related("stages__requirements"), pk=pk)
    may_edit = permissions.may_edit_pathways(request.actor, found.body_id)
    context = {"pathway": found, "may_edit": may_edit, "is_used": found.used_at is not None}
    return render(request, "accreditation/pathway.html", context)


@login_required
@require_POST
def pathway_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version stands beside this one, free to be changed."""
    found = get_object_or_404(Pathway.objects.visible_to(request.actor), pk=pk)
    copy = services.new_version(actor=request.actor, pathway_id=found.pk)
    messages.success(request, f"Version {copy.version} is yours to change.")
    return redirect(copy)


@login_required
@require_POST
def pathway_retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody new is enrolled on this version."""
    found = get_object_or_404(Pathway.objects.visible_to(request.actor), pk=pk)
    services.retire_pathway(actor=request.actor, pathway_id=found.pk)
    messages.success(request, "Closed to new people. Whoever walks it walks on.")
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def stage_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The frame of a stage, while nobody walks the pathway."""
    rows = Stage.objects.filter(pathway__in=Pathway.objects.visible_to(request.actor))
    stage = get_object_or_404(rows.select_related("pathway"), pk=pk)
    permissions.may_edit_pathways(request.actor, stage.pathway.body_id).require()
    before = {name: getattr(stage, name) for name in StageForm.base_fields}
    form = StageForm(request.POST or None, initial=before)
    facts: dict[str, Any] = {"actor": request.actor, "stage_id": stage.pk}
    if form.is_valid() and tried(form, services.change_stage, **facts, **form.cleaned_data):
        return redirect(stage.pathway)
    context = {"form": form, "pathway": stage.pathway, "what": stage.label}
    return render(request, "accreditation/pathway_change.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def requirement_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The numbers and words of a requirement, while nobody walks the pathway."""
    rows = Requirement.objects.filter(stage__pathway__in=Pathway.objects.visible_to(request.actor))
    asked = get_object_or_404(rows.select_related("stage__pathway"), pk=pk)
    home = asked.stage.pathway
    permissions.may_edit_pathways(request.actor, home.body_id).require()
    before = {name: getattr(asked, name) for name in RequirementForm.base_fields}
    before["alternatives"] = ", ".join(
        f"{way['count']} x {way['minutes']}" for way in asked.alternatives
    )
    form = RequirementForm(request.POST or None, initial=before)
    facts: dict[str, Any] = {"actor": request.actor, "requirement_id": asked.pk}
    if form.is_valid() and tried(form, services.change_requirement, **facts, **form.cleaned_data):
        return redirect(home)
    context = {"form": form, "pathway": home, "what": f"{asked.stage.label}: {asked.label}"}
    return render(request, "accreditation/pathway_change.html", context)
