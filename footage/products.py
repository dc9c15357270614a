"""What one decoding makes of a film, while it is being made: nameless memory, then artefacts."""

import json
from array import array
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Self

from footage import graph, rules, sounds
from footage.graph import Targets
from footage.joining import Plan
from footage.kinds import ArtefactKind
from footage.memory import Scratch
from footage.rules import Facts

PEAKS_A_SECOND = 20
Contents = dict[ArtefactKind, tuple[memoryview, dict[str, object]]]


class Products:
    """Room for all that is made, for as long as the `with` lasts."""

    def __init__(self, *, fine: bool) -> None:
        self._stack = ExitStack()
        names = ("proxy", "sprite", "poster", "sound", *(("fine",) if fine else ()))
        self._made = {name: self._stack.enter_context(Scratch(name)) for name in names}

    @property
    def targets(self) -> Targets:
        """Where ffmpeg writes to."""
        return Targets(**{name: scratch.path for name, scratch in self._made.items()})

    @property
    def files(self) -> list[int]:
        """The open files that it needs for that."""
        return [scratch.fd for scratch in self._made.values()]

    @property
    def films(self) -> list[Scratch]:
        """What can be watched: the 720p film first, then the 1080p film where it was wanted."""
        return [self._made[name] for name in ("proxy", "fine") if name in self._made]

    def contents(self, facts: Facts) -> Contents:
        """The bytes of every artefact, and what a page must know of it."""
        view = {name: scratch.view() for name, scratch in self._made.items()}
        peaks = json.dumps(peaks_of(view["sound"]), separators=(",", ":")).encode()
        found: Contents = {
            ArtefactKind.PROXY: (view["proxy"], {}),
            ArtefactKind.SPRITE: (view["sprite"], _places(facts)),
            ArtefactKind.POSTER: (last_jpeg(view["poster"]), {}),
            ArtefactKind.PEAKS: (memoryview(peaks), {"per_second": PEAKS_A_SECOND}),
        }
        if "fine" in view:
            width, height = rules.fitted(facts.width, facts.height, rules.FINE_SIDE)
            found[ArtefactKind.FINE] = (view["fine"], {"width": width, "height": height})
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


class Extras:
    """What a film made of several needs besides them, for as long as the `with` lasts."""

    def __init__(self, plan: Plan) -> None:
        self._stack = ExitStack()
        self._pictures = [self._lent("card", picture) for picture in plan.cards]
        self._music = self._lent("music", sounds.loop(plan.music))

    def _lent(self, label: str, data: bytes) -> Scratch:
        scratch = self._stack.enter_context(Scratch(label))
        scratch.fill([data])
        return scratch

    @property
    def pictures(self) -> list[str]:
        """The pictures with words on them, as open files."""
        return [scratch.path for scratch in self._pictures]

    @property
    def music(self) -> str:
        """The music, as an open file; an empty one for none."""
        return self._music.path

    @property
    def files(self) -> list[int]:
        """The open files themselves."""
        return [scratch.fd for scratch in (*self._pictures, self._music)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


class Lent:
    """Pictures of ours that a program is lent as open files, for as long as the `with` lasts."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._stack = ExitStack()
        self._lent = {name: self._stack.enter_context(Scratch(name)) for name in pictures}
        for name, data in pictures.items():
            self._lent[name].fill([data])

    @property
    def paths(self) -> dict[str, str]:
        """How the program reaches each."""
        return {name: scratch.path for name, scratch in self._lent.items()}

    @property
    def files(self) -> list[int]:
        """The open files themselves."""
        return [scratch.fd for scratch in self._lent.values()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


def peaks_of(sound: memoryview) -> dict[str, object]:
    """The loudest moment of every twentieth of a second, from 0 to 1; none for a silent film."""
    samples = array("h", sound[: len(sound) // 2 * 2].tobytes())
    step = graph.PEAKS_RATE // PEAKS_A_SECOND
    pieces = (samples[at : at + step] for at in range(0, len(samples), step))
    peaks = [round(max(max(piece), -min(piece)) / 32768, 3) for piece in pieces]
    return {"per_second": PEAKS_A_SECOND, "peaks": peaks}


def _places(facts: Facts) -> dict[str, object]:
    """Where in the sheet which moment is."""
    sheet = graph.sheet_for(facts)
    return {
        "every_ms": sheet.every_ms,
        "count": sheet.count,
        "columns": graph.COLUMNS,
        "rows": sheet.rows,
        "width": sheet.width,
        "height": sheet.height,
    }


def last_jpeg(data: memoryview) -> memoryview:
    """The last of the pictures that were written one after the other."""
    return data[max(0, bytes(data).rfind(b"\xff\xd8\xff")) :]
