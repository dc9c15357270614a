"""Forms of Wagtail's editor for words that belong to a body."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from people.kinds import Capability
from people.queries import actor_for


class OwnBodyForm(WagtailAdminModelForm):
    """Only bodies whose words this person edits can be chosen; superusers choose any."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.for_user is None or self.for_user.is_superuser or "body" not in self.fields:
            return
        actor = actor_for(self.for_user)
        edited = actor.organisations_where(Capability.EDIT_COURSE)
        edited |= actor.organisations_where(Capability.EDIT_PATHWAYS)
        bodies: Any = self.fields["body"]
        bodies.queryset = bodies.queryset.filter(pk__in=edited)
