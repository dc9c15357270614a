"""Blind second looks: a yes and three purposes first; codes unseen until both have finished."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from attunement.models import Framework, Principle
from attunement.services import follow
from caselogs.kinds import Scope
from footage.kinds import ArtefactKind
from ledger.models import Line
from media_review import services
from media_review.models import Clip, Code, SecondLook
from media_review.queries import looks, media
from media_review.states import LOOK_STEPS, LookState, LookStep, look_after
from notices.models import Notice
from notices.words import letter
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant, SupervisionTie, User
from tests import browser as seen
from tests.media_review import factories as make
from tests.people.factories import actor_of, granted, person, signed_in, tied

pytestmark = pytest.mark.django_db


def placed():
    """A submission, and a colleague of the supervisor's body who reviews from outside."""
    make.principle_ids()
    row = make.submitted()
    body = RoleGrant.objects.get(user=row.supervisor).organisation
    return row, person(Role.SUPERVISOR, body, name="Anna Berg")


def asked(row=None, second=None, days=7, **facts):
    """The supervisor has asked the guider whether this colleague may look too."""
    if row is None:
        row, second = placed()
    return services.ask_second_look(
        actor=actor_of(row.supervisor),
        look_id=facts.pop("look_id", uuid4()),
        submitted_clip_id=row.submitted_clips.first().pk,
        second_id=second.pk,
        ends_on=timezone.localdate() + timedelta(days=days),
    )


def opened():
    """The guider has said yes: two people code."""
    look = asked()
    guider = look.submitted_clip.submission.trainee
    return services.agree_to_look(actor=actor_of(guider), look_id=look.pk)


def coded(look, coder, start_ms=0, end_ms=1000, number=1, code_id=None):
    """This person saw this principle there."""
    principle = Principle.objects.get(framework=look.framework, number=number)
    return services.mark_code(
        actor=actor_of(coder),
        look_id=look.pk,
        code_id=code_id or uuid4(),
        principle_id=principle.pk,
        start_ms=start_ms,
        end_ms=end_ms,
    )


def finished(look, *coders):
    """These have finished."""
    for coder in coders:
        services.finish_coding(actor=actor_of(coder), look_id=look.pk)
    return SecondLook.objects.get(pk=look.pk)


def clip_of(look):
    return look.submitted_clip.clip


def watches(user, look):
    """Would this person be given the film of the clip now?"""
    kinds = (ArtefactKind.PROXY, ArtefactKind.POSTER, ArtefactKind.SPRITE, ArtefactKind.PEAKS)
    found = {media.artefact_for(actor_of(user), Clip, clip_of(look).pk, kind) for kind in kinds}
    return None not in found


@pytest.mark.parametrize("state", LookState)
@pytest.mark.parametrize("step", LookStep)
def test_only_listed_steps_are_open(state, step):
    if (state, step) in LOOK_STEPS:
        assert look_after(state, step) == LOOK_STEPS[state, step]
    else:
        with pytest.raises(RuleBroken, match="so that step is not open now"):
            look_after(state, step)


def test_the_colleague_watches_after_the_yes_and_until_both_have_finished():
    look = asked()
    guider = look.submitted_clip.submission.trainee
    assert not watches(look.second, look)
    assert not SecondLook.objects.visible_to(actor_of(look.second)).exists()

    services.agree_to_look(actor=actor_of(guider), look_id=look.pk)
    assert watches(look.second, look)

    finished(look, look.first)
    assert watches(look.second, look)
    finished(look, look.second)
    assert not watches(look.second, look)


def _last_day_passed(look):
    SecondLook.objects.filter(pk=look.pk).update(ends_on=timezone.localdate() - timedelta(days=1))


def _yes_taken_back(look):
    guider = look.submitted_clip.submission.trainee
    services.end_look(actor=actor_of(guider), look_id=look.pk)


def _clips_taken_back(look):
    submission = look.submitted_clip.submission
    services.withdraw(actor=actor_of(submission.trainee), submission_id=submission.pk)


def _role_ended(look):
    RoleGrant.objects.filter(user=look.second).delete()


def _account_closed(look):
    User.objects.filter(pk=look.second_id).update(suspended_at=timezone.now())


def _without(scope):
    return lambda look: make.take_back(clip_of(look).recording.case, scope)


ENDS = {
    "the last day has passed": _last_day_passed,
    "the guider takes the yes back": _yes_taken_back,
    "the guider takes the clips back": _clips_taken_back,
    "the colleague's role has ended": _role_ended,
    "the colleague's account is closed": _account_closed,
    "no consent to accreditation review": _without(Scope.ACCREDITATION),
    "no consent to supervision": _without(Scope.SUPERVISION),
    "no consent to filming": _without(Scope.FILMING),
    "no consent at all": _without(None),
}


@pytest.mark.parametrize("end", ENDS)
def test_each_of_these_ends_the_colleagues_watching_at_once(end):
    look = opened()
    assert watches(look.second, look)

    ENDS[end](look)

    assert not watches(look.second, look)
    with pytest.raises((RuleBroken, PermissionDenied)):
        coded(look, look.second)


@pytest.mark.parametrize("scope", [Scope.FILMING, Scope.SUPERVISION, Scope.ACCREDITATION])
def test_nothing_is_asked_or_agreed_without_the_familys_consent(scope):
    row, second = placed()
    look = asked(row, second)
    make.take_back(clip_of(look).recording.case, scope)

    with pytest.raises(RuleBroken):
        services.agree_to_look(actor=actor_of(row.trainee), look_id=look.pk)
    with pytest.raises(RuleBroken, match="no second person can look"):
        asked(row, person(Role.SUPERVISOR, RoleGrant.objects.get(user=second).organisation))

    assert SecondLook.objects.get().state == LookState.ASKED


def test_only_colleagues_from_outside_can_be_asked():
    row, second = placed()
    body = RoleGrant.objects.get(user=second).organisation
    once = person(Role.SUPERVISOR, body, name="Once Tied")
    tied(once, row.trainee, until=timezone.localdate() - timedelta(days=1))
    learning = person(Role.TRAINEE_SUPERVISOR, body)
    elsewhere = person(Role.SUPERVISOR)
    granted(row.trainee, Role.SUPERVISOR, body)

    offered = looks.colleagues_for(row, actor_of(row.supervisor))

    assert list(offered) == [second]
    for somebody in (once, learning, elsewhere, row.trainee, row.supervisor):
        with pytest.raises(RuleBroken, match="reviews from outside"):
            asked(row, somebody)


@pytest.mark.parametrize(("days", "words"), [(-1, "lies ahead"), (61, "two months")])
def test_a_last_day_is_near(days, words):
    row, second = placed()

    with pytest.raises(RuleBroken, match=words):
        asked(row, second, days=days)


def test_asked_twice_with_one_key_is_asked_once():
    row, second = placed()
    key = uuid4()

    assert asked(row, second, look_id=key) == asked(row, second, look_id=key)
    with pytest.raises(RuleBroken, match="asked this colleague about this clip already"):
        asked(row, second)

    assert SecondLook.objects.count() == 1


def test_a_colleague_can_be_asked_again_once_the_last_day_has_passed():
    row, second = placed()
    first = asked(row, second)
    _last_day_passed(first)

    again = asked(row, second)

    states = dict(SecondLook.objects.values_list("pk", "state"))
    assert states == {first.pk: LookState.ENDED, again.pk: LookState.ASKED}


def test_the_words_are_those_the_guider_learns_with():
    row, second = placed()
    body = RoleGrant.objects.get(user=second).organisation
    house = Framework.objects.current().first()
    theirs = Framework.objects.create(
        body=body, name="Theirs", version=1, published_at=timezone.now()
    )
    follow(user_id=row.trainee_id, body_id=body.pk)

    assert asked(row, second).framework == theirs != house


def readers(look):
    """Everybody who might be curious."""
    row = look.submitted_clip.submission
    late = person(Role.SUPERVISOR)
    tied(late, row.trainee)
    return {
        "first": look.first,
        "second": look.second,
        "guider": row.trainee,
        "another supervisor of the guider": late,
        "officer": person(Role.OFFICER),
        "manager": person(Role.SERVICE_MANAGER),
        "peer": person(Role.TRAINEE),
    }


def seen_by(look):
    """Whose codes each of them can read."""
    names = {look.first_id: "first", look.second_id: "second"}
    return {
        part: sorted({names[code.coder_id] for code in Code.objects.visible_to(actor_of(user))})
        for part, user in readers(look).items()
    }


NOBODY = {
    "guider": [],
    "another supervisor of the guider": [],
    "officer": [],
    "manager": [],
    "peer": [],
}


@pytest.mark.parametrize(
    ("done", "first", "second"),
    [
        ((), ["first"], ["second"]),
        (("first",), ["first"], ["second"]),
        (("second",), ["first"], ["second"]),
        (("first", "second"), ["first", "second"], ["first", "second"]),
    ],
)
def test_codes_stay_unseen_until_both_have_finished(done, first, second):
    look = opened()
    coded(look, look.first)
    coded(look, look.second, 500, 1500)

    finished(look, *(getattr(look, part) for part in done))

    assert seen_by(look) == {"first": first, "second": second, **NOBODY}


def test_codes_of_a_look_that_ended_early_stay_unseen_for_ever():
    look = opened()
    coded(look, look.first)
    coded(look, look.second)
    finished(look, look.first)

    services.end_look(actor=actor_of(look.second), look_id=look.pk)

    assert seen_by(look) == {"first": ["first"], "second": ["second"], **NOBODY}


def test_an_ex_supervisor_reads_no_code_any_more():
    look = opened()
    coded(look, look.first)
    yesterday = timezone.localdate() - timedelta(days=1)
    SupervisionTie.objects.filter(supervisor=look.first).update(until=yesterday)

    assert not Code.objects.visible_to(actor_of(look.first)).exists()
    assert not SecondLook.objects.visible_to(actor_of(look.first)).exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": LookState.DONE},
        {"state": LookState.DONE, "first_done_at": timezone.now()},
        {"first_done_at": timezone.now(), "second_done_at": timezone.now()},
        {"agreed_at": None},
        {"state": LookState.ASKED},
    ],
)
def test_the_tables_themselves_know_when_codes_may_be_seen(facts):
    look = opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.filter(pk=look.pk).update(**facts)


def test_what_one_has_finished_stays_as_it_is():
    look = opened()
    code = coded(look, look.first)
    finished(look, look.first)

    with pytest.raises(RuleBroken, match="You have finished"):
        coded(look, look.first, 1000, 1400)
    with pytest.raises(RuleBroken, match="You have finished"):
        services.remove_code(actor=actor_of(look.first), code_id=code.pk)
    with pytest.raises(RuleBroken, match="You have finished"):
        finished(look, look.first)

    assert Code.objects.count() == 1


def test_a_span_told_twice_is_one_and_nobody_elses():
    look, key = opened(), uuid4()

    assert coded(look, look.first, code_id=key) == coded(look, look.first, code_id=key)
    with pytest.raises(PermissionDenied):
        coded(look, look.second, code_id=key)
    with pytest.raises(PermissionDenied):
        services.remove_code(actor=actor_of(look.second), code_id=key)

    assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "words"),
    [(900, 200, "before the in point"), (0, 9000, "This clip lasts"), (0, 100, "single point")],
)
def test_a_span_that_cannot_be_is_refused(start_ms, end_ms, words):
    look = opened()

    with pytest.raises(RuleBroken, match=words):
        coded(look, look.second, start_ms, end_ms)


def test_messages_name_whoever_asked_and_never_the_guider_or_the_family():
    look = opened()
    finished(look, look.first, look.second)

    letters = {each.kind: letter(each) for each in Notice.objects.filter(kind__contains="look_")}

    assert {
        kind.removeprefix("media_review.look_"): each.subject for kind, each in letters.items()
    } == {
        "asked": "Ruth Whitlow asks for your yes",
        "open": "Ruth Whitlow asks you for a second look",
        "done": "You can compare what you both saw",
    }
    said = " ".join(f"{each.subject} {each.sentence}" for each in letters.values())
    assert "Maya" not in said
    assert clip_of(look).recording.case.code not in said


def test_each_step_is_in_the_ledger_and_no_code_is():
    look = opened()
    coded(look, look.first)
    finished(look, look.first, look.second)

    lines = Line.objects.filter(subject_id=str(look.pk)).order_by("number")

    assert [line.verb.removeprefix("media_review.look_") for line in lines] == [
        "asked",
        "agreed",
        "coded",
        "coded",
    ]
    assert not any("start_ms" in str(line.facts) for line in lines)


def test_the_colleague_learns_nothing_but_the_clip():
    look = opened()
    clip = clip_of(look)
    Clip.objects.filter(pk=clip.pk).update(title="The eyebrows", why="She waits for him.")

    page = signed_in(look.second).get(look.get_absolute_url()).content.decode()

    assert reverse("media_review:clip-film", args=[clip.pk]) in page
    row = look.submitted_clip.submission
    for words in ("Maya", "eyebrows", "She waits for him.", clip.recording.case.code, row.question):
        assert words not in page
    for name in ("submission", "recording"):
        other = row.pk if name == "submission" else clip.recording_id
        answer = signed_in(look.second).get(reverse(f"media_review:{name}", args=[other]))
        assert answer.status_code == 404


def test_the_guider_reads_the_asking_and_never_a_figure():
    look = opened()
    coded(look, look.first)
    coded(look, look.second)
    finished(look, look.first, look.second)
    guider = signed_in(look.submitted_clip.submission.trainee)

    page = guider.get(look.get_absolute_url()).content.decode()
    film = clip_of(look).recording_id
    taken = guider.get(reverse("media_review:recording-words-csv", args=[film])).content.decode()

    assert "Both have finished" in page
    for words in ("kappa", "Overlap", "data-codes"):
        assert words not in page
    assert "Anna" not in taken


def test_both_read_how_far_they_agree_in_words():
    look = opened()  # a clip of 1.5 seconds
    coded(look, look.first, 0, 1000, number=1)
    coded(look, look.second, 500, 1500, number=1)
    coded(look, look.first, 0, 1000, number=2)
    finished(look, look.first, look.second)

    page = signed_in(look.first).get(look.get_absolute_url()).content.decode()

    assert "0.33 of the time either of you marked" in page
    assert "You, 1.0 s" in page
    assert "Anna Berg, 0.0 s" in page
    assert page.count("so agreement is not defined") == 4
    assert "nothing here is about the guider" in page


@pytest.mark.parametrize("many", [1, 4])
def test_pages_cost_the_same_for_one_span_and_for_many(many, django_assert_num_queries):
    look = opened()
    for at in range(many):
        coded(look, look.first, at * 300, at * 300 + 250)
        coded(look, look.second, at * 300, at * 300 + 250)
    browser = signed_in(look.first)

    with django_assert_num_queries(10):
        browser.get(look.get_absolute_url())
    finished(look, look.first, look.second)
    with django_assert_num_queries(8):
        browser.get(look.get_absolute_url())
    with django_assert_num_queries(6):
        browser.get(reverse("media_review:look-list"))


def test_the_whole_way_through_the_pages():
    row, second = placed()
    clip = row.submitted_clips.get()
    ruth, anna, maya = (signed_in(user) for user in (row.supervisor, second, row.trainee))
    key = uuid4()
    form = {"look_id": key, "second": second.pk, "ends_on": timezone.localdate()}

    asking = ruth.get(reverse("media_review:look-ask", args=[clip.pk])).content.decode()
    ruth.post(reverse("media_review:look-ask", args=[clip.pk]), form)
    maya.post(reverse("media_review:look-agree", args=[key]))
    for browser in (ruth, anna):
        codes = {"code_id": uuid4(), "start_ms": "0:00", "end_ms": "0:01"}
        codes["principle_id"] = make.principle_ids(1)[0]
        browser.post(reverse("media_review:code-mark", args=[key]), codes)
        browser.post(reverse("media_review:look-finish", args=[key]))

    assert "Anna Berg" in asking
    assert SecondLook.objects.get(pk=key).state == LookState.DONE
    page = anna.get(reverse("media_review:look", args=[key])).content.decode()
    assert "1.00 of the time either of you marked" in page
    assert "A clip of" in anna.get(reverse("media_review:look-list")).content.decode()
    listed = maya.get(reverse("media_review:look-list")).content.decode()
    assert "Ruth Whitlow asks about your clip 1" in listed


def test_a_form_that_cannot_be_read_keeps_what_was_typed():
    look = opened()
    principle = Principle.objects.filter(framework=look.framework).first()

    answer = signed_in(look.first).post(
        reverse("media_review:code-mark", args=[look.pk]),
        {"code_id": uuid4(), "principle_id": principle.pk, "start_ms": "soon", "end_ms": "0:01"},
    )

    assert answer.status_code == 422
    assert 'value="soon"' in answer.content.decode()
    assert "minutes and seconds" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_clip_is_coded_by_digits_and_by_touch_and_compared(live, desk, phone):
    look = opened()
    for page, coder in ((desk, look.first), (phone, look.second)):
        seen.sign_in(page, live, coder)
        page.goto(f"{live}{look.get_absolute_url()}")
        expect(page.locator("[data-code-keys]")).to_be_visible()
        page.wait_for_function("document.querySelector('[data-film]').readyState >= 1")
    for key in (
        "1",
        ".",
        ".",
        ".",
        ".",
        ".",
        ".",
        ".",
        "2",
        ".",
        ".",
        ".",
        ".",
        ".",
        ".",
        "1",
        "2",
    ):
        desk.keyboard.press(key)
        expect(desk.locator("[data-film]")).to_have_js_property("seeking", False)
    expect(desk.locator(".coding__codes li")).to_have_count(2, timeout=30_000)
    expect(desk.locator("[data-said]")).to_have_text("Kept.")
    assert desk.evaluate("document.querySelector('[data-film]').currentTime") > 0.3
    phone.locator("[data-mark='1']").tap()
    phone.locator("[data-act=on]").tap()
    phone.locator("[data-mark='1']").tap()
    expect(phone.locator(".coding__codes li")).to_have_count(1, timeout=30_000)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for page in (desk, phone):
        seen.axe(page)
        seen.shoot(page, "second-look-coding")
        page.get_by_role("button", name="I have finished").click()
        page.wait_for_load_state()

    desk.reload()

    for page in (desk, phone):
        expect(page.get_by_role("heading", name="What you both saw")).to_be_visible()
        seen.axe(page)
        seen.shoot(page, "second-look-agreement")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
