"""The thread under a clip: comments kept in private, sent together, replied to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from attunement.queries import principles, wording_of
from media_review import queries, services
from media_review.forms import ClosingForm, CommentForm, ReplyForm
from media_review.models import Comment, Submission, SubmittedClip
from media_review.queries.openings import openings_of
from media_review.views import drawing
from media_review.views.sending import first_error
from people import drafts
from people.errors import RuleBroken


def thread_page(
    request: HttpRequest, row: Submission, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of a submission with the clip asked for on the screen."""
    asked = request.GET.get("clip", "1")
    position = int(asked) if asked.isdecimal() else 1
    thread = queries.threads.thread_of(row, request.actor, forms.pop("position", position))
    edited = _edited(request, thread)
    comment = forms.get("comment") or _comment_form(request, thread, edited)
    if comment and row.group_id:
        comment.ask_a_peer()
    context = {
        "thread": thread,
        "threads": drawing.threads(thread.here, _below(request, thread, forms)),
        "lanes": drawing.lanes(thread.here.lanes if thread.here else ()),
        "here": thread.here,
        "form": comment,
        "edited": edited,
        "reflection": forms.get("reflection") or _closing_form(request, thread),
        "openings": openings_of(request.actor) if comment else (),
    }
    services.mark_read(actor=request.actor, comment_ids=thread.here.unread if thread.here else ())
    answer = render(request, "media_review/submission.html", context, status=status)
    answer.may_record = True  # type: ignore[attr-defined]  # config.middleware opens the microphone
    return answer


def _below(
    request: HttpRequest, thread: queries.threads.Thread, forms: dict[str, Any]
) -> dict[str, Any]:
    """What the fragments below a comment need: tools of a draft, the form of a reply."""
    return {
        "here": thread.here,
        "submission": thread.submission,
        "may_reply": thread.may_reply,
        "form": forms.get("reply"),
        "reply_to": forms.get("reply_to") or request.GET.get("reply"),
        "fresh": ReplyForm(),
        "csrf_token": get_token(request),
    }


def _closing_form(request: HttpRequest, thread: queries.threads.Thread) -> ClosingForm | None:
    if not thread.may_close:
        return None
    key = f"reflection:{thread.submission.pk}"
    return ClosingForm(initial=drafts.initial(request.actor, key), points=thread.points)


def _edited(request: HttpRequest, thread: queries.threads.Thread) -> Any:
    """The reader's own draft that a link asks to change."""
    said = thread.here.comments if thread.here else ()
    wanted = request.GET.get("comment")
    return next((one for one in said if one.is_draft and str(one.id) == wanted), None)


def _comment_form(
    request: HttpRequest, thread: queries.threads.Thread, edited: Any
) -> CommentForm | None:
    if not thread.may_answer or thread.here is None:
        return None
    if edited is None:
        initial = drafts.initial(request.actor, f"comment:{thread.here.id}")
        initial["note_id"] = thread.here.loose.id if thread.here.loose else None
    else:
        names = ("kind", "start_ms", "end_ms", "words")
        note = edited.spoken.id if edited.spoken else None
        initial = {name: getattr(edited, name) for name in names}
        initial["principle_ids"] = [str(card.id) for card in edited.principles]
        initial |= {"comment_id": edited.id, "note_id": note}
    kept = [card.id for card in edited.principles] if edited else ()
    offered = _offered(request, thread.submission, kept)
    return CommentForm(initial=initial, principles=offered)


def _offered(request: HttpRequest, row: Submission, kept: Iterable[Any]) -> Any:
    """The wording a draft was tagged with; for new words the one its trainee learns with."""
    tagged = [pk for pk in kept if pk]
    return wording_of(tagged) if tagged else principles(request, user_id=row.trainee_id)


def _typed_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("comment_id", ""))
    except ValueError:
        return None


@login_required
@require_POST
def comment_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A comment is kept as the supervisor's draft."""
    row = _submitted_clip(request, pk)
    kept = Comment.objects.drafts_of(request.actor).filter(pk=_typed_id(request))
    offered = _offered(request, row.submission, kept.values_list("principles", flat=True))
    form = CommentForm(request.POST, principles=offered)
    if form.is_valid():
        try:
            services.comment_draft(
                actor=request.actor, submitted_clip_id=row.pk, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, f"comment:{row.pk}")
            return JsonResponse({"kept": True}) if _asks_json(request) else _back(row)
    if _asks_json(request):
        return JsonResponse({"reason": first_error(form)}, status=422)
    return thread_page(request, row.submission, 422, comment=form, position=row.position)


def _asks_json(request: HttpRequest) -> bool:
    """Does a script ask, that sends what was written without a connection?"""
    return request.headers.get("Accept") == "application/json"


@login_required
@require_POST
def comment_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The unsent words are gone."""
    comment = _comment(request, pk)
    services.remove_draft(actor=request.actor, comment_id=comment.pk)
    return _back(comment.submitted_clip)


@login_required
@require_http_methods(["GET", "POST"])
def comment_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A reply stands under the comment, and the other person is told; a GET brings the form."""
    comment = _comment(request, pk)
    row = comment.submitted_clip
    if request.method == "GET":
        context = {"said": comment, "fresh": ReplyForm(), "is_open": True, "here": row}
        return render(request, "media_review/_reply.html", context)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            services.reply(actor=request.actor, comment_id=comment.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            drafts.forget(request.actor, f"reply:{comment.pk}")
            return _back(row)
    return thread_page(
        request, row.submission, 422, reply=form, reply_to=comment.pk, position=row.position
    )


@login_required
@require_POST
def answer_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that was kept is the trainee's to read."""
    rows = Submission.objects.visible_to(request.actor).select_related(
        "trainee", "supervisor", "group"
    )
    submission = get_object_or_404(rows, pk=pk)
    try:
        services.send_answer(actor=request.actor, submission_id=submission.pk)
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        messages.success(request, f"Sent to {submission.trainee.name}, who has been told.")
    return redirect(submission)


def _back(row: SubmittedClip) -> HttpResponse:
    address = reverse("media_review:submission", args=[row.submission_id])
    return redirect(f"{address}?clip={row.position}")


def _submitted_clip(request: HttpRequest, pk: UUID) -> SubmittedClip:
    readable = Submission.objects.visible_to(request.actor)
    rows = SubmittedClip.objects.filter(submission__in=readable)
    related = rows.select_related(
        "submission__trainee", "submission__supervisor", "submission__group"
    )
    return get_object_or_404(related, pk=pk)


def _comment(request: HttpRequest, pk: UUID) -> Comment:
    rows = Comment.objects.visible_to(request.actor).select_related(
        "submitted_clip__submission__trainee",
        "submitted_clip__submission__supervisor",
        "submitted_clip__submission__group",
    )
    return get_object_or_404(rows, pk=pk)
