"""The family's own page: no account, one link, one code said in person.

Whatever is wrong with a link or a code, the page is the same: nobody learns whether a film exists.
"""

from typing import TypeVar
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from footage import streaming
from footage.kinds import ArtefactKind
from footage.models import Artefact
from media_review import rules, services
from media_review.forms import SpokenCodeForm
from media_review.models import KeepsakeLink
from media_review.queries.keepsakes import family_artefact
from media_review.services.handing import hashed
from media_review.views.keepsakes import as_file

Answer = TypeVar("Answer", bound=HttpResponseBase)
SALT, COOKIE = "media_review.keepsake", "keepsake"
OPEN_SECONDS = 3 * 3600
WRONG = "keepsake_wrong"  # of settings.ACCOUNT_RATE_LIMITS, counted per address
DID_NOT_OPEN = (
    "That did not open the film. Please look at the code once more. If it still does not open, "
    "wait ten minutes, or ask the person who gave you the code for a new one."
)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def family(request: HttpRequest, token: str) -> HttpResponse:
    """The film, once the code was said right in this browser; else the question for the code."""
    artefact = _artefact(request, token, ArtefactKind.PROXY)
    if artefact:
        link = KeepsakeLink.objects.get(token_hash=hashed(token))
        context = {"token": token, "until": link.until, "length": _length(artefact)}
        return _quiet(render(request, "media_review/family.html", context))
    form = SpokenCodeForm(request.POST or None)
    if request.method == "POST" and (link_id := _opened(request, form, token)):
        answer = redirect("media_review:family", token=token)
        _remember(answer, token, link_id)
        return _quiet(answer)
    wrong = DID_NOT_OPEN if request.method == "POST" else ""
    context = {"form": SpokenCodeForm(), "wrong": wrong}
    status = 422 if wrong else 200
    return _quiet(render(request, "media_review/family_door.html", context, status=status))


@require_safe
def family_film(request: HttpRequest, token: str) -> HttpResponseBase:
    """A range of the film, or the file to keep (`?save`); consent is asked for every answer."""
    artefact = _artefact(request, token, ArtefactKind.PROXY)
    if artefact is None:
        raise Http404
    keepsake = artefact.film.keepsake
    start, stop = streaming.served(request, artefact)
    services.note_served(
        user_id=None,
        subject=keepsake,
        film_id=artefact.film_id,
        slices=rules.slices(start, stop, artefact.size),
    )
    answer = streaming.answer(
        request,
        artefact,
        still=lambda: _artefact(request, token, ArtefactKind.PROXY) is not None,
    )
    if "save" in request.GET:
        if start == 0 and stop:
            link = KeepsakeLink.objects.get(token_hash=hashed(token))
            services.note_saved(keepsake=keepsake, link=link, user_id=None)
        answer = as_file(answer)
    return _quiet(answer)


@require_safe
def family_poster(request: HttpRequest, token: str) -> HttpResponseBase:
    """The still that stands before the film begins."""
    artefact = _artefact(request, token, ArtefactKind.POSTER)
    if artefact is None:
        raise Http404
    return _quiet(streaming.answer(request, artefact))


def _artefact(request: HttpRequest, token: str, kind: ArtefactKind) -> Artefact | None:
    """What this browser may have of the film now: its cookie is asked, and then the rows."""
    try:
        words = signing.loads(request.COOKIES.get(_name(), ""), salt=SALT, max_age=OPEN_SECONDS)
        return family_artefact(UUID(words), hashed(token), kind)
    except (signing.BadSignature, TypeError, ValueError, AttributeError):
        return None


@sensitive_variables("code")
def _opened(request: HttpRequest, form: SpokenCodeForm, token: str) -> UUID | None:
    """The link that this code opens; wrong tries are counted, and too many refused unread."""
    if not ratelimit.consume(request, action=WRONG, dry_run=True):
        return None
    code = form.cleaned_data["code"] if form.is_valid() else ""
    link = services.open_link(token=token, code=code)
    if link is None:
        ratelimit.consume(request, action=WRONG)
        return None
    return link.pk


def _remember(answer: HttpResponse, token: str, link_id: UUID) -> None:
    """This browser, this film, three hours: the cookie goes to no other address."""
    answer.set_cookie(
        _name(),
        signing.dumps(str(link_id), salt=SALT),
        max_age=OPEN_SECONDS,
        path=f"/keepsake/{token}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name() -> str:
    return f"__Secure-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def _length(artefact: Artefact) -> str:
    return rules.seconds_words(artefact.film.duration_ms)


def _quiet(answer: Answer) -> Answer:
    """No cache keeps it, and no search engine lists it."""
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
