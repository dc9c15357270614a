"""Pages about one's own account, the people of an organisation, and intervision groups."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import drafts, factors, permissions, queries, services
from people.errors import RuleBroken
from people.forms import AccountForm, GroupForm, MemberForm, SuspendForm
from people.models import Group, GroupMember, Organisation, RoleGrant, User

FRONT = "/road/"


@login_required
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to the second step: set one up, show it, or go on when it was just set up."""
    target = _safe(request, request.GET.get("next", request.session.get("after_factor", FRONT)))
    request.session["after_factor"] = target
    if factors.has_shown_a_second_factor(request) or factors.notice_new_factor(request):
        request.session.pop("after_factor", None)
        return redirect(target)
    context = {"target": target, "has_factor": factors.has_a_second_factor(request.user)}
    return render(request, "people/second_factor.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and letters, and the way to passwords, passkeys and sessions."""
    form = AccountForm(request.POST or None, instance=request.user)
    if form.is_valid():
        services.set_account(actor=request.actor, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})


@login_required
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far: JSON {key, fields}; answers when it was kept."""
    if len(request.body) > drafts.LARGEST_DRAFT:
        return JsonResponse({"reason": "That is too long to keep as a draft."}, status=413)
    try:
        body = json.loads(request.body)
        key, fields = str(body["key"])[: drafts.LONGEST_KEY], dict(body["fields"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"reason": "That could not be read."}, status=400)
    kept = drafts.keep(actor=request.actor, key=key, fields=fields)
    return JsonResponse({"kept_at": kept.kept_at.isoformat()})


@login_required
@require_GET
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who holds which role here, for those who run its training."""
    place = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    people = queries.people_of(place.pk, request.actor)
    return render(request, "people/organisation.html", {"organisation": place, "people": people})


@login_required
@require_POST
def role_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The role has ended, at this moment."""
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.actor), pk=pk)
    services.end_role(actor=request.actor, grant_id=grant.pk)
    messages.success(request, f"{grant.user} is no longer {grant.get_role_display().lower()} here.")
    return redirect("people:organisation", grant.organisation_id)


@login_required
@require_http_methods(["GET", "POST"])
def person_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why, then close the account at once."""
    person = get_object_or_404(User.objects.run_by(request.actor), pk=pk)
    form = SuspendForm(request.POST or None)
    if form.is_valid():
        services.suspend(actor=request.actor, user_id=person.pk, **form.cleaned_data)
        messages.success(request, f"{person}’s account is closed. You can open it again here.")
        return redirect("people:organisation", _first_run(request))
    return render(request, "people/person_suspend.html", {"form": form, "person": person})


@login_required
@require_POST
def person_reinstate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the account again."""
    person = get_object_or_404(User.objects.run_by(request.actor), pk=pk)
    services.reinstate(actor=request.actor, user_id=person.pk)
    messages.success(request, f"{person} can sign in again.")
    return redirect("people:organisation", _first_run(request))


@login_required
@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """The intervision groups one belongs to, leads or answers for."""
    context = {
        "groups": queries.groups_for(request.actor),
        "may_begin": queries.gathers_at(request.actor).exists(),
    }
    return render(request, "people/group_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def group_begin(request: HttpRequest) -> HttpResponse:
    """A named group, and then its members."""
    places = queries.gathers_at(request.actor)
    if not places:
        raise Http404
    form = GroupForm(request.POST or None, places=places)
    if form.is_valid():
        try:
            begun = services.begin_group(actor=request.actor, **form.facts())
        except RuleBroken as broken:
            form.add_error("until", str(broken))
        else:
            messages.success(request, f"{begun} stands. Now say who belongs to it.")
            return redirect(begun)
    return render(request, "people/group_begin.html", {"form": form})


@login_required
@require_GET
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who belongs to it; and for its leader, who could."""
    return _group_page(request, _group(request, pk))


@login_required
@require_POST
def group_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody belongs to it from today."""
    row = _group(request, pk)
    permissions.may_lead(request.actor, row).require()
    form = MemberForm(request.POST, people=queries.could_join(row, request.actor))
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            services.join_group(actor=request.actor, group_id=row.pk, user_id=person.pk)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{person} belongs to {row} now.")
            return redirect(row)
    return _group_page(request, row, form)


@login_required
@require_POST
def group_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The membership has ended, at this moment."""
    readable = Group.objects.visible_to(request.actor)
    rows = GroupMember.objects.filter(group__in=readable).select_related("group", "user")
    member = get_object_or_404(rows, pk=pk)
    services.leave_group(actor=request.actor, member_id=member.pk)
    messages.success(request, f"{member.user} no longer belongs to {member.group}.")
    return redirect("people:group-list")


@login_required
@require_POST
def group_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The group has ended, at this moment."""
    row = _group(request, pk)
    services.end_group(actor=request.actor, group_id=row.pk)
    messages.success(request, f"{row} has ended. Nobody watches clips through it any more.")
    return redirect("people:group-list")


def _group(request: HttpRequest, pk: UUID) -> Group:
    rows = Group.objects.visible_to(request.actor).select_related("organisation", "led_by")
    return get_object_or_404(rows, pk=pk)


def _group_page(request: HttpRequest, row: Group, form: MemberForm | None = None) -> HttpResponse:
    page = queries.group_page(row, request.actor)
    if form is None and page.line.may_lead:
        form = MemberForm(people=queries.could_join(row, request.actor))
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/group.html", {"page": page, "form": form}, status=status)


def _first_run(request: HttpRequest) -> UUID:
    place = Organisation.objects.visible_to(request.actor).first()
    if place is None:
        raise Http404
    return place.pk


def _safe(request: HttpRequest, target: str) -> str:
    fits = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if fits and not target.startswith("/people/second-factor") else FRONT
