"""Pathways: planted from templates, copied to a new version, changed only while unused."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accreditation import permissions
from accreditation.models import Pathway, Requirement, Stage
from accreditation.services.templates import TEMPLATES
from ledger import services as ledger
from people.actor import Actor
from people.errors import RuleBroken
from people.models import Organisation

USED = (
    "Somebody walks this pathway already, so it stays as it is. "
    "Make a new version: it is for the people who come next."
)


@transaction.atomic
def plant_pathways(*, body: Organisation, actor: Actor | None = None) -> list[Pathway]:
    """The body has both template pathways; planting twice changes nothing."""
    if actor is not None:
        permissions.may_edit_pathways(actor, body.pk).require()
    found = [_plant(body, template) for template in TEMPLATES]
    for pathway, planted in found:
        if planted:
            ledger.record(
                user_id=actor.user_id if actor else None,
                verb="accreditation.pathway_planted",
                subject=pathway,
                code=pathway.code,
            )
    return [pathway for pathway, _ in found]


def _plant(body: Organisation, template: dict[str, Any]) -> tuple[Pathway, bool]:
    facts = {name: value for name, value in template.items() if name not in {"code", "stages"}}
    pathway, made = Pathway.objects.get_or_create(
        body=body, code=template["code"], version=1, defaults=facts
    )
    if made:
        for number, plan in enumerate(template["stages"], start=1):
            words = {name: value for name, value in plan.items() if name != "requirements"}
            stage = Stage.objects.create(pathway=pathway, number=number, **words)
            Requirement.objects.bulk_create(
                Requirement(stage=stage, position=place, **asked)
                for place, asked in enumerate(plan["requirements"], start=1)
            )
    return pathway, made


@transaction.atomic
def new_version(*, actor: Actor, pathway_id: UUID) -> Pathway:
    """A copy with the next number stands beside the old one, free to be changed."""
    old = Pathway.objects.select_for_update().get(pk=pathway_id)
    permissions.may_edit_pathways(actor, old.body_id).require()
    family = Pathway.objects.filter(body_id=old.body_id, code=old.code)
    copy = _copied(old, pk=None, used_at=None, retired_at=None)
    copy.version = family.aggregate(newest=Max("version"))["newest"] + 1
    copy.save(force_insert=True)
    for stage in old.stages.prefetch_related("requirements"):
        asked = list(stage.requirements.all())
        twin = _copied(stage, pathway=copy)
        twin.save(force_insert=True)
        Requirement.objects.bulk_create(_copied(each, stage=twin) for each in asked)
    ledger.record(
        user_id=actor.user_id,
        verb="accreditation.pathway_versioned",
        subject=copy,
        version=copy.version,
        copied_from=old.pk,
    )
    return copy


def _copied(row: Any, **changes: Any) -> Any:
    """A row with the same words, a new id, and these changes."""
    facts = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    changes.pop("pk", None)
    for name, value in changes.items():
        field = row._meta.get_field(name)
        facts[field.attname] = value.pk if field.is_relation else value
    return type(row)(**facts)


@transaction.atomic
def change_stage(*, actor: Actor, stage_id: UUID, **facts: Any) -> Stage:
    """The stage of an unused pathway asks for something else."""
    stage = Stage.objects.select_related("pathway").get(pk=stage_id)
    _unused(actor, stage.pathway_id)
    return _changed(actor, stage, facts)


@transaction.atomic
def change_requirement(*, actor: Actor, requirement_id: UUID, **facts: Any) -> Requirement:
    """The requirement of an unused pathway has other numbers or words."""
    asked = Requirement.objects.select_related("stage").get(pk=requirement_id)
    _unused(actor, asked.stage.pathway_id)
    return _changed(actor, asked, facts)


@transaction.atomic
def retire_pathway(*, actor: Actor, pathway_id: UUID) -> Pathway:
    """Nobody new is enrolled on it; those on it stay on it."""
    pathway = Pathway.objects.select_for_update().get(pk=pathway_id)
    permissions.may_edit_pathways(actor, pathway.body_id).require()
    pathway.retired_at = pathway.retired_at or timezone.now()
    pathway.save(update_fields=["retired_at"])
    ledger.record(user_id=actor.user_id, verb="accreditation.pathway_retired", subject=pathway)
    return pathway


def _unused(actor: Actor, pathway_id: UUID) -> Pathway:
    pathway = Pathway.objects.select_for_update().get(pk=pathway_id)
    permissions.may_edit_pathways(actor, pathway.body_id).require()
    if pathway.used_at:
        raise RuleBroken(USED)
    return pathway


def _changed(actor: Actor, row: Any, facts: dict[str, Any]) -> Any:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    ledger.record(user_id=actor.user_id, verb="accreditation.pathway_changed", subject=row, **facts)
    return row
