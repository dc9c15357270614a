"""Taking consent back, where the films are: what will happen, and then it happens at once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from caselogs import permissions as case_permissions
from caselogs.forms import WithdrawForm
from caselogs.models import Case
from caselogs.queries import case_thread
from media_review import queries, services
from people.errors import RuleBroken

DONE = "It is withdrawn. Nothing rests on it from this moment."
DESTROYED = f"{DONE} The key of this family’s films is destroyed: nobody can open them again."
HELD = (
    "{done} Their films are locked for everybody. What is held for safeguarding stays, locked, "
    "until {until}; everything else is destroyed. Please tell the family so, and note that you did."
)
OUTSIDE = " What was never in Attune is still there: please delete it, or ask your service to."


@login_required
@require_http_methods(["GET", "POST"])
def consent_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole consent or one part of it is taken back; back to the case."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    case_permissions.may_write(request.actor, case).require()
    consent = case_thread(case).consent
    if consent is None:
        return redirect(case)
    granted = [(line.scope, line.label) for line in consent.scopes if line.granted]
    form = WithdrawForm(request.POST or None, granted=granted)
    if form.is_valid():
        try:
            taken = services.withdraw_consent(actor=request.actor, case_id=pk, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _said(case, whole=taken.withdrawn_at is not None))
            return redirect(case)
    hold = queries.custody.hold_of(case)
    outside = queries.custody.outside_of(case)
    context = {"form": form, "case": case, "consent": consent, "hold": hold, "outside": outside}
    return render(request, "media_review/consent_withdraw.html", context)


def _said(case: Case, *, whole: bool) -> str:
    """What has happened, and what the family has to be told where a hold still binds."""
    if not whole:
        return DONE
    hold = queries.custody.hold_of(case)
    until = queries.consents.day(hold.until) if hold else ""
    said = HELD.format(done=DONE, until=until) if hold else DESTROYED
    return said + (OUTSIDE if queries.custody.outside_of(case) else "")
