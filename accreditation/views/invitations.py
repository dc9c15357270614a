"""Invitations: written by whoever runs the training, accepted with one click."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accreditation import services
from accreditation.forms import InvitationForm, WelcomeForm
from accreditation.queries import desks, invitations
from accreditation.views.asking import tried
from people import drafts
from people.factors import open_session
from people.kinds import Capability
from people.models import Invitation

DRAFT = "invitation-new"


@login_required
@require_http_methods(["GET", "POST"])
def invitation_new(request: HttpRequest) -> HttpResponse:
    """Whom, as what, where; on POST the letter is on its way."""
    actor = request.actor
    if not actor.can(Capability.INVITE):
        raise PermissionDenied("Only somebody who runs training can invite people.")
    form = InvitationForm(
        request.POST or None,
        choices=desks.invitation_choices(actor),
        initial=drafts.initial(actor, DRAFT),
    )
    if form.is_valid() and (
        sent := tried(form, services.invite, actor=actor, **invitations.facts_of(form.cleaned_data))
    ):
        drafts.forget(actor, DRAFT)
        messages.success(request, f"The letter to {sent.name} is on its way.")
        arranges = actor.can(Capability.ARRANGE_MEETINGS)
        return redirect("accreditation:body-desk" if arranges else "accreditation:invitation-new")
    return render(request, "accreditation/invitation_new.html", {"form": form, "draft": DRAFT})


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter opens nothing any more."""
    found = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    services.withdraw_invitation(actor=request.actor, invitation_id=found.pk)
    messages.success(request, "The invitation is taken back.")
    return redirect("accreditation:body-desk")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites you and to what; on POST you are in, with everything the letter named."""
    letter = invitations.letter_of(token, request.user)
    if letter is None:
        return render(request, "accreditation/welcome_over.html", status=404)
    form = WelcomeForm(request.POST or None, initial={"name": letter.name})
    if request.method == "POST" and letter.way == "known":
        services.accept_as_known(token=token, user=request.user)
        messages.success(request, f"Welcome to {letter.organisation}.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    if letter.way == "new" and form.is_valid():
        user = tried(form, services.accept_as_new, token=token, **form.cleaned_data)
        if user:
            open_session(request, user, typed_it_now=True)
            messages.success(request, f"Welcome, {user.first_name}. You are signed in.")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accreditation/welcome.html", {"letter": letter, "form": form})
