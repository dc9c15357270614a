"""Pages for everybody: verify a number, search the register."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accreditation.queries import awards


@require_GET
def verify_ask(request: HttpRequest) -> HttpResponse:
    """Where to type a number; a typed one leads to its own page."""
    typed = request.GET.get("number", "").strip()
    if typed.strip("/. "):
        return redirect("accreditation:verify", number=typed.replace("/", "")[:40])
    return render(request, "accreditation/verify_ask.html")


@require_GET
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """One plain sentence first: what this number says."""
    found = awards.verification(number)
    status = 200 if found.facts else 404
    return render(request, "accreditation/verify.html", {"found": found}, status=status)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Names that their holders made public, by name or place."""
    search = request.GET.get("q", "").strip()[:100]
    page = awards.register_page(search, _after(request))
    more = ""
    if page.more:
        name, pk = page.more
        more = "?" + urlencode({"q": search, "after": name, "id": pk})
    context = {"page": page, "search": search, "more": more}
    return render(request, "accreditation/register.html", context)


def _after(request: HttpRequest) -> tuple[str, UUID] | None:
    name, pk = request.GET.get("after", ""), request.GET.get("id", "")
    try:
        return (name, UUID(pk)) if name else None
    except ValueError:
        return None
