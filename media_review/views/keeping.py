"""One film's keeping: its clock, what holds it, its receipt. The film itself is never here."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from media_review import queries, services
from media_review.forms import HoldForm, LiftForm, LongerForm, TermForm
from media_review.models import Receipt, Recording, SafeguardingHold
from people.errors import RuleBroken

ASKED = "Asked. A second person has been told; the film is safe for 72 hours meanwhile."


@login_required
@require_GET
def recording_keeping(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Until when this film is kept, why, and what may be done about it."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: UUID, status: int = 200, **forms_: Any) -> HttpResponse:
    keeping = queries.keeping.keeping_of(request.actor, pk)
    if keeping is None:
        raise Http404
    days = keeping.term.days if keeping.term else None
    context = {
        "keeping": keeping,
        "hold_form": HoldForm(auto_id="hold_%s"),
        "longer_form": LongerForm(auto_id="longer_%s"),
        "lift_form": LiftForm(auto_id="lift_%s"),
        "term_form": TermForm(initial={"days": days}),
        **forms_,
    }
    return render(request, "media_review/recording_keeping.html", context, status=status)


def _tried(
    request: HttpRequest,
    pk: UUID,
    deed: Callable[..., object],
    said: str,
    form: forms.Form | None = None,
    name: str = "",
) -> HttpResponse:
    """The deed is done and said; or the page again with what was typed and what is wrong."""
    if form is not None and not form.is_valid():
        return _page(request, pk, 422, **{name: form})
    try:
        deed(actor=request.actor, **(form.cleaned_data if form else {}))
    except RuleBroken as broken:
        if form is None:
            messages.error(request, str(broken))
            return redirect("media_review:recording-keeping", pk)
        form.add_error(None, str(broken))
        return _page(request, pk, 422, **{name: form})
    messages.success(request, said)
    return redirect("media_review:recording-keeping", pk)


@login_required
@require_POST
def hold_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that this film is held."""
    row = get_object_or_404(Recording.objects.kept_for(request.actor), pk=pk)

    def deed(**facts: Any) -> object:
        return services.ask_for_hold(recording_id=row.pk, **facts)

    form = HoldForm(request.POST, auto_id="hold_%s")
    return _tried(request, row.pk, deed, ASKED, form, "hold_form")


@login_required
@require_POST
def hold_longer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for more time."""
    form = LongerForm(request.POST, auto_id="longer_%s")
    return _step(request, pk, services.ask_longer_hold, ASKED, form, "longer_form")


@login_required
@require_POST
def hold_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that the hold ends."""
    said = "Asked. The hold stands until a second person confirms."
    form = LiftForm(request.POST, auto_id="lift_%s")
    return _step(request, pk, services.ask_lift_hold, said, form, "lift_form")


@login_required
@require_POST
def hold_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm what the first person asked for."""
    return _step(request, pk, services.confirm_hold, "Confirmed, by two people.")


@login_required
@require_POST
def hold_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was asked for last."""
    return _step(request, pk, services.take_back_hold, "Taken back.")


@login_required
@require_POST
def hold_tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the family knows of the hold."""
    return _step(request, pk, services.note_family_told, "Noted: the family knows.")


def _step(
    request: HttpRequest,
    pk: UUID,
    verb: Callable[..., object],
    said: str,
    form: forms.Form | None = None,
    name: str = "",
) -> HttpResponse:
    hold = get_object_or_404(SafeguardingHold.objects.visible_to(request.actor), pk=pk)

    def deed(**facts: Any) -> object:
        return verb(hold_id=hold.pk, **facts)

    return _tried(request, hold.recording_id, deed, said, form, name)


@login_required
@require_POST
def term_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a shorter time agreed with this family."""
    row = get_object_or_404(Recording.objects.kept_for(request.actor), pk=pk)

    def deed(**facts: Any) -> object:
        return services.agree_term(case_id=row.case_id, **facts)

    return _tried(request, row.pk, deed, "Noted.", TermForm(request.POST), "term_form")


@login_required
@require_GET
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The proof that a film is gone, with its lines in the ledger."""
    rows = Receipt.objects.visible_to(request.actor).select_related("film", "case", "guider")
    card = queries.keeping.receipt_card(get_object_or_404(rows, pk=pk))
    return render(request, "media_review/receipt.html", {"card": card})
