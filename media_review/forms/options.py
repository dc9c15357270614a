"""How a clip is shown to others: what is typed about it, and what is drawn on the film."""

from typing import Any

from django import forms

from footage.treatments import BOX, LONGEST_CAPTION, OVAL, Region
from people.errors import RuleBroken

SHAPES = [("", "Nothing is softened"), (OVAL, "An oval"), (BOX, "A rectangle")]
SIDES = ("left", "top", "width", "height")


def _percent(label: str) -> forms.FloatField:
    attrs = {"min": "0", "max": "100", "step": "0.1", "inputmode": "decimal"}
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs=attrs),
    )


class OptionsForm(forms.Form):
    """Slowly again, silent, a part softened, words below; what is left alone changes nothing."""

    slow_again = forms.BooleanField(
        required=False,
        label="Play it once more, slowly",
        help_text="At half speed; voices keep their pitch.",
    )
    silent = forms.BooleanField(
        required=False,
        label="Take the sound out",
        help_text="All of it: voices cannot be taken out alone.",
    )
    soft_shape = forms.ChoiceField(
        choices=SHAPES, required=False, label="Soften a part of the picture"
    )
    soft_left = _percent("From the left, %")
    soft_top = _percent("From the top, %")
    soft_width = _percent("Width, %")
    soft_height = _percent("Height, %")
    caption = forms.CharField(
        max_length=LONGEST_CAPTION,
        required=False,
        label="A sentence below the picture",
        help_text="It covers nothing. Never a name.",
    )

    def clean(self) -> dict[str, Any]:
        """The part drawn on the film as one value, `softened`."""
        found = super().clean() or self.cleaned_data
        shape = found.pop("soft_shape", "")
        places = [found.pop(f"soft_{side}", None) for side in SIDES]
        found["softened"] = None
        if not shape:
            return found
        if None in places:
            self.add_error(
                "soft_shape", "Please draw the part to soften on the film, or write all four."
            )
            return found
        try:
            region = Region(shape, *places)
        except RuleBroken as broken:
            self.add_error("soft_shape", str(broken))
        else:
            found["softened"] = {"shape": shape, **{side: getattr(region, side) for side in SIDES}}
        return found


def initial_of(clip: Any) -> dict[str, Any]:
    """The form's words for a clip as it stands."""
    soft = clip.softened or {}
    return {
        **{name: getattr(clip, name) for name in ("slow_again", "silent", "caption")},
        **{f"soft_{name}": value for name, value in soft.items()},
    }
