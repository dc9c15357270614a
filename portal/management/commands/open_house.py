"""`manage.py open_house`: the first body and its registrar are there."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from accreditation import services as accreditation
from attunement import services as attunement
from learning import services as learning
from people import services as people
from people.kinds import OrganisationKind, Role
from people.models import User
from portal import services as portal


class Command(BaseCommand):
    """Open a new house: furnish it, found the body, and let its first registrar in."""

    help = "Founds the first body and prints a link with which its registrar chooses a password."

    def add_arguments(self, parser: Any) -> None:
        """Who the first body and its registrar are."""
        parser.add_argument("--body", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Everything or nothing; a second registrar comes by invitation."""
        if User.objects.filter(email__iexact=options["email"]).exists():
            raise CommandError("There is an account with this address already.")
        portal.plant_home()
        learning.plant_course()
        attunement.plant_framework()
        body = people.found(
            kind=OrganisationKind.BODY, name=options["body"], slug=slugify(options["body"])
        )
        accreditation.plant_pathways(body=body)
        user = User.objects.create_user(options["email"], name=options["name"])
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        people.first_role(user_id=user.pk, role=Role.REGISTRAR, organisation_id=body.pk)
        self.stdout.write(f"{body} is founded. {user} chooses a password here:")
        self.stdout.write(self._link(user))

    def _link(self, user: User) -> str:
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        uid, _, token = key.partition("-")
        return settings.SITE_ADDRESS + reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}
        )
