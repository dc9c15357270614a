"""What the service of the demo holds: a film due soon, one held, one shown live, one destroyed."""

from datetime import timedelta
from pathlib import Path

from caselogs import services as caselogs
from caselogs.kinds import Ending
from caselogs.models import Case
from footage.receiving import Incoming
from footage.services import receive
from media_review import reminding
from media_review import services as review
from media_review.kinds import Basis, Custody, RecordingKind
from media_review.models import Recording
from portal.demo.films import SCENES, cached_films
from portal.demo.world.families import Family, bring
from portal.demo.world.ground import World
from portal.demo.world.screenings import FILMS, prepare

GUIDER, MANAGER, SCENE = "nadia", "samir", "sofa-chat"
CLOSED_AGO = 51  # of sixty days: nine are left


def keep(world: World) -> None:
    """Samir sees each kind of row on his page, and Nadia has been told of the film that goes."""
    path = cached_films(FILMS, [scene for scene in SCENES if scene.name == SCENE])[SCENE]
    due, held, gone = (_filmed(world, code, path) for code in ("N31", "N32", "N33"))
    prepare([due.film_id, held.film_id])
    _close(world, due.case)
    _hold(world, held)
    review.withdraw_consent(actor=world.actor(GUIDER), case_id=gone.case_id)
    for code, custody in (("N34", Custody.SHOWN_LIVE), ("N35", Custody.ELSEWHERE)):
        _begun(world, code, custody=custody, length_ms=412_000)
    reminding.remind()


def _begun(world: World, code: str, **facts: object) -> Recording:
    case = bring(world, Family(GUIDER, 90, 1, code=code), detailed=False)
    return review.begin_recording(
        actor=world.actor(GUIDER),
        case_id=case.pk,
        kind=RecordingKind.INTERACTION,
        filmed_on=world.ago(85),
        **facts,
    )


def _filmed(world: World, code: str, path: Path) -> Recording:
    """A film of a family of Nadia's, sent as from her phone."""
    actor, recording = world.actor(GUIDER), _begun(world, code)
    size = path.stat().st_size
    upload = review.begin_upload(
        actor=actor, recording_id=recording.pk, file_name=path.name, size=size
    )
    with path.open("rb") as stream:
        receive(actor=actor, upload_id=upload.pk, offset=0, incoming=Incoming(stream, size))
    return Recording.objects.select_related("case").get(pk=recording.pk)


def _close(world: World, case: Case) -> None:
    caselogs.close(
        actor=world.actor(GUIDER),
        case_id=case.pk,
        ending=Ending.COMPLETED,
        on=world.ago(CLOSED_AGO),
    )


def _hold(world: World, recording: Recording) -> None:
    """Nadia asked, Samir confirmed, the family knows."""
    hold = review.ask_for_hold(
        actor=world.actor(GUIDER),
        recording_id=recording.pk,
        until=world.today + timedelta(days=60),
        reason="A family court may ask for it; the social worker wrote on Monday.",
        basis=Basis.LAW,
    )
    review.confirm_hold(actor=world.actor(MANAGER), hold_id=hold.pk)
    review.note_family_told(actor=world.actor(GUIDER), hold_id=hold.pk)
