"""The steps of a shared review in Wagtail's editor: one list a body, one step on each line."""

from wagtail.admin.panels import FieldPanel

from attunement.viewsets import OwnBodyViewSet
from attunement.widgets import Lines
from media_review.models import ReviewGuide


class ReviewGuideViewSet(OwnBodyViewSet):
    """What a guider keeps beside them; without a list of its own a body has the house's."""

    model = ReviewGuide
    icon = "list-ol"
    menu_label = "Shared review"
    menu_name = "shared-review"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "body"]
    panels = [
        FieldPanel("body"),
        FieldPanel(
            "steps",
            widget=Lines,
            help_text="One on each line. “Receive: let their words arrive” shows its name in bold.",
        ),
    ]
