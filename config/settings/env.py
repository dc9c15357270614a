"""What the environment says: the only place that reads it."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ATTUNE_VAR", ROOT / "var")).resolve()
EMBEDDED, PRODUCTION = "embedded", "production"
MODE = os.environ.get("ATTUNE_MODE", EMBEDDED)


def text(name: str, default: str = "") -> str:
    """The words of an environment variable, or the default."""
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """A whole number from the environment; a clear refusal for anything else."""
    words = os.environ.get(name, str(default))
    try:
        return int(words)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {words!r}.") from wrong


def yes(name: str, default: bool = False) -> bool:
    """True for 1, true, yes or on."""
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def required(name: str) -> str:
    """A value that production cannot do without."""
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"{name} must be set when ATTUNE_MODE is production.")
    return os.environ[name]


def secret(name: str, file_name: str) -> str:
    """A secret from NAME or from the file NAME_FILE names; embedded mode makes one once, in VAR."""
    found = given(name)
    if found:
        return found
    if MODE == PRODUCTION:
        return required(name)
    return kept(VAR / file_name)


def given(name: str) -> str:
    """What NAME holds, or the file that NAME_FILE names; nothing when neither is set."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name and os.environ.get(name):
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both: which one would hold?")
    return guarded(Path(file_name), name) if file_name else os.environ.get(name, "")


def several(name: str) -> list[str]:
    """The secrets that NAME or the file NAME_FILE holds, separated by commas or lines."""
    parts = given(name).replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def guarded(path: Path, name: str) -> str:
    """The secret in this file; refused when others than its owner and group can come near it."""
    try:
        with path.open() as file:
            mode = os.fstat(file.fileno()).st_mode
            held = file.read().strip()
    except OSError as wrong:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {wrong.strerror}.") from None
    if mode & 0o027:
        raise ImproperlyConfigured(
            f"{name}_FILE is open to others (mode {mode & 0o777:o}). "
            "Let its owner alone read it: chmod 400."
        )
    if not held:
        raise ImproperlyConfigured(f"{name}_FILE is empty.")
    return held


def kept(path: Path) -> str:
    """The secret in this file, made by whoever comes first (readable by its owner alone)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


if MODE not in {EMBEDDED, PRODUCTION}:
    raise ImproperlyConfigured(f"ATTUNE_MODE is {MODE!r}; it can be embedded or production.")

DEMO = yes("ATTUNE_DEMO")
if DEMO and MODE == PRODUCTION:
    raise ImproperlyConfigured("The demo never starts with production settings: unset ATTUNE_DEMO.")
