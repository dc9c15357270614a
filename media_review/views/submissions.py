"""Submissions: the lists, composing one, and the page that two people read."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media_review import queries, services
from media_review.forms import ClosingForm, ComposeForm
from media_review.models import Submission
from media_review.queries import carried, compose, peers
from media_review.states import State
from media_review.views.threads import thread_page
from people import drafts
from people.errors import RuleBroken


@login_required
@require_GET
def submission_list(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I answered, what I sent."""
    context = {
        "waiting": queries.waiting_for(request.actor),
        "peers": queries.waiting.shared_by_peers(request.actor),
        "answered": queries.waiting.answered_by(request.actor),
        "mine": queries.waiting.sent_by(request.actor),
    }
    return render(request, "media_review/submission_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def submission_compose(request: HttpRequest) -> HttpResponse:
    """Choose clips, write the question, send: a new submission."""
    first = request.GET.get("film", "")
    return _composed(request, first, f"submission:{first or 'new'}", {})


@login_required
@require_http_methods(["GET", "POST"])
def submission_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for a draft that was kept."""
    drafted = Submission.objects.filter(trainee_id=request.actor.user_id, state=State.DRAFT)
    submission = get_object_or_404(drafted, pk=pk)
    chosen = [str(row.clip_id) for row in submission.submitted_clips.all()]
    initial: dict[str, object] = {
        "question": submission.question,
        "look_for": submission.look_for,
        "to": compose.to_word(submission.supervisor_id, submission.group_id),
    }
    initial |= {"submission_id": pk, "clips": chosen, "order": ",".join(chosen)}
    return _composed(request, "", f"submission:{pk}", initial, submission.version)


def _composed(
    request: HttpRequest, first: str, draft: str, initial: dict[str, object], version: int = 1
) -> HttpResponse:
    readers = compose.readers_for(request.actor)
    in_group = any(to.startswith("group:") for to, _ in readers)
    films = compose.films_to_choose(request.actor, first, in_group=in_group)
    form = ComposeForm(
        request.POST or None,
        initial={**initial, **drafts.initial(request.actor, draft)},
        readers=readers,
        clip_ids=compose.open_clip_ids(films),
    )
    if form.is_valid():
        try:
            submission = _kept_or_sent(request, form)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, draft)
            return redirect(submission)
    context = {"form": form, "films": films, "draft": draft, "version": version}
    return _asked(request, form, context)


def _asked(request: HttpRequest, form: ComposeForm, context: dict[str, object]) -> HttpResponse:
    context["chosen"] = set(map(str, form["clips"].value() or []))
    context["points"] = carried.open_points(request.actor.user_id)
    status = 422 if form.errors else 200
    return render(request, "media_review/submission_compose.html", context, status=status)


@transaction.atomic
def _kept_or_sent(request: HttpRequest, form: ComposeForm) -> Submission:
    submission = services.compose(actor=request.actor, **form.facts())
    if "send" not in request.POST:
        messages.success(request, "Kept as a draft. Nobody else can see it.")
        return submission
    submission = services.submit(actor=request.actor, submission_id=submission.pk)
    messages.success(request, f"Sent to {submission.to}. They have been told.")
    return submission


@login_required
@require_GET
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The supervisor's answering page, or the trainee's reading page."""
    row = _readable(request, pk)
    if row.state == State.DRAFT:
        return redirect("media_review:submission-write", pk=row.pk)
    if row.state == State.SUBMITTED and peers.may_answer(request.actor, row):
        row.state = services.open_review(actor=request.actor, submission_id=row.pk).state
    return thread_page(request, row)


@login_required
@require_POST
def submission_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The clips are the trainee's alone again."""
    row = _readable(request, pk)
    services.withdraw(actor=request.actor, submission_id=row.pk)
    messages.success(request, "Taken back. Only you can see these clips now.")
    return redirect("media_review:submission-list")


@login_required
@require_POST
def submission_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft of the next version is there to be written; what was sent stays as it is."""
    row = _readable(request, pk)
    draft = services.begin_version(actor=request.actor, submission_id=row.pk)
    return redirect("media_review:submission-write", pk=draft.pk)


@login_required
@require_POST
def submission_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The trainee's own words close the thread."""
    row = _readable(request, pk)
    form = ClosingForm(request.POST, points=queries.threads.points_of(row))
    if not form.is_valid():
        return thread_page(request, row, reflection=form, status=422)
    try:
        services.close_with_reflection(actor=request.actor, submission_id=row.pk, **form.facts())
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return thread_page(request, row, reflection=form, status=422)
    drafts.forget(request.actor, f"reflection:{row.pk}")
    messages.success(request, "Closed with your reflection. It stays here for you to read again.")
    return redirect(row)


def _readable(request: HttpRequest, pk: UUID) -> Submission:
    rows = Submission.objects.visible_to(request.actor).select_related(
        "trainee", "supervisor", "group"
    )
    return get_object_or_404(rows, pk=pk)
