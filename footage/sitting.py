"""One sender's turn: sealed at once, put by two threads, counted when it is durable."""

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from footage import keys, rules, seal, wrapping
from footage.errors import StoreTrouble, UploadRefused
from footage.models import Film, Upload
from footage.seal import Layout, Put, Seal, Writer
from footage.states import GONE, KEYLESS
from footage.stores import store

KEPT_FOR = timedelta(days=7)
ABREAST = 2
NOTE_EVERY = 0.5
ROLL_EVERY = 10.0
TAKEN_OVER = "Somebody else carries on with this upload."


class Belt:
    """Parts on their way to the store: two abreast, counted in the order they were given."""

    def __init__(self, put: Put) -> None:
        self._put, self.done = put, 0
        self._pool = ThreadPoolExecutor(ABREAST, "part")
        self._under: deque[tuple[Future[None], memoryview]] = deque()
        self._rooms: list[memoryview] = []

    def room(self, length: int) -> memoryview:
        """Memory for a part: that of an earlier one, which costs the machine less than new."""
        used = self._rooms.pop() if self._rooms else memoryview(b"")
        return used if len(used) >= length else seal.fresh_room(length)

    def give(self, name: str, part: memoryview) -> None:
        """The part is on its way; while too many are, the sender has to wait."""
        if len(self._under) == ABREAST:
            self._first()
        self._under.append((self._pool.submit(self._put, name, part), part))

    def settle(self, *, wait: bool = False) -> None:
        """Every part that is durable by now (or, with wait, every part) is counted."""
        while self._under and (wait or self._under[0][0].done()):
            self._first()

    def close(self) -> None:
        """Nothing is written any more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _first(self) -> None:
        future, part = self._under.popleft()
        try:
            future.result()
        except Exception as trouble:
            self._under.clear()  # what comes after a gap never counts
            raise StoreTrouble(str(trouble)) from trouble
        self.done += 1
        self._rooms.append(part)


class Sitting:
    """Seals what comes and notes in the database how far it is safe."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self._key = keys.film_key(upload.film)
        self._seal = Seal(self._key, upload.object)
        self._belt = Belt(store().put)
        self._touched = self._noted = time.monotonic()
        self._loose = False
        self._begin(upload.layout, _open_tail(self._key, upload))

    def _begin(self, layout: Layout, tail: bytes) -> None:
        """A new epoch, after what the layout counts already."""
        self._before, self._done_before = layout, self._belt.done
        self._done_noted = self._belt.done
        self._writer = Writer(
            self._seal,
            self._belt.give,
            layout,
            epoch=self.upload.epoch,
            tail=tail,
            room=self._belt.room,
        )

    def take(self, data: memoryview, *, may_note: bool) -> None:
        """Sealed; noted now and then, and touched so that everybody sees that we are alive."""
        self._loose = True
        self._writer.write(data)
        self._belt.settle()
        now = time.monotonic()
        if may_note and now - self._noted > ROLL_EVERY:
            self.note(roll=True)
        elif may_note and self._belt.done > self._done_noted and now - self._noted > NOTE_EVERY:
            self.note()
        elif now - self._touched > NOTE_EVERY:
            self._save(touched_at=timezone.now())

    def rest(self, *, may_note: bool) -> bool:
        """The sender is silent for the moment; True when somebody else would like to carry on."""
        if may_note and self._loose and time.monotonic() - self._noted > ROLL_EVERY:
            self.note(roll=True)
        wanted = list(self._mine().values_list("wanted_at", flat=True))
        if not wanted:
            raise UploadRefused(409, TAKEN_OVER)
        return wanted[0] is not None

    def note(self, *, leave: bool = False, roll: bool = False) -> None:
        """What is durable is counted; everything is when we leave, or roll on to a new epoch.

        UploadRefused when somebody else has taken over, StoreTrouble when a part was not kept.
        """
        layout, tail = self._all() if leave or roll else (self._durable(), b"")
        upload, now = self.upload, timezone.now()
        upload.runs = [list(run) for run in layout.runs]
        upload.offset = min(layout.written * seal.CHUNK, upload.size) + len(tail)
        upload.tail = wrapping.wrap(self._key, tail, _tail_purpose(upload)) if tail else b""
        upload.epoch += roll
        self._save(
            runs=upload.runs,
            offset=upload.offset,
            tail=upload.tail,
            epoch=upload.epoch,
            touched_at=now,
            expires_at=now + KEPT_FOR,
            **({"writer": None} if leave else {}),
        )
        self._noted, self._done_noted = time.monotonic(), self._belt.done
        if roll:
            self._begin(layout, tail)

    def leave(self) -> None:
        """Nothing more of this turn counts; the next sender may begin."""
        self._save(writer=None)

    def close(self) -> None:
        """No thread writes for us any more; of a film destroyed meanwhile nothing lies."""
        self._belt.close()
        film = Film.objects.filter(pk=self.upload.film_id)
        if film.filter(state__in=KEYLESS).exists():
            store().delete(str(self.upload.film_id))

    def _all(self) -> tuple[Layout, bytes]:
        """Everything that came, durable: whole chunks in parts, and the bytes after them."""
        self._writer.flush()
        self._belt.settle(wait=True)
        self._loose = False
        return self._writer.layout, self._writer.tail

    def _durable(self) -> Layout:
        """The parts that came through so far."""
        parts = self._belt.done - self._done_before
        return self._before.grown(self.upload.epoch, parts * seal.PART_CHUNKS)

    def _mine(self) -> QuerySet[Upload]:
        return Upload.objects.filter(pk=self.upload.pk, writer=self.upload.writer)

    def _save(self, **facts: object) -> None:
        if not self._mine().update(**facts):
            if Film.objects.filter(pk=self.upload.film_id, state__in=GONE).exists():
                raise UploadRefused(410, rules.LOCKED)
            raise UploadRefused(409, TAKEN_OVER)
        self._touched = time.monotonic()


def _tail_purpose(upload: Upload) -> str:
    return f"tail|{upload.film_id}|{upload.offset}"


def _open_tail(key: bytes, upload: Upload) -> bytes:
    return wrapping.unwrap(key, bytes(upload.tail), _tail_purpose(upload)) if upload.tail else b""
