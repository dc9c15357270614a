"""The page on which one looks at these clips with a body's scale."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from media_review import services
from media_review.forms.ratings import RatingForm
from media_review.models import Submission
from media_review.queries import ratings
from people.errors import RuleBroken


@login_required
@require_http_methods(["GET", "POST"])
def submission_rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a step for each thing one likes to look at; the other reads it beside their own."""
    rows = Submission.objects.visible_to(request.actor).with_names()
    row = get_object_or_404(rows, pk=pk)
    ratings.may_rate(request.actor, row).require()
    scale = ratings.scale_of(row)
    if scale is None:
        raise Http404
    chosen = ratings.chosen_by(request.actor, row)
    form = RatingForm(request.POST or None, scale=scale, chosen=chosen)
    if form.is_valid():
        try:
            services.rate(
                actor=request.actor, submission_id=row.pk, scale_id=scale.pk, steps=form.steps()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Kept. It stands beside what the other person chooses.")
            return redirect(row)
    context = {"submission": row, "scale": scale, "form": form}
    status = 422 if form.errors else 200
    return render(request, "media_review/submission_rate.html", context, status=status)
