"""Who may touch a framework or scale in Wagtail's editor: the same people as everywhere else."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from attunement import permissions
from people.models import User
from people.queries import actor_for

READ = {"view", "add"}


class WordingPolicy(BasePermissionPolicy):
    """Editors of a body may read and add; only a draft can be changed; none is removed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """True for whoever may word something of some body; nobody removes one."""
        if action == "delete":
            return False
        return user.is_superuser or bool(permissions.may_word(actor_for(user), None))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Any action asks the same."""
        return self.user_has_permission(user, "view")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """What is published stays as it is, for everybody."""
        if action == "delete" or (action not in READ and instance.published_at):
            return False
        mine = permissions.may_word(actor_for(user), instance.body_id)
        return user.is_superuser or bool(mine)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """All of them, or none."""
        rows = self.model._default_manager.all()
        return rows if self.user_has_permission(user, "view") else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Nobody is ever listed."""
        return User.objects.none()
