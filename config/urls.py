"""Every address of the house; rooms bring their own."""

from importlib.util import find_spec

from allauth.account.views import logout
from django.conf import settings
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.settings import env
from config.styleguide import styleguide

TO_THE_ONE_DOOR = RedirectView.as_view(url=reverse_lazy("account_login"))
CLOSED_DOORS = [
    "editor/login/",
    "editor/password_reset/",
    "editor/password_reset/<path:rest>",
    "editor/failwhale/",
    "_util/login/",
]
ROOMS = {
    "people": "people/",
    "notices": "notices/",
    "footage": "footage/",
    "learning": "",
    "caselogs": "cases/",
    "media_review": "",
    "accreditation": "",
}

urlpatterns = [
    *[path(door, TO_THE_ONE_DOOR) for door in CLOSED_DOORS],
    path("editor/logout/", logout),
    path("account/", include("allauth.urls")),
    *[
        path(prefix, include(f"{room}.urls"))
        for room, prefix in ROOMS.items()
        if room in settings.INSTALLED_APPS and find_spec(f"{room}.urls")
    ],
    *([path("", include("portal.urls"))] if "portal" in settings.INSTALLED_APPS else []),
    *([path("styleguide/", styleguide)] if env.MODE == env.EMBEDDED else []),
    path("editor/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
