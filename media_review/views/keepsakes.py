"""A family's film: put together, made, watched once more, handed over, ended."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselogs.models import Case
from footage import streaming
from footage.kinds import ArtefactKind
from media_review import keepsakes, queries, services
from media_review.forms import HandForm, KeepsakeForm
from media_review.models import Keepsake
from media_review.queries import keepsakes as pages
from media_review.services.handing import Handed
from media_review.states import KeepsakeState
from people import drafts
from people.errors import RuleBroken

FILE_NAME = "Special moments.mp4"


@login_required
@require_GET
def keepsake_list(request: HttpRequest) -> HttpResponse:
    """One's keepsakes, and the families for whom another can be made."""
    context = {"lines": pages.lines_of(request.actor), "cases": pages.cases_of(request.actor)}
    return render(request, "media_review/keepsake_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def keepsake_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new film for the family of this case."""
    case = get_object_or_404(Case.objects.filter(guider_id=request.actor.user_id), pk=pk)
    return _composed(request, case, f"keepsake:new:{pk}", {})


@login_required
@require_http_methods(["GET", "POST"])
def keepsake_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for one that was begun."""
    row = _own(request, pk)
    if row.state != KeepsakeState.DRAFT:
        return redirect(row)
    return _composed(request, row.case, f"keepsake:{pk}", pages.initial_of(row), row.trouble)


def _composed(
    request: HttpRequest, case: Case, draft: str, initial: dict[str, object], trouble: str = ""
) -> HttpResponse:
    films = pages.films_of_clips(request.actor, case)
    form = KeepsakeForm(
        request.POST or None,
        initial={**initial, **drafts.initial(request.actor, draft)},
        clip_ids=[clip.id for film in films for clip in film.clips],
    )
    if form.is_valid():
        try:
            row = _kept(request, case, form)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, draft)
            return redirect(row)
    said = queries.consents.said(case, queries.consents.Scope.FAMILY_COPY)
    rows = form.rows()
    chosen = [(film, [(clip, rows[clip.id]) for clip in film.clips]) for film in films]
    context = {"case": case, "films": chosen, "form": form, "draft": draft, "said": said}
    context["trouble"] = trouble
    status = 422 if form.errors else 200
    return render(request, "media_review/keepsake_compose.html", context, status=status)


def _kept(request: HttpRequest, case: Case, form: KeepsakeForm) -> Keepsake:
    """Put together as it was typed, and being made if that was pressed."""
    row = services.compose_keepsake(actor=request.actor, case_id=case.pk, **form.facts())
    if "make" in request.POST:
        row = services.make_keepsake(actor=request.actor, keepsake_id=row.pk)
    return row


@login_required
@require_GET
def keepsake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the film stands, and what can be done with it next."""
    row = _own(request, pk)
    if row.state == KeepsakeState.MAKING and not (row.film and row.film.is_moving):
        keepsakes.settle(row.pk)
        row = _own(request, pk)
    if row.state == KeepsakeState.DRAFT:
        return redirect("media_review:keepsake-write", pk=row.pk)
    return _page(request, row, HandForm())


def _page(
    request: HttpRequest,
    row: Keepsake,
    form: HandForm,
    handed: Handed | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"page": pages.page_of(row, request.actor), "form": form}
    if handed:
        path = reverse("media_review:family", args=[handed.token])
        address = f"{settings.SITE_ADDRESS}{path}"
        # the picture is drawn by us from an address of ours
        square = mark_safe(pages.drawn_address(address))  # noqa: S308
        code = f"{handed.code[:4]} {handed.code[4:]}"
        context["handed"] = {"address": address, "code": code, "square": square}
    return render(request, "media_review/keepsake.html", context, status=status)


@login_required
@require_GET
def keepsake_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the film is; the page itself once it is there."""
    row = _own(request, pk)
    if row.film is None or not row.film.is_moving:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    page = pages.page_of(row, request.actor)
    return render(request, "media_review/_keepsake_progress.html", {"page": page})


@login_required
@require_POST
def keepsake_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is put together anew."""
    row = services.change_keepsake(actor=request.actor, keepsake_id=_own(request, pk).pk)
    return redirect("media_review:keepsake-write", pk=row.pk)


@login_required
@require_POST
def keepsake_hand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new link and its code, shown here and now and never again."""
    row = _own(request, pk)
    form = HandForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        handed = services.hand_over(actor=request.actor, keepsake_id=pk, **form.cleaned_data)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, row, form, status=422)
    return _page(request, _own(request, pk), HandForm(), handed)


@login_required
@require_POST
def keepsake_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The link leads nowhere any more."""
    row = _own(request, pk)
    services.end_link(actor=request.actor, keepsake_id=row.pk)
    messages.success(request, "The link has ended. Nobody can open the film with it any more.")
    return redirect(row)


@login_required
@require_POST
def keepsake_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The film is destroyed; the clips stay."""
    services.discard_keepsake(actor=request.actor, keepsake_id=_own(request, pk).pk)
    messages.success(request, "The film is gone, and no link leads to it. Your clips stay.")
    return redirect("media_review:keepsake-list")


@login_required
@require_POST
def keepsake_save(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The film as a file with a plain name, for a stick; the ledger says that it was taken."""
    row = _own(request, pk)
    artefact = queries.media.artefact_for(request.actor, Keepsake, pk, ArtefactKind.PROXY)
    if artefact is None:
        raise Http404
    services.note_saved(keepsake=row, link=None, user_id=request.actor.user_id)
    kind = ArtefactKind.PROXY
    answer = streaming.answer(
        request,
        artefact,
        still=lambda: queries.lane.pass_of(request, Keepsake, pk, kind) is not None,
    )
    return as_file(answer)


def as_file(answer: HttpResponseBase) -> HttpResponseBase:
    """The same bytes, to be kept as a file whose name says nothing about anybody."""
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def _own(request: HttpRequest, pk: UUID) -> Keepsake:
    rows = Keepsake.objects.visible_to(request.actor).select_related("case", "film__upload")
    return get_object_or_404(rows, pk=pk)
