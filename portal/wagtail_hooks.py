"""The editor carries the name and colours of the house, and shows how the house is."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from footage import permissions


@hooks.register("insert_global_admin_css")
def look_of_the_house() -> SafeString:
    """The house's stylesheet for the editor is on each of its pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/editor.css"))


class HealthItem(MenuItem):
    """The way to the page that says how the house is, for those who keep it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to those who may open it."""
        return bool(permissions.may_keep_house(request.actor))


@hooks.register("register_admin_menu_item")
def way_to_health() -> MenuItem:
    """The editor's menu leads to the health page."""
    address = reverse("portal:health")
    return HealthItem("Health of the house", address, icon_name="info-circle", order=9000)
