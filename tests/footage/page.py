"""A page of the smallest kind that takes a film, standing in for the room above."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import include, path, reverse

from footage import services
from footage.models import Upload
from tests.footage.conftest import RING

PAGE = """<!doctype html><title>Send</title>
<section data-upload data-begin-url="/begin/"><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<input type="file" data-upload-file><button data-upload-start>Send the film</button>
<div data-upload-progress hidden><progress max="100" value="0" data-upload-bar></progress>
<p data-upload-words role="status"></p></div></form></section>
<script src="/static/vendor/tus.min.js" defer></script>
<script src="/static/js/upload.js" type="module"></script>"""


def send(request):
    """The page."""
    return HttpResponse(PAGE.format(token=get_token(request)))


def begin(request):
    """Begins an upload, or finds the one of the same file."""
    name, size = request.POST["name"], int(request.POST["size"])
    found = Upload.objects.open_for(request.actor.user_id).filter(film__name=name, size=size)
    upload = found.first() or services.begin_upload(
        actor=request.actor, ring=RING, file_name=name, size=size, page="/arrived/"
    )
    return JsonResponse(
        {"upload_url": reverse("footage:upload", args=[upload.pk]), "film_url": "/arrived/"}
    )


urlpatterns = [
    path("send/", send),
    path("begin/", begin),
    path("arrived/", lambda request: HttpResponse("Arrived")),
    path("footage/", include("footage.urls")),
    path("account/", include("allauth.urls")),
]
