"""Certificates: issue, read, download, revoke; the register, by the holder's own choice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation import permissions, services
from accreditation.forms import RegisterForm, RevokeForm
from accreditation.models import Certificate, RegisterEntry
from accreditation.queries.desks import awards_to_issue
from accreditation.rules import numbers
from accreditation.views.asking import tried
from people.actor import Actor
from people.kinds import Capability


def _certificate(actor: Actor, pk: UUID) -> Certificate:
    rows = Certificate.objects.visible_to(actor).select_related("holder", "body").defer("pdf")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    """One's own certificates, or the body's, newest first."""
    rows = Certificate.objects.visible_to(request.actor).select_related("holder").defer("pdf")
    found = list(rows.newest_first(numbers.read(request.GET.get("before", "")) or "")[:51])
    more = found[49].number if len(found) > 50 else ""
    context = {"certificates": found[:50], "more": more}
    return render(request, "accreditation/certificate_list.html", context)


@login_required
@require_GET
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One certificate: its facts, its file, and the register."""
    return _shown(request, _certificate(request.actor, pk))


def _shown(
    request: HttpRequest, found: Certificate, form: RegisterForm | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entry = RegisterEntry.objects.filter(certificate=found, removed_at=None).first()
    is_own = actor.user_id == found.holder_id
    before = {"public_name": found.facts.get("holder_name", actor.name)}
    context = {
        "certificate": found,
        "entry": entry,
        "is_own": is_own,
        "form": form or RegisterForm(initial=before),
        "may_revoke": not found.revoked_at and permissions.may_revoke(actor, found),
    }
    return render(request, "accreditation/certificate.html", context)


@login_required
@require_GET
def certificate_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The very bytes that were issued."""
    rows = Certificate.objects.visible_to(request.actor)
    found = get_object_or_404(rows.only("number", "pdf"), pk=pk)
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def certificate_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What will be certified; on POST the certificate is issued, once."""
    bodies = request.actor.organisations_where(Capability.ISSUE)
    decision = awards_to_issue(bodies).filter(pk=pk).first()
    if decision is None:
        issued = Certificate.objects.visible_to(request.actor).filter(decision=pk).first()
        if issued is None:
            raise Http404
        return redirect(issued)
    permissions.may_issue(request.actor, decision).require()
    if request.method == "POST":
        issued = services.issue_certificate(actor=request.actor, decision_id=decision.pk)
        messages.success(request, f"Issued. {issued.holder.name} has been told.")
        return redirect(issued)
    return render(request, "accreditation/certificate_issue.html", {"decision": decision})


@login_required
@require_http_methods(["GET", "POST"])
def certificate_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why; on POST the certificate no longer stands."""
    found = _certificate(request.actor, pk)
    permissions.may_revoke(request.actor, found).require()
    form = RevokeForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        services.revoke,
        actor=request.actor,
        certificate_id=found.pk,
        reason=form.cleaned_data["reason"],
    ):
        messages.success(request, "Revoked. Its public page says so from now on.")
        return redirect(found)
    context = {"certificate": found, "form": form}
    return render(request, "accreditation/certificate_revoke.html", context)


@login_required
@require_POST
def register_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The holder's name stands in the register as they want it written."""
    found = _certificate(request.actor, pk)
    permissions.may_list_publicly(request.actor, found).require()
    form = RegisterForm(request.POST)
    if form.is_valid() and tried(
        form,
        services.join_register,
        actor=request.actor,
        certificate_id=found.pk,
        **form.cleaned_data,
    ):
        messages.success(request, "Your name stands in the register. You can take it out any time.")
        return redirect(found)
    return _shown(request, found, form)


@login_required
@require_POST
def register_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The holder's name is in the register no longer."""
    found = _certificate(request.actor, pk)
    services.leave_register(actor=request.actor, certificate_id=found.pk)
    messages.success(request, "Your name is out of the register. Your certificate stands.")
    return redirect(found)
