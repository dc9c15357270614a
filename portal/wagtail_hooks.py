"""The editor carries the name and colours of the house."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def look_of_the_house() -> SafeString:
    """The house's stylesheet for the editor is on each of its pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/editor.css"))
