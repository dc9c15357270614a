"""The page of consent: what was agreed. Taking it back is asked for where the films are."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselogs import services
from caselogs.forms import ConsentForm
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
