"""How others see a clip: chosen until it is shown, made at once for its guider, then fixed."""

import pytest
from django.urls import reverse

from footage.models import Film
from footage.states import GONE
from footage.treatments import Region, Treatment
from media_review import services
from media_review.forms import ClipForm
from media_review.models import Clip
from people.errors import RuleBroken
from tests.media_review import factories as make
from tests.people.factories import actor_of, signed_in

pytestmark = pytest.mark.django_db
OVAL = {"shape": "oval", "left": 30.0, "top": 20.0, "width": 30.0, "height": 40.0}
DRAWN = {f"soft_{name}": value for name, value in OVAL.items()}
SPAN = {"start_ms": "0:01", "end_ms": "0:03", "who": "both"}


def corrected(clip, **words):
    words = {"start_ms": clip.start_ms, "end_ms": clip.end_ms} | words
    services.correct_clip(actor=actor_of(clip.recording.owner), clip_id=clip.pk, **words)
    return Clip.objects.select_related("film", "recording__owner").get(pk=clip.pk)


def test_a_clip_as_it_is_has_no_film_until_it_is_shown():
    assert make.clip().film is None


def test_a_treated_clip_is_made_at_once_and_anew_with_every_change():
    clip = make.clip(slow_again=True, softened=OVAL, caption="She waits.")
    first = clip.film
    assert Treatment.of(first.treatment) == Treatment(True, False, Region(**OVAL), "She waits.")

    second = corrected(clip, silent=True).film
    third = corrected(clip, start_ms=1500).film
    same = corrected(clip, start_ms=1500, title="Another name").film

    assert (second != first, third != second, same == third) == (True, True, True)
    gone = Film.objects.filter(pk__in=[first.pk, second.pk])
    assert {(film.state in GONE, bytes(film.wrapped_key)) for film in gone} == {(True, b"")}
    assert third.treatment["silent"] is True


def test_a_removed_clip_takes_its_film_with_it():
    clip = make.clip(silent=True)

    services.remove_clip(actor=actor_of(clip.recording.owner), clip_id=clip.pk)

    assert Film.objects.get(pk=clip.film_id).state in GONE


def test_nothing_changes_once_it_was_sent():
    clip = make.submitted().submitted_clips.get().clip

    with pytest.raises(RuleBroken, match="has been shown"):
        corrected(clip, slow_again=True)

    assert Clip.objects.get(pk=clip.pk).film == clip.film


def test_what_is_drawn_becomes_one_part():
    form = ClipForm({**SPAN, **DRAWN, "slow_again": "on", "caption": "She waits."})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["softened"] == OVAL
    assert not [name for name in form.cleaned_data if name.startswith("soft_")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"soft_left": ""}, "draw the part"),
        ({"soft_left": "90"}, "inside the picture"),
        ({"soft_width": "1"}, "too small"),
        ({"soft_shape": "star"}, "valid choice"),
        ({"soft_left": "nan"}, "number"),
    ],
)
def test_what_cannot_be_softened_is_said_beside_it(wrong, words):
    form = ClipForm({**SPAN, **DRAWN, **wrong})

    assert not form.is_valid()
    assert words in str(form.errors)


def test_the_page_keeps_shows_and_opens_them_again():
    recording = make.filmed()
    browser = signed_in(recording.owner)
    mark = reverse("media_review:clip-mark", args=[recording.pk])

    browser.post(mark, {**SPAN, **DRAWN, "caption": "She <waits>"})

    clip = Clip.objects.get()
    page = browser.get(recording.get_absolute_url()).content.decode()
    assert "A part softened, with words below." in page
    assert "It is being made as others will see it." in page
    make.prepare(clip.film_id)
    page = browser.get(f"{recording.get_absolute_url()}?clip={clip.pk}").content.decode()
    assert "See it as others will" in page
    assert "She &lt;waits&gt;" in page
    assert 'name="soft_left" value="30.0"' in page


def test_a_comment_counts_from_the_first_time_the_clip_is_shown():
    row = make.submitted().submitted_clips.get()
    Clip.objects.update(slow_again=True)
    browser = signed_in(row.submission.supervisor)

    page = browser.get(row.submission.get_absolute_url()).content.decode()

    assert f'data-first="{row.clip.film.duration_ms // 3}"' in page
