"""Who may word the steps of a shared review in Wagtail's editor: who words the principles."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from attunement import permissions
from media_review.models import ReviewGuide
from people.models import User
from people.queries import actor_for


class ReviewGuidePolicy(BasePermissionPolicy):
    """Editors of a body may write its list; nobody removes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """True for whoever may word the principles of some body."""
        if action == "delete":
            return False
        return user.is_superuser or bool(permissions.may_word(actor_for(user), None))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Any action asks the same."""
        return self.user_has_permission(user, "view")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Only that body's own list; the house's own for whoever words any."""
        if action == "delete":
            return False
        mine = permissions.may_word(actor_for(user), instance.body_id)
        return user.is_superuser or bool(mine)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[ReviewGuide]:
        """All of them, or none."""
        rows = ReviewGuide.objects.all()
        return rows if self.user_has_permission(user, "view") else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Nobody is ever listed."""
        return User.objects.none()
