"""What changes about frameworks and scales: planted, versioned, published, never edited then."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from attunement import permissions
from attunement.models import Following, Framework, Principle, Scale, ScaleItem, ScaleStep
from attunement.words import NAME, SIX, Wording
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken


@transaction.atomic
def plant_framework(
    *,
    actor: Actor | None = None,
    body_id: UUID | None = None,
    name: str = NAME,
    principles: Iterable[Wording] = SIX,
) -> Framework:
    """The framework stands and is published; planting it a second time changes nothing."""
    if actor is not None:
        permissions.may_word(actor, body_id).require()
    framework, made = Framework.objects.get_or_create(
        body_id=body_id, name=name, version=1, defaults={"published_at": timezone.now()}
    )
    if made:
        _write(framework, principles)
        _record(actor, "attunement.framework_planted", framework)
    return framework


@transaction.atomic
def new_version(*, actor: Actor, framework_id: UUID, body_id: UUID | None = None) -> Framework:
    """A draft with the same words waits to be changed; the older version stays as it is."""
    older = Framework.objects.select_for_update().get(pk=framework_id)
    owner_id = body_id or older.body_id
    permissions.may_word(actor, owner_id).require()
    family = Framework.objects.filter(body_id=owner_id, name=older.name)
    latest = family.order_by("-version").values_list("version", flat=True).first() or 0
    draft = Framework.objects.create(body_id=owner_id, name=older.name, version=latest + 1)
    _write(draft, older.principles.all())
    _record(actor, "attunement.framework_drafted", draft)
    return draft


@transaction.atomic
def publish(*, actor: Actor, framework_id: UUID) -> Framework:
    """The version is the current one from now on and can never change again."""
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    permissions.may_word(actor, framework.body_id).require()
    _still_a_draft(framework)
    if not framework.principles.exists():
        raise RuleBroken("This version has no principles yet. Add at least one, then publish.")
    framework.published_at = timezone.now()
    framework.save(update_fields=["published_at"])
    _record(actor, "attunement.framework_published", framework)
    return framework


@transaction.atomic
def reword(*, actor: Actor, framework_id: UUID, principles: Iterable[Wording]) -> Framework:
    """The draft has these principles and no others."""
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    permissions.may_word(actor, framework.body_id).require()
    _still_a_draft(framework)
    Principle.objects.filter(framework_id=framework.pk).delete()
    _write(framework, principles)
    _record(actor, "attunement.framework_reworded", framework)
    return framework


@transaction.atomic
def new_scale(*, actor: Actor, scale_id: UUID, body_id: UUID | None = None) -> Scale:
    """A draft with the same steps and items waits to be changed; the older version stays."""
    older = Scale.objects.select_for_update().get(pk=scale_id)
    owner_id = body_id or older.body_id
    permissions.may_word(actor, owner_id).require()
    family = Scale.objects.filter(body_id=owner_id, name=older.name)
    latest = family.order_by("-version").values_list("version", flat=True).first() or 0
    facts = {"name": older.name, "about": older.about, "version": latest + 1}
    draft = Scale.objects.create(body_id=owner_id, **facts)
    ScaleStep.objects.bulk_create(
        ScaleStep(scale_id=draft.pk, value=each.value, label=each.label)
        for each in older.steps.all()
    )
    ScaleItem.objects.bulk_create(
        ScaleItem(scale_id=draft.pk, number=each.number, area=each.area, words=each.words)
        for each in older.items.all()
    )
    _record(actor, "attunement.scale_drafted", draft)
    return draft


@transaction.atomic
def publish_scale(*, actor: Actor, scale_id: UUID) -> Scale:
    """New work uses this version from now on, and it can never change again."""
    scale = Scale.objects.select_for_update().get(pk=scale_id)
    permissions.may_word(actor, scale.body_id).require()
    _still_a_draft(scale)
    if scale.steps.count() < 2 or not scale.items.exists():
        raise RuleBroken("A scale needs two steps and one thing to look at. Then publish it.")
    scale.published_at = timezone.now()
    scale.save(update_fields=["published_at"])
    _record(actor, "attunement.scale_published", scale)
    return scale


def follow(*, user_id: UUID, body_id: UUID) -> None:
    """This person learns with the words of that body from now on; inside the caller's work."""
    Following.objects.update_or_create(user_id=user_id, defaults={"body_id": body_id})


def _still_a_draft(framework: Framework | Scale) -> None:
    if framework.published_at:
        raise RuleBroken("This version is published. Make a new version to change its words.")


def _write(framework: Framework, principles: Iterable[Wording] | Iterable[Principle]) -> None:
    Principle.objects.bulk_create(
        Principle(
            framework_id=framework.pk,
            number=each.number,
            heading=each.heading,
            short=each.short,
            glyph=each.glyph,
            examples=list(each.examples),
        )
        for each in principles
    )


def _record(actor: Actor | None, verb: str, framework: Framework | Scale) -> None:
    user_id = actor.user_id if actor else None
    ledger.record(user_id=user_id, verb=verb, subject=framework, version=framework.version)
