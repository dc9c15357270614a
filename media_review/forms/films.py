"""Shapes of what is typed: times, spans, choices. No rules of the field live here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from attunement.queries import PrincipleCard
from caselogs.models import Case, Cycle
from media_review import rules
from media_review.forms.options import OptionsForm
from media_review.kinds import CommentKind, Custody, RecordingKind, Who

Cards = tuple[PrincipleCard, ...]
KIND_CHOICES = [
    (CommentKind.STRENGTH, "A strength: what works here"),
    (CommentKind.WONDERING, "A wondering: I wonder…"),
    (CommentKind.WORKING_POINT, "A working point: more of…"),
]


class ClockField(forms.CharField):
    """A time in the film, typed as 2:14.3 and cleaned to milliseconds."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "off", "data-clock": "", "size": 8, "spellcheck": "false"}
        )
        super().__init__(max_length=14, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """Milliseconds as people write them; what was typed stays as typed."""
        return rules.clock_exact(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Milliseconds, or a sentence about how to write a time."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return rules.parse_clock(text)
        except ValueError:
            raise forms.ValidationError(
                "Please write the time as minutes and seconds, for example 2:14.3."
            ) from None


class PrincipleBoxes(forms.CheckboxSelectMultiple):
    """One box a principle, knowing its number, glyph and name."""

    cards: tuple[PrincipleCard, ...] = ()

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **more: Any) -> Any:
        """The option with its card, for the chip that the template draws."""
        option = super().create_option(name, value, label, *rest, **more)
        option["card"] = next((card for card in self.cards if str(card.id) == str(value)), None)
        return option


class PrinciplesField(forms.MultipleChoiceField):
    """Any number of principles of the current framework, cleaned to their ids."""

    def __init__(self) -> None:
        super().__init__(
            label="Principles", required=False, widget=PrincipleBoxes(), help_text="Keys 1 to 6"
        )

    def offer(self, cards: tuple[PrincipleCard, ...]) -> None:
        """These can be chosen."""
        self.widget.cards = cards
        self.choices = [(str(card.id), f"{card.number} {card.short}") for card in cards]


class CycleSelect(forms.Select):
    """A choice of cycles, each knowing its case, so that a page can offer only the fitting ones."""

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **more: Any) -> Any:
        """The option with the case it belongs to."""
        option = super().create_option(name, value, label, *rest, **more)
        if cycle := getattr(value, "instance", None):
            option["attrs"]["data-case"] = str(cycle.case_id)
        return option


class RecordingForm(forms.Form):
    """A film that is about to come: of which case, which kind, kept where."""

    recording_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    case = forms.ModelChoiceField(
        queryset=Case.objects.none(),
        label="Which case?",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    cycle = forms.ModelChoiceField(
        queryset=Cycle.objects.none(),
        label="Which cycle?",
        required=False,
        empty_label="Not in the log yet",
        widget=CycleSelect,
    )
    kind = forms.ChoiceField(
        label="What does it show?",
        choices=RecordingKind.choices,
        widget=forms.RadioSelect,
        initial=RecordingKind.INTERACTION,
    )
    filmed_on = forms.DateField(label="When was it filmed?", initial=timezone.localdate)
    custody = forms.ChoiceField(
        label="Where does the film rest?",
        choices=Custody.choices,
        widget=forms.RadioSelect,
        initial=Custody.PLATFORM,
    )
    place = forms.CharField(
        label="Where does your service keep it?",
        required=False,
        max_length=200,
        help_text="For example: the team’s secure drive. Never a name.",
    )
    note = forms.CharField(
        label="A note to yourself",
        required=False,
        max_length=200,
        help_text="For example: play on the mat. Never a name.",
    )

    def __init__(self, *args: Any, cases: Any, cycles: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the service asks for; where it is kept only when that is elsewhere."""
        facts = dict(self.cleaned_data)
        case, cycle = facts.pop("case"), facts.pop("cycle")
        if facts["custody"] != Custody.ELSEWHERE:
            facts["place"] = ""
        return {**facts, "case_id": case.pk, "cycle_id": cycle.pk if cycle else None}


class ClipForm(OptionsForm):
    """A clip: in, out, and what was seen."""

    start_ms = ClockField(label="In")
    end_ms = ClockField(label="Out")
    title = forms.CharField(
        max_length=120,
        required=False,
        label="A name for it",
        widget=forms.TextInput(attrs={"placeholder": "The eyebrows"}),
    )
    principle_ids = PrinciplesField()
    why = forms.CharField(
        max_length=2000,
        required=False,
        label="Why this moment?",
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": "What goes better than usual here?"}
        ),
    )
    who = forms.ChoiceField(choices=Who.choices, label="Who is seen?", initial=Who.BOTH)

    def __init__(self, *args: Any, principles: Cards = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["principle_ids"].offer(principles)  # type: ignore[attr-defined]


class ComposeForm(forms.Form):
    """Clips in an order, one question, one supervisor or one group."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    clips = forms.MultipleChoiceField(required=False, label="Clips")
    order = forms.CharField(required=False, widget=forms.HiddenInput)
    question = forms.CharField(
        max_length=1000,
        required=False,
        label="Your question",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One question is enough. For example: where do I wait, and where do I lead?",
    )
    look_for = forms.CharField(
        max_length=1000,
        required=False,
        label="What would you like looked at?",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.ChoiceField(
        label="Who looks at them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose one supervisor, or one of your groups."},
    )

    def __init__(
        self, *args: Any, readers: list[tuple[str, str]], clip_ids: list[UUID], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = readers  # type: ignore[attr-defined]
        if not self.initial.get("to") and readers:
            self.initial["to"] = readers[0][0] if len(readers) == 1 else None
        clips: Any = self.fields["clips"]
        clips.choices = [(str(pk), str(pk)) for pk in clip_ids]

    def facts(self) -> dict[str, Any]:
        """What the service asks for; clips in the order they were pressed, else of the film."""
        facts = dict(self.cleaned_data)
        wanted = facts.pop("order").split(",")
        chosen = facts.pop("clips")
        place = {pk: number for number, pk in enumerate(wanted)}
        ids = sorted(chosen, key=lambda pk: place.get(pk, len(place)))
        kind, _, pk = facts.pop("to").partition(":")
        return {**facts, f"{kind}_id": UUID(pk), "clip_ids": ids}


class SaidForm(forms.Form):
    """What is said, in words or aloud: with a spoken note the words may be left out."""

    note_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.data.get("note_id"):
            self.fields["words"].required = False


class CommentForm(SaidForm):
    """Words about a span of a clip. The form opens on a strength."""

    comment_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        choices=KIND_CHOICES,
        label="What is it?",
        widget=forms.RadioSelect,
        initial=CommentKind.STRENGTH,
    )
    start_ms = ClockField(label="From")
    end_ms = ClockField(label="To")
    words = forms.CharField(
        max_length=4000,
        label="What do you see?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    principle_ids = PrinciplesField()

    def __init__(self, *args: Any, principles: Cards = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["principle_ids"].offer(principles)  # type: ignore[attr-defined]

    def ask_a_peer(self) -> None:
        """Only what peers say is offered: strengths and wonderings."""
        kinds = [each for each in KIND_CHOICES if each[0] != CommentKind.WORKING_POINT]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReplyForm(SaidForm):
    """A reply to a comment."""

    reply_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        max_length=4000,
        label="Your reply",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReflectionForm(forms.Form):
    """What the trainee takes along."""

    reflection = forms.CharField(
        max_length=4000,
        label="What will you take with you?",
        help_text="A sentence or two in your own words. It closes this conversation.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class UploadForm(forms.Form):
    """What the browser says about the film it is going to send."""

    is_sent = True
    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0)


class MeasureForm(forms.Form):
    """What the browser found out about a film that stays on the device."""

    is_sent = False
    sha256 = forms.RegexField(r"\A[0-9a-f]{64}\Z")
    length_ms = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000)


def file_form(typed: Mapping[str, Any]) -> UploadForm | MeasureForm:
    """What is asked about the file itself, by where the film is going to be."""
    is_sent = typed.get("custody") == Custody.PLATFORM
    return UploadForm(typed) if is_sent else MeasureForm(typed)
