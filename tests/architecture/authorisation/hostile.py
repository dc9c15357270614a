"""Words that mean harm, sent to every form by the person who may send it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.architecture.authorisation import payloads
from tests.architecture.authorisation.addresses import Address, addresses
from tests.architecture.authorisation.asking import Answer
from tests.architecture.authorisation.pages import Page
from tests.architecture.authorisation.table import Line, lines
from tests.architecture.authorisation.things import World

SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
WORDS = {
    "script": SCRIPT,
    "quotes": "\"' onmouseover=alert(1) x='",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "bidi": "\u202egpj.exe\u202c and \u2066more\u2069",
    "zero-width": "a\u200bb\u200dc\ufeffd",
    "nul": "a\x00b",
    "surrogate": "a\ud800b".encode("utf-8", "surrogatepass").decode("latin-1"),
    "formula": '=HYPERLINK("http://elsewhere.example","x")',
    "a megabyte": "w" * 1_000_000,
}
# Fields that take words although no page of theirs can be read first.
WORDY = set(
    """activity covered evidence label look_for name place public_name question reason reflection
    rule title what_went_well why words working_points exception child_assent code form_version
    password email""".split()  # noqa: SIM905
)
QUERIES = "after before clip comment film id next number permit q since until with case cycle page"


def told(world: World) -> dict[str, list[str]]:
    """What was wrong with each address that takes words."""
    known = {address.key: address for address in reversed(addresses())}
    return {
        line.name: list(_told(world, line, known[line.name]))
        for line in lines()
        if line.name in known and line.name in payloads.FORMS and line.post
    }


def _told(world: World, line: Line, address: Address) -> Iterator[str]:
    part = sorted(line.post)[0]
    path = address.path(world.ids.get(line.thing))
    form = payloads.FORMS[line.name](world)
    page = world.knocker.ask(part, "GET", path)
    seen = {facts.get("name", "") for facts in Page(page.body).fields} if page.is_html else set()
    wordy = (seen | WORDY) & {*form, *seen} - {"csrfmiddlewaretoken"}
    for kind, words in WORDS.items():
        sent = {**form, **dict.fromkeys(wordy, words)}
        for looker, where, answer in world.knocker.tell(part, path, sent, _readers(world, line)):
            for fault in _faults(kind, answer):
                yield f"{kind} in {', '.join(sorted(wordy))}, {where} as {looker}: {fault}"


def _readers(world: World, line: Line) -> list[tuple[str, str]]:
    """Who reads what was sent, and where: every page of the same thing, for all who may."""
    known = {address.key: address for address in reversed(addresses())}
    pages = [other for other in lines() if line.group and other.group == line.group and other.get]
    return [
        (part, known[other.name].path(world.ids[other.thing]))
        for other in pages
        if other.name in known and other.thing in world.ids and not other.name.endswith("film")
        for part in sorted(other.get)[:3]
    ]


def _faults(kind: str, answer: Answer) -> Iterator[str]:
    if answer.status >= 500:
        yield f"broke: {answer.said()}"
    if not answer.is_html:
        return
    if b"<script>alert" in answer.body or b"<img src=x" in answer.body:
        yield "the words are not inert"
    found = Page(answer.body)
    yield from (f"runs {fault}" for fault in found.inline)
    if b"Traceback" in answer.body or b"Exception" in answer.body:
        yield "shows a trace"


def kept(world: World) -> dict[str, list[str]]:
    """What was wrong with each address that takes JSON."""
    known = {address.key: address for address in reversed(addresses())}
    faults: dict[str, list[str]] = {}
    for line in lines():
        if line.name not in payloads.JSON or line.name not in known:
            continue
        part = sorted(line.post)[0]
        path = known[line.name].path(world.ids.get(line.thing))
        sent = [*_poisoned(payloads.JSON[line.name]), b"", b"{", b"[]", b"null", b"[" * 5000]
        answers = [
            world.knocker.ask(part, "POST", path, data=body, content_type="application/json")
            for body in sent
        ]
        faults[line.name] = [
            f"{body[:60]!r}: {answer.said()}"
            for body, answer in zip(sent, answers, strict=True)
            if answer.status >= 500
        ]
    return faults


def _poisoned(good: bytes) -> list[bytes]:
    """The same JSON with NUL, half a character and a script in its words."""
    poisons = (b"\\u0000", b"\\ud800", b"<script>alert(1)</script>")
    return [good.replace(b'"b"', b'"b' + each + b'"').replace(b"play", each) for each in poisons]


def asked(world: World) -> dict[str, list[str]]:
    """What was wrong with each address that reads a question from its address line."""
    known = {address.key: address for address in reversed(addresses())}
    return {
        line.name: list(_asked(world, line, known[line.name]))
        for line in lines()
        if line.name in known and line.get and line.room not in ("account", "house")
    }


def _asked(world: World, line: Line, address: Address) -> Iterator[str]:
    part = sorted(line.get)[-1]
    path = address.path(world.ids.get(line.thing) if line.thing else None)
    for kind in ("script", "nul", "quotes", "bidi"):
        query = urlencode(dict.fromkeys(QUERIES.split(), WORDS[kind]))
        answer = world.knocker.ask(part, "GET", f"{path}?{query}")
        for fault in _faults(kind, answer):
            yield f"{kind} in the query as {part}: {fault}"
