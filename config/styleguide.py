"""Every part of the look in every state, on one page, with made-up content."""

from types import SimpleNamespace as Part
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PRINCIPLES = (
    (1, "◯", "Being attentive"),
    (2, "◔", "Encouraging initiatives"),
    (3, "◐", "Receiving initiatives"),
    (4, "◑", "Developing attuned interactions"),
    (5, "◕", "Guiding"),
    (6, "●", "Deepening discussion"),
)
SPANS = {
    1: ((40, 120), (330, 90)),
    2: ((170, 50),),
    3: ((230, 40), (345, 35), (710, 40)),
    4: ((390, 140),),
}
STATES = (
    ("ready", "Ready to watch"),
    ("signed", "Signed by you both"),
    ("submitted", "Sent to Ruth"),
    ("waiting", "Waiting for an answer"),
    ("deferred", "Deferred to March"),
    ("withdrawn", "Consent withdrawn"),
    ("ahead", "Not yet begun"),
)


class CycleForm(forms.Form):
    """One of each kind of question."""

    filmed_on = forms.DateField(
        label="When did you film?",
        help_text="The day itself, not the day you wrote this.",
    )
    activity = forms.CharField(label="What were they doing together?", max_length=80)
    setting = forms.ChoiceField(
        label="Where?",
        widget=forms.RadioSelect,
        choices=[
            ("home", "At home"),
            ("clinic", "In the clinic"),
            ("school", "At nursery or school"),
        ],
    )
    seen = forms.MultipleChoiceField(
        label="What did you see?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(number, f"{number} {glyph} {name}") for number, glyph, name in PRINCIPLES[:3]],
    )
    supervisor = forms.ChoiceField(
        label="Who answers?", choices=[("", "Choose a person"), ("ruth", "Ruth Okafor")]
    )
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, required=False)
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(
        label="The parent agreed to this film being seen in supervision.",
        help_text="They can change their mind at any time.",
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the parts; `?wrong` the form with things to look at again, `?film` the workbench."""
    typed = {"activity": "Play on the mat", "setting": "home", "seen": ["3"]}
    form = CycleForm(typed) if "wrong" in request.GET else CycleForm(initial=typed)
    page = "styleguide/workbench.html" if "film" in request.GET else "styleguide.html"
    return render(request, page, {**_samples(), "form": form})


def _samples() -> dict[str, Any]:
    """Made-up content for each part."""
    return {
        **_house(),
        "stations": _stations(),
        "principles": [
            Part(number=n, glyph=glyph, name=name, short=name.split()[0], spans=_spans(n, name))
            for n, glyph, name in PRINCIPLES
        ],
        "states": [Part(state=state, word=word) for state, word in STATES],
        "steps": [
            Part(label="Consent", state="done"),
            Part(label="The film", state="here"),
            Part(label="What you saw", state="ahead"),
            Part(label="Check", state="ahead"),
        ],
        "spans": [
            _moment("02:12.8", "02:16.1", "She waits. He looks, she answers with her eyebrows.", 3),
            _moment("02:27.0", "03:20.4", "Turn, turn, turn. Four in a row.", 4),
        ],
        "rows": [
            _row("B7", "3 of 4", "12 November", "open", "Under way"),
            _row("C2", "4 of 4", "2 October", "completed", "Completed"),
            _row("D11", "1", "19 November", "waiting", "Waiting for consent"),
        ],
    }


def _house() -> dict[str, Any]:
    places = ("Your road", "road"), ("Cases", "case"), ("Films", "film"), ("Course", "course")
    return {
        "navigation": [
            Part(label=label, url="#", icon=icon, is_here=label == "Your road")
            for label, icon in (*places, ("Supervision", "talk"))
        ],
        "unread_notices": 3,
        "footer_links": [Part(label="Public register", url="#"), Part(label="Privacy", url="#")],
    }


def _stations() -> list[Part]:
    return [
        Part(label="Course", note="Finished 4 March", state="done", url="#"),
        Part(label="Stage 1", note="Progressed 2 September", state="done", url="#"),
        Part(label="Stage 2", note="You are here", state="here", url="#"),
        Part(label="Stage 3", note="12 cycles", state="ahead"),
        Part(label="Accredited", note="", state="ahead"),
    ]


def _moment(start: str, end: str, words: str, number: int) -> Part:
    _, glyph, name = PRINCIPLES[number - 1]
    return Part(start=start, end=end, words=words, url="#", number=number, glyph=glyph, name=name)


def _spans(number: int, name: str) -> list[Part]:
    return [
        Part(
            x=x, width=width, label=f"{name}, span {i + 1}", url="#", is_here=number == 3 and i == 1
        )
        for i, (x, width) in enumerate(SPANS.get(number, ()))
    ]


def _row(code: str, cycles: str, day: str, state: str, word: str) -> list[Part]:
    return [
        Part(label="Family", text=code, url="#"),
        Part(label="Cycles", text=cycles),
        Part(label="Last film", text=day),
        Part(label="Where it stands", text=word, state=state),
    ]
