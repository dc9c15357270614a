"""Reading a page as a browser would: what it runs inline, and what it loads from where."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

LOADED = {"href", "src", "action", "formaction", "poster", "data", "hx-get", "hx-post", "srcset"}
OURS = {"", "testserver", "localhost", "attune.example"}
DATA = ("application/json", "importmap", "text/x-template")


class Page(HTMLParser):
    """The faults of one page, in words."""

    def __init__(self, body: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.outside: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.feed(body.decode("utf-8", "replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        facts = {name: value or "" for name, value in attrs}
        kind = facts.get("type", "")
        if tag == "style" or (tag == "script" and "src" not in facts and kind not in DATA):
            self.inline.append(f"<{tag}>")
        for name, value in facts.items():
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{name}={value[:40]!r} on <{tag}>")
            if name in LOADED:
                self._look_at(tag, name, value)
        if tag in ("input", "textarea") and kind in ("", "text", "search"):
            self.fields.append(facts)

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if value.strip().lower().startswith("javascript:"):
            self.inline.append(f"{name}={value[:40]!r} on <{tag}>")
        for address in value.split(",") if name == "srcset" else [value]:
            parts = urlsplit(address.strip().split(" ")[0])
            if parts.scheme in ("http", "https", "") and (parts.hostname or "") not in OURS:
                self.outside.append(f"<{tag} {name}={address[:80]!r}>")
