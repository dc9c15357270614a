"""Films whose every frame says its number, in bars that survive any compression, and their readers.

Sixteen columns are the bits of the number; below them the same bits turned round. A picture that is
no frame of such a film, or a mixture of two, reads as None.
"""

import subprocess
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from footage import binaries
from footage.memory import Scratch
from tests.footage.films import FOLDER

COLUMNS, ROWS = 16, 9
SIZE = "640x360"
TONE = "aevalsrc=exprs='0.5*sin(2*PI*(200+100*floor(t))*t)':s=48000"  # a note higher every second


def frame(number: int) -> bytes:
    """The bars of one number, a byte a field."""
    bits = [255 * (number >> place & 1) for place in range(COLUMNS)]
    turned = [255 - bit for bit in bits]
    edge = [255 * (place % 2) for place in range(COLUMNS)]
    return bytes(bits * 4 + turned * 4 + edge)


@cache
def numbered(rate: str = "25", frames: int = 150, sound: bool = True, uneven: bool = False) -> Path:
    """A film of this many frames, each with its number; `uneven`: as a phone's in the dark."""
    path = FOLDER / f"numbered-{rate.replace('/', '-')}-{frames}-{sound}-{uneven}.mp4"
    film = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{COLUMNS}x{ROWS}", "-r", rate, "-i", "-"]
    heard = ["-f", "lavfi", "-i", TONE, "-c:a", "aac", "-shortest"] if sound else []
    pace = ["-vf", f"scale={SIZE.replace('x', ':')}:flags=neighbor,format=yuv420p"]
    if uneven:
        pace[1] += ",setpts='PTS+if(mod(N,3),0,0.3/FR/TB)+0.2*mod(N,2)/FR/TB'"
        pace += ["-vsync", "vfr", "-enc_time_base", "1/90000"]
    made = ["-c:v", "libx264", "-preset", "veryfast", "-g", "48", str(path)]
    subprocess.run(
        [binaries.ffmpeg(), "-v", "error", "-y", *film, *heard, *pace, *made],
        input=b"".join(frame(number) for number in range(frames)),
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path


def read(fields: Sequence[int]) -> int | None:
    """The number in a picture of 16 by 9 fields."""
    above = [fields[COLUMNS + place] + fields[2 * COLUMNS + place] for place in range(COLUMNS)]
    below = [fields[5 * COLUMNS + place] + fields[6 * COLUMNS + place] for place in range(COLUMNS)]
    if any(abs(high - low) < 256 for high, low in zip(above, below, strict=True)):
        return None
    pairs = zip(above, below, strict=True)
    return sum(1 << place for place, (high, low) in enumerate(pairs) if high > low)


def read_picture(data: bytes, box: tuple[float, float, float, float] | None = None) -> int | None:
    """The number in a picture, or in this part of it (left, top, right, bottom)."""
    image = Image.open(BytesIO(data)).convert("L")
    return read(image.resize((COLUMNS, ROWS), Image.Resampling.BOX, box).tobytes())


def read_film(film: bytes, *words: str, height: int = 0) -> list[int | None]:
    """The number of every frame that can be decoded, `words` before the input.

    With `height` only so many lines from the top are looked at: below them something was added.
    """
    part = [f"crop=iw:{height}:0:0"] if height else []
    seen = ",".join([*part, f"scale={COLUMNS}:{ROWS}:flags=area,format=gray"])
    made = ["-vf", seen, "-fps_mode", "passthrough", "-f", "rawvideo", "-"]
    found = asked(binaries.ffmpeg(), film, ["-v", "error", *words, "-i"], made)
    size = COLUMNS * ROWS
    return [read(found[at : at + size]) for at in range(0, len(found), size)]


def asked(program: str, film: bytes, before: list[str], behind: list[str]) -> bytes:
    """What a program answers about this film, which lies in memory."""
    with Scratch("asked") as scratch:
        scratch.fill([film])
        command = [program, *before, scratch.path, *behind]
        done = subprocess.run(
            command, check=True, capture_output=True, timeout=120, pass_fds=[scratch.fd]
        )
    return done.stdout
