"""Shared reviews: the screen, its second window, what was shown when, and the way into the log."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselogs.models import Cycle
from media_review import queries, services
from media_review.forms import AlignForm, IntoCycleForm, PrepareForm, review_facts
from media_review.kinds import RecordingKind, Wiped
from media_review.models import Preparation, Recording, ReviewRun, Storyboard
from people.errors import RuleBroken


@login_required
@require_GET
def review_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing but the clip and large keys; what only the guider needs lies below."""
    board = _board(request, pk)
    reel = queries.boards.reel_of(request.actor, board)
    return render(request, "media_review/review_show.html", {"reel": reel})


@login_required
@require_GET
def review_away(request: HttpRequest) -> HttpResponse:
    """The same page without a word of anybody: what a browser keeps to play what it prepared."""
    return render(request, "media_review/review_show.html", {"reel": None})


@login_required
@require_GET
def review_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens that page without a connection; it rules these addresses alone."""
    found = finders.find("js/board/worker.js")
    return HttpResponse(Path(str(found)).read_text(), "text/javascript; charset=utf-8")


@login_required
@require_GET
def review_guide(request: HttpRequest) -> HttpResponse:
    """The second window: it holds no words of its own and is told all by the first."""
    return render(request, "media_review/review_guide.html")


@login_required
@require_POST
def review_log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The times of this review are kept; told again, they are the same review."""
    board = _board(request, pk)
    try:
        facts = review_facts(request.body)
        run = services.log_review(actor=request.actor, board_id=board.pk, **facts)
    except ValueError:
        return HttpResponseBadRequest("Those are no times of a review.", "text/plain")
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=409)
    return JsonResponse({"ended": run.ended_at is not None, "page": run.get_absolute_url()})


@login_required
@require_POST
def review_prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """This browser may hold the board's films for two hours, and is told which."""
    board = _board(request, pk)
    form = PrepareForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("What is prepared needs its id.", "text/plain")
    try:
        row = services.prepare_review(actor=request.actor, board_id=board.pk, **form.cleaned_data)
    except RuleBroken as broken:
        return JsonResponse({"reason": str(broken)}, status=409)
    return JsonResponse(queries.boards.pack_of(request.actor, row))


@login_required
@require_GET
def preparation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether a browser may still hold what it prepared: consent is asked again."""
    row = _prepared(request, pk)
    return JsonResponse(queries.boards.pack_of(request.actor, row))


@login_required
@require_POST
def preparation_wipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The browser holds nothing of it any more."""
    row = _prepared(request, pk)
    why = request.POST.get("why", "")
    if why not in Wiped.values:
        return HttpResponseBadRequest("Why was it wiped?", "text/plain")
    services.note_wiped(actor=request.actor, preparation_id=row.pk, why=why)
    return HttpResponse(status=204)


@login_required
@require_http_methods(["GET", "POST"])
def review_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was shown when; on POST it goes into the cycle."""
    mine = ReviewRun.objects.visible_to(request.actor).select_related("case")
    run = get_object_or_404(mine, pk=pk)
    review = queries.reviews.reviews_of(request.actor, pk=run.pk)[0]
    form = _form(request, run, review)
    if request.POST and form.is_valid():
        try:
            cycle = services.put_into_cycle(actor=request.actor, run_id=run.pk, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"The shared review is in cycle {cycle.number}.")
            return redirect(cycle)
    status = 422 if form.errors else 200
    context = {"review": review, "form": form}
    return render(request, "media_review/review_run.html", context, status=status)


def _form(request: HttpRequest, run: ReviewRun, review: queries.reviews.Review) -> IntoCycleForm:
    cycles = Cycle.objects.filter(case=run.case, seals=None).order_by("-number")
    first = run.cycle or cycles.filter(reviewed_on=None).last() or cycles.first()
    initial = {
        "cycle_id": first,
        "reviewed_on": review.on,
        "minutes": review.minutes,
        "what_went_well": first.what_went_well if first else "",
        "next_time": first.next_time if first else "",
    }
    return IntoCycleForm(request.POST or None, initial=initial, cycles=cycles)


@login_required
@require_GET
def review_track(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was on the screen while this film of a review was made, or what can be put there."""
    films = Recording.objects.visible_to(request.actor)
    film = get_object_or_404(films, pk=pk, kind=RecordingKind.SHARED_REVIEW)
    return _track(request, film)


@login_required
@require_POST
def review_align(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The first showing began here: where the film of the review stands when this is pressed."""
    run = get_object_or_404(ReviewRun.objects.visible_to(request.actor), pk=pk)
    form = AlignForm(request.POST, films=queries.reviews.films_for(request.actor, run))
    if not form.is_valid():
        return HttpResponseBadRequest("That is no place in a film.", "text/plain")
    film, at_ms = form.cleaned_data["film"], form.cleaned_data["at_ms"]
    services.align_review(actor=request.actor, run_id=run.pk, recording_id=film.pk, at_ms=at_ms)
    return _track(request, film) if request.htmx else redirect(film)


def _track(request: HttpRequest, film: Recording) -> HttpResponse:
    track = queries.reviews.track_of(film, request.actor)
    return render(request, "media_review/_review_track.html", {"track": track})


def _board(request: HttpRequest, pk: UUID) -> Storyboard:
    rows = Storyboard.objects.visible_to(request.actor).select_related("case", "cycle")
    return get_object_or_404(rows, pk=pk)


def _prepared(request: HttpRequest, pk: UUID) -> Preparation:
    rows = Preparation.objects.visible_to(request.actor).select_related("storyboard__case")
    return get_object_or_404(rows, pk=pk)
