"""The official tus client (and the official server, for the bench) in Node, as npm pinned them."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

CLIENTS = Path(__file__).parent / "clients"
NPM = ["npm", "ci", "--omit=optional", "--no-audit", "--no-fund", "--ignore-scripts"]


@cache
def lacking() -> str:
    """Nothing, once Node and the packages of the lock file are here; else what is not."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "Node with npm is not installed on this machine (apt-get install nodejs npm)."
    lock, stamp = CLIENTS / "package-lock.json", CLIENTS / "node_modules" / ".lock"
    if stamp.exists() and stamp.read_text() == lock.read_text():
        return ""
    ran = subprocess.run(NPM, cwd=CLIENTS, capture_output=True, text=True)
    if ran.returncode:
        return "The npm packages of tests/footage/clients could not be fetched."
    stamp.write_text(lock.read_text())
    return ""


def node(script: str, *words: str, **more: Any) -> subprocess.Popen[str]:
    """A script of tests/footage/clients, running."""
    command = ["node", script, *words]
    return subprocess.Popen(command, cwd=CLIENTS, stdout=subprocess.PIPE, text=True, **more)


def send(**told: Any) -> dict[str, Any]:
    """What tus-js-client made of it; see clients/send.mjs for what may be told."""
    sender = node("send.mjs", stdin=subprocess.PIPE)
    words, _ = sender.communicate(json.dumps(told), timeout=600)
    return json.loads(words.splitlines()[-1])
