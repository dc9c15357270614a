"""The programs that look at films, wherever this machine keeps them."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from footage.errors import MachineTrouble

NONE = "none"
LINKED = ("/bin", "/lib", "/lib64", "/sbin")
FOR_PROGRAMS = ("/etc/alternatives", "/etc/ld.so.cache")


def ffmpeg() -> str:
    """The ffmpeg to use: the one in the settings, on the PATH, or inside imageio-ffmpeg."""
    return _ffmpeg(settings.FFMPEG)


def ffprobe() -> str | None:
    """The ffprobe to use; None without one, or if the setting says `none`: PyAV then probes."""
    if settings.FFPROBE == NONE:
        return None
    return settings.FFPROBE or shutil.which("ffprobe")


@cache
def bubblewrap() -> str | None:
    """The bubblewrap that works here; None where there is none or the kernel forbids it."""
    found = shutil.which("bwrap")
    if not found:
        return None
    trial = [found, *cage([Path("/usr/bin/true")]), "/usr/bin/true"]
    done = subprocess.run(trial, capture_output=True, timeout=20, check=False)
    return found if done.returncode == 0 else None


def cage(programs: Sequence[Path], filter_file: int | None = None) -> list[str]:
    """bubblewrap's arguments: no network, no files but the programs', nowhere to write to."""
    places: list[str] = ["--ro-bind", "/usr", "/usr"]
    for name in LINKED:
        path = Path(name)
        if path.is_symlink():
            places += ["--symlink", str(path.readlink()), name]
        elif path.exists():
            places += ["--ro-bind", name, name]
    for name in FOR_PROGRAMS:
        places += ["--ro-bind-try", name, name]
    for folder in _folders_of(programs):
        places += ["--ro-bind", folder, folder]
    return [
        *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *places,
        *("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/"),
        *(("--seccomp", str(filter_file)) if filter_file is not None else ()),
        *("--chdir", "/", "--"),
    ]


def readable(programs: Sequence[Path]) -> list[str]:
    """What the programs may read where there is no bubblewrap: what the cage would show."""
    return ["/usr", *LINKED, *FOR_PROGRAMS, "/dev/urandom", *_folders_of(programs)]


def _folders_of(programs: Sequence[Path]) -> list[str]:
    """What programs outside /usr bring along, without doubles."""
    return sorted({folder for program in programs for folder in _folders_of_one(program)})


def _folders_of_one(program: Path) -> list[str]:
    """What a program outside /usr brings along; Python brings its whole home."""
    if program == Path(sys.executable):
        homes = {sys.prefix, sys.base_prefix, str(Path(__file__).parent)}
        homes |= {str(Path(sys.executable).resolve().parent.parent)}
        return sorted(
            home for home in homes if not home.startswith("/usr/") or home == "/usr/local"
        )
    return [] if program.is_relative_to("/usr") else [str(program.parent)]


@cache
def _ffmpeg(setting: str) -> str:
    if setting:
        return setting
    on_path = shutil.which("ffmpeg")
    if on_path:
        return on_path
    try:
        import imageio_ffmpeg

        return imageio_ffmpeg.get_ffmpeg_exe()
    except (ImportError, RuntimeError) as wrong:
        raise MachineTrouble("There is no ffmpeg on this machine.") from wrong
