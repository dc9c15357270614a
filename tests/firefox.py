"""Firefox as the tests drive it, over WebDriver BiDi: no driver program, one socket."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websockets.sync.client import ClientConnection, connect

WAIT = 60.0
LARGEST = 64 * 1024 * 1024
CHOICES = {
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,",
    "browser.shell.checkDefaultBrowser": False,
}


def firefox() -> str | None:
    """The Firefox of this machine, or None when there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Page:
    """One page of a Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._asked = socket, 0
        self.ask("session.new", capabilities={})
        self._page = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers to this command."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=WAIT))
            if told.get("id") == self._asked:
                assert told["type"] == "success", told
                return told["result"]

    def open(self, address: str, cookie: dict[str, str]) -> None:
        """The page of this address has loaded, for whoever has this cookie."""
        host = re.sub(r"^https?://|[:/].*$", "", address)
        value = {"type": "string", "value": cookie["value"]}
        self.ask("storage.setCookie", cookie={**cookie, "value": value, "domain": host})
        size = {"width": 1280, "height": 900}
        self.ask("browsingContext.setViewport", context=self._page, viewport=size)
        self.ask("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def run(self, words: str) -> Any:
        """What these words of JavaScript come to, as JSON can say it."""
        answer = self.ask(
            "script.evaluate",
            expression=f"Promise.resolve({words}).then((found) => JSON.stringify(found ?? null))",
            target={"context": self._page},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def press(self, key: str) -> None:
        """The key was pressed and let go."""
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.ask("input.performActions", context=self._page, actions=[keyboard])

    def picture(self) -> bytes:
        """What can be seen, as PNG."""
        return base64.b64decode(
            self.ask("browsingContext.captureScreenshot", context=self._page)["data"]
        )


@contextmanager
def opened() -> Iterator[Page]:
    """A page of a Firefox of its own, which is gone afterwards."""
    program = firefox()
    assert program, "there is no Firefox here"
    with TemporaryDirectory(prefix="attune-firefox-", ignore_cleanup_errors=True) as profile:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in CHOICES.items()]
        Path(profile, "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", profile]
        log = Path(profile, "log")
        with (
            log.open("wb") as words,
            subprocess.Popen(
                [*command, "--remote-debugging-port", "0", "about:blank"],
                stdout=words,
                stderr=words,
            ) as browser,
        ):
            try:
                with connect(_address(browser, log), max_size=LARGEST) as socket:
                    yield Page(socket)
            finally:
                browser.terminate()
                browser.wait(timeout=30)


def _address(browser: subprocess.Popen[bytes], log: Path) -> str:
    """Where it listens, as soon as it says so."""
    for _ in range(int(WAIT * 10)):
        found = re.search(rb"BiDi listening on (ws://\S+)", log.read_bytes())
        if found:
            return f"{found[1].decode()}/session"
        try:
            browser.wait(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"Firefox did not open its door: {log.read_bytes()[-500:]!r}")
