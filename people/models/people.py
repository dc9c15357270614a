"""People and organisations, and what holds from one day until another: roles, ties."""

import uuid
from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.actor import Actor
from people.kinds import Capability, Digest, OrganisationKind, Role


class UserQuerySet(models.QuerySet["User"]):
    """Which people?"""

    def with_open_account(self) -> Self:
        """Keep those whose account is neither closed nor suspended."""
        return self.filter(is_active=True, suspended_at=None)

    def run_by(self, actor: Actor) -> Self:
        """Keep the people of the organisations whose training this person runs."""
        places = actor.organisations_where(Capability.INVITE)
        held = RoleGrant.objects.in_force().filter(organisation_id__in=places)
        return self.filter(pk__in=held.values("user_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """A person with this address; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """The person who installs the house."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address, in any letter case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do follows from their roles and ties, never from this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    suspended_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.AT_ONCE)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The first word of the name (Wagtail asks for it)."""
        return self.name.split(" ")[0]

    @property
    def last_name(self) -> str:
        """The rest of the name."""
        return self.name.partition(" ")[2]

    def get_full_name(self) -> str:
        """The whole name."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.first_name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Which organisations?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those whose training this person runs."""
        return self.filter(pk__in=actor.organisations_where(Capability.INVITE))


class Organisation(models.Model):
    """A body, a service or an independent practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    name = models.CharField(max_length=150, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from one day until another, unless somebody ended them at a moment."""

    def in_force(self, on: date | None = None) -> Self:
        """Keep what held on that day; without a day, what holds at this moment."""
        if on is None:
            return self.holding(timezone.localdate())
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))

    def holding(self, today: date) -> Self:
        """Keep what holds today and was not ended before the day was out."""
        return self.in_force(today).filter(ended_at=None)


class RoleGrantQuerySet(DatedQuerySet):
    """Which roles?"""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those in the organisations whose training this person runs."""
        return self.filter(organisation_id__in=actor.organisations_where(Capability.INVITE))


class RoleGrant(models.Model):
    """Somebody holds a role in an organisation from one day until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="role_grants")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="ended before the day was out")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(until=None),
                name="role_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until__isnull=False), name="ended_role_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} at {self.organisation}"


class SupervisionTie(models.Model):
    """One person supervises another from one day until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supervisor = models.ForeignKey(User, models.PROTECT, related_name="supervisee_ties")
    supervisee = models.ForeignKey(User, models.PROTECT, related_name="supervisor_ties")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="ended before the day was out")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supervisor", "supervisee"],
                condition=Q(until=None),
                name="tie_is_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(supervisor=F("supervisee")), name="nobody_supervises_themselves"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="tie_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(until__isnull=False), name="ended_tie_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} supervises {self.supervisee}"
