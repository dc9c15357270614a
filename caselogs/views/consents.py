"""Pages of consent: what was agreed, and how to take it back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselogs import queries, services
from caselogs.forms import ConsentForm, WithdrawForm
from caselogs.services.consents import FORM_VERSION
from caselogs.views.asking import own_case, said, tried
from people import drafts

BOTH = ["GET", "POST"]


@login_required
@require_http_methods(BOTH)
def consent_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the family agreed to, purpose by purpose."""
    case = own_case(request, pk)
    form = ConsentForm(request.POST or None, form_version=FORM_VERSION)
    if request.POST and tried(form, services.record_consent, actor=request.actor, case_id=pk):
        said(request, "Consent is recorded. The family can change its mind at any time.")
        waiting = drafts.initial(request.actor, f"cycle:{pk}")
        return redirect("caselogs:cycle-log" if waiting else "caselogs:case", pk)
    return render(request, "caselogs/consent_record.html", {"form": form, "case": case})


@login_required
@require_http_methods(BOTH)
def consent_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What will happen, and then it happens at once."""
    case = own_case(request, pk)
    consent = queries.case_thread(case).consent
    if consent is None:
        return redirect("caselogs:case", pk)
    granted = [(line.scope, line.label) for line in consent.scopes if line.granted]
    form = WithdrawForm(request.POST or None, granted=granted)
    if request.POST and tried(form, services.withdraw_consent, actor=request.actor, case_id=pk):
        said(request, "It is withdrawn. Nothing rests on it from this moment.")
        return redirect("caselogs:case", pk)
    context = {"form": form, "case": case, "consent": consent}
    return render(request, "caselogs/consent_withdraw.html", context)
