"""Awards: one certificate a decision, kept byte for byte; the register, with consent."""

import hashlib
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accreditation import certificates, permissions
from accreditation.certificates import CertificateFacts
from accreditation.kinds import Outcome
from accreditation.models import (
    Certificate,
    Decision,
    EnrolledStage,
    Enrolment,
    RegisterEntry,
    RegisterWord,
    Stage,
)
from accreditation.rules import numbers
from accreditation.rules.register import words_of
from ledger import services as ledger
from notices import services as notices
from people import services as people
from people.actor import Actor
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant
from people.queries import supervisors_of

ONCE = "This award has its certificate already. Nothing was issued twice."
TRIES = 5


@transaction.atomic
def issue_certificate(
    *, actor: Actor, decision_id: UUID, on: date | None = None, signatory_role: str = "Registrar"
) -> Certificate:
    """The award has its one certificate, drawn and kept; its holder is an accredited guider."""
    decision = _decision(decision_id)
    permissions.may_issue(actor, decision).require()
    enrolment = decision.meeting.enrolled_stage.enrolment
    _awardable(decision)
    on = on or timezone.localdate()
    if not decision.held_on <= on <= timezone.localdate():
        raise RuleBroken("A certificate is dated between the decision and today.")
    certificate = _drawn(actor, decision, on, signatory_role)
    Enrolment.objects.filter(pk=enrolment.pk).update(accredited_on=on)
    people.grant_role(
        actor=actor,
        user_id=enrolment.trainee_id,
        role=Role.GUIDER,
        organisation_id=enrolment.pathway.body_id,
        since=on,
    )
    notices.post(
        to_id=certificate.holder_id,
        kind="accreditation.certificate_issued",
        key=str(certificate.pk),
        path=certificate.get_absolute_url(),
        award=enrolment.pathway.award_title,
        body=enrolment.pathway.body.name,
    )
    ledger.record(
        user_id=actor.user_id,
        verb="accreditation.certificate_issued",
        subject=certificate,
        number=certificate.number,
        sha256=certificate.sha256,
    )
    return certificate


def _decision(decision_id: UUID) -> Decision:
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related(
            "decided_by",
            "meeting__enrolled_stage__stage",
            "meeting__enrolled_stage__enrolment__trainee",
            "meeting__enrolled_stage__enrolment__pathway__body",
        )
        .get(pk=decision_id)
    )


def _awardable(decision: Decision) -> None:
    stage: EnrolledStage = decision.meeting.enrolled_stage
    later = Stage.objects.filter(
        pathway_id=stage.stage.pathway_id, number__gt=stage.stage.number
    ).exists()
    if decision.outcome != Outcome.PROGRESSED or later:
        raise RuleBroken("Only the decision that ends the whole pathway leads to a certificate.")
    if Certificate.objects.filter(decision=decision).exists():
        raise RuleBroken(ONCE)


def _drawn(actor: Actor, decision: Decision, on: date, signatory_role: str) -> Certificate:
    enrolment = decision.meeting.enrolled_stage.enrolment
    for _ in range(TRIES):
        number = numbers.fresh(on.year)
        if not Certificate.objects.filter(number=number).exists():
            break
    facts = _facts(actor, decision, number, on, signatory_role)
    pdf = certificates.draw(facts)
    try:
        with transaction.atomic():
            return Certificate.objects.create(
                number=number,
                decision=decision,
                holder_id=enrolment.trainee_id,
                body_id=enrolment.pathway.body_id,
                issued_by_id=actor.user_id,
                issued_at=_moment(on),
                facts=facts.as_json(),
                pdf=pdf,
                sha256=hashlib.sha256(pdf).hexdigest(),
            )
    except IntegrityError:
        raise RuleBroken(ONCE) from None


def _facts(
    actor: Actor, decision: Decision, number: str, on: date, signatory_role: str
) -> CertificateFacts:
    enrolment = decision.meeting.enrolled_stage.enrolment
    supervisor = supervisors_of(enrolment.trainee_id).first()
    return CertificateFacts(
        number=number,
        holder_name=enrolment.trainee.name,
        award_title=enrolment.pathway.award_title,
        body_name=enrolment.pathway.body.name,
        pathway_name=enrolment.pathway.name,
        decided_on=decision.held_on,
        issued_on=on,
        verify_url=f"{settings.SITE_ADDRESS}{reverse('accreditation:verify', args=[number])}",
        external_supervisor=decision.decided_by.name,
        supervisor_name=supervisor.name if supervisor else "",
        signatory_name=actor.name,
        signatory_role=signatory_role,
        demo=settings.DEMO,
    )


def _moment(on: date) -> datetime:
    if on == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(on, time(12)))


@transaction.atomic
def revoke(*, actor: Actor, certificate_id: UUID, reason: str) -> Certificate:
    """The certificate no longer stands, and its public page says so; its bytes are kept."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    permissions.may_revoke(actor, certificate).require()
    if certificate.revoked_at:
        raise RuleBroken("This certificate is revoked already.")
    if not reason.strip():
        raise RuleBroken("Please give the reason. It is kept with the certificate.")
    certificate.revoked_at, certificate.revoked_why = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "revoked_why"])
    grants = RoleGrant.objects.in_force().filter(
        user_id=certificate.holder_id, role=Role.GUIDER, organisation_id=certificate.body_id
    )
    for grant in grants:
        people.end_role(actor=actor, grant_id=grant.pk)
    notices.post(
        to_id=certificate.holder_id,
        kind="accreditation.certificate_revoked",
        key=str(certificate.pk),
        path=certificate.get_absolute_url(),
    )
    ledger.record(
        user_id=actor.user_id,
        verb="accreditation.certificate_revoked",
        subject=certificate,
        reason=reason,
    )
    return certificate


@transaction.atomic
def join_register(
    *, actor: Actor, certificate_id: UUID, public_name: str = "", place: str = ""
) -> RegisterEntry:
    """The holder's name can be found in the public register, as they want it written."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    permissions.may_list_publicly(actor, certificate).require()
    if certificate.revoked_at:
        raise RuleBroken("This certificate no longer stands, so it cannot be in the register.")
    entry, _ = RegisterEntry.objects.update_or_create(
        certificate=certificate,
        defaults={
            "public_name": public_name.strip() or actor.name,
            "place": place.strip(),
            "consented_at": timezone.now(),
            "removed_at": None,
        },
    )
    entry.words.all().delete()
    RegisterWord.objects.bulk_create(
        RegisterWord(entry=entry, word=word) for word in words_of(entry.public_name, entry.place)
    )
    ledger.record(user_id=actor.user_id, verb="accreditation.register_joined", subject=entry)
    return entry


@transaction.atomic
def leave_register(*, actor: Actor, certificate_id: UUID) -> None:
    """The holder's name is in the public register no longer; the certificate stands."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    permissions.may_list_publicly(actor, certificate).require()
    entry = RegisterEntry.objects.filter(certificate=certificate, removed_at=None).first()
    if entry is None:
        return
    entry.removed_at = timezone.now()
    entry.save(update_fields=["removed_at"])
    entry.words.all().delete()
    ledger.record(user_id=actor.user_id, verb="accreditation.register_left", subject=entry)
