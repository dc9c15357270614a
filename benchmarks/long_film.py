"""A film of an hour, drawn cheaply and sealed; moments and comments for the workbench's bench."""

import json
import math
import random
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any

HOUR_MS = 3_600_000
RATE = 5
SHEET = {"every_ms": 9000, "count": 400, "columns": 20, "rows": 20, "width": 160, "height": 90}


def parts() -> dict[str, tuple[bytes, str, dict[str, Any]]]:
    """The film, its small pictures, its first picture and its loudness, by kind."""
    seconds = HOUR_MS // 1000
    drawn = ["-f", "lavfi", "-i", f"testsrc2=size=320x180:rate={RATE}:duration={seconds}"]
    film = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "40", "-g", str(RATE)]
    loud = [round(abs(math.sin(at / 37) * math.sin(at / 501)), 3) for at in range(seconds * 20)]
    peaks = json.dumps({"per_second": 20, "peaks": loud}, separators=(",", ":")).encode()
    tiles = ["-vf", "fps=1/9,scale=160:90,tile=20x20", "-frames:v", "1"]
    return {
        "proxy": (
            _made([*drawn, *film, "-pix_fmt", "yuv420p", "-movflags", "+faststart"], "film.mp4"),
            "video/mp4",
            {},
        ),
        "sprite": (_made([*drawn, *tiles], "sheet.jpg"), "image/jpeg", SHEET),
        "poster": (_made([*drawn, "-frames:v", "1"], "poster.jpg"), "image/jpeg", {}),
        "peaks": (peaks, "application/json", {"per_second": 20}),
    }


def _made(how: list[str], name: str) -> bytes:
    from footage import binaries

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        command = [binaries.ffmpeg(), "-v", "error", *how, str(target)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return target.read_bytes()


def sealed(user: Any, ring: Any, made: dict[str, tuple[bytes, str, dict[str, Any]]]) -> Any:
    """A ready film of these parts."""
    from footage import keys, seal
    from footage.models import Artefact, Film
    from footage.stores import store

    film = Film(ring=ring, sent_by=user, state="ready", duration_ms=HOUR_MS, width=320, height=180)
    film.rate_num, film.has_sound = RATE, True
    film.wrapped_key = keys.wrapped_for(film.pk, ring)
    film.save()
    for kind, (data, media_type, facts) in made.items():
        name = f"{film.pk}/{uuid.uuid4()}/{kind}"
        lock = seal.Seal(keys.film_key(film), name)
        writer = seal.Writer(lock, store().put, seal.Layout((), len(data)), epoch=1)
        writer.write(data)
        writer.flush()
        facts_of = {"object": name, "runs": [list(run) for run in writer.layout.runs]}
        Artefact.objects.create(
            film=film, kind=kind, size=len(data), media_type=media_type, facts=facts, **facts_of
        )
    return film


def family(guider: Any) -> Any:
    """A family that agrees to be filmed and to supervision."""
    from django.utils import timezone

    from caselogs.models import Case, Consent, ConsentScope

    today = timezone.localdate()
    facts = {"client_type": "parent", "age_band": "1y", "referral_source": "self"}
    case = Case.objects.create(code="W1", guider=guider, referred_on=today, **facts)
    consent = Consent.objects.create(
        case=case, form_version="1", given_on=today, explained_by=guider, covered="-"
    )
    for scope in ("filming", "supervision"):
        ConsentScope.objects.create(consent=consent, scope=scope, granted=True)
    return case


def moments(recording: Any, count: int) -> None:
    """So many moments along the film, each with a principle, half of them with words."""
    from attunement.services import plant_framework
    from media_review.models import Moment

    principles = list(plant_framework().principles.all())
    chance = random.Random(4)
    rows = []
    for at in range(count):
        start = chance.randrange(HOUR_MS - 9000)
        note = "She waits, he looks up, and she answers with her eyebrows." if at % 2 else ""
        end = start + chance.randrange(800, 8000)
        rows.append(Moment(recording=recording, start_ms=start, end_ms=end, note=note))
    Moment.objects.bulk_create(rows)
    tag = Moment.principles.through
    tag.objects.bulk_create(
        tag(moment_id=row.pk, principle_id=principles[at % len(principles)].pk)
        for at, row in enumerate(rows)
    )


def answered(recording: Any, supervisor: Any, film: Any, count: int) -> Any:
    """One clip of this film, of an hour too, sent and answered with so many comments."""
    from django.utils import timezone

    from media_review.models import Clip, Comment, Submission, SubmittedClip

    now = timezone.now()
    clip = Clip.objects.create(recording=recording, start_ms=0, end_ms=HOUR_MS, film=film)
    times = {"sent_at": now, "opened_at": now, "answered_at": now}
    submission = Submission.objects.create(
        trainee=recording.owner, supervisor=supervisor, question="?", state="answered", **times
    )
    row = SubmittedClip.objects.create(submission=submission, clip=clip, position=1)
    step = HOUR_MS // max(1, count)
    Comment.objects.bulk_create(
        Comment(
            submitted_clip=row,
            author=supervisor,
            kind=("strength", "wondering", "working_point")[at % 3],
            start_ms=at * step,
            end_ms=at * step + 4000,
            words="You wait here, and he begins.",
            sent_at=now,
        )
        for at in range(count)
    )
    return submission
