"""Who may watch, asked at every request, over every media address."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from footage import streaming
from media_review import services
from media_review.models import Clip, Recording, ViewingGrant
from media_review.queries.media import DESTROYED, LEFT, LOCKED
from people.errors import RuleBroken
from people.kinds import Role
from people.models import RoleGrant, SupervisionTie
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in, tied

pytestmark = pytest.mark.django_db
SECOND_FACTOR = "/people/second-factor/"
PARTS = ("film", "poster", "sprite", "peaks")


class Scene:
    """A submitted clip, and everybody who might want to watch it."""

    def __init__(self):
        self.submission = make.submitted()
        self.clip = Clip.objects.select_related("recording__case").get()
        self.case = self.clip.recording.case
        self.people = {
            "guider": self.submission.trainee,
            "supervisor": self.submission.supervisor,
            "supervisor of another": person(Role.SUPERVISOR),
            "other supervisor of hers": person(Role.SUPERVISOR),
            "peer": person(Role.TRAINEE, self.case.organisation),
            "officer": person(Role.OFFICER),
            "registrar": person(Role.REGISTRAR),
            "manager": person(Role.SERVICE_MANAGER),
            "external": person(Role.SUPERVISOR),
            "external without grant": person(Role.SUPERVISOR),
        }
        tied(self.people["other supervisor of hers"], self.submission.trainee)
        tied(self.people["supervisor of another"], self.people["peer"])
        services.grant_viewing(
            actor=actor_of(self.people["officer"]),
            clip_id=self.clip.pk,
            viewer_id=self.people["external"].pk,
            until=timezone.now() + timedelta(days=7),
        )

    def statuses(self, who):
        """What this person is answered at each address of the clip and of the whole film."""
        browser = signed_in(self.people[who])
        clip = {
            browser.get(at, headers={"range": "bytes=0-9"}).status_code for at in self.of_clip()
        }
        film = {
            browser.get(at, headers={"range": "bytes=0-9"}).status_code for at in self.of_film()
        }
        return clip, film

    def of_clip(self):
        return [reverse(f"media_review:clip-{part}", args=[self.clip.pk]) for part in PARTS]

    def of_film(self):
        pk = self.clip.recording_id
        return [reverse(f"media_review:recording-{part}", args=[pk]) for part in PARTS]


YES, NO, SHUT = {206}, {404}, {403}


@pytest.mark.parametrize(
    ("who", "clip", "film"),
    [
        ("guider", YES, YES),
        ("supervisor", YES, NO),
        ("external", YES, NO),
        ("supervisor of another", NO, NO),
        ("other supervisor of hers", NO, NO),
        ("peer", NO, NO),
        ("officer", NO, NO),
        ("registrar", NO, NO),
        ("manager", NO, NO),
        ("external without grant", NO, NO),
    ],
)
def test_while_everything_is_in_force(who, clip, film):
    assert Scene().statuses(who) == (clip, film)


@pytest.mark.parametrize(
    ("scope", "guider", "supervisor", "external"),
    [
        (None, (SHUT, SHUT), SHUT, SHUT),
        ("supervision", (YES, YES), SHUT, YES),
        ("accreditation", (YES, YES), YES, SHUT),
    ],
)
def test_withdrawal_locks_at_once(scope, guider, supervisor, external):
    scene = Scene()
    browser = signed_in(scene.people["supervisor"])
    browser.get(scene.of_clip()[0], headers={"range": "bytes=0-9"})

    make.take_back(scene.case, scope)

    assert scene.statuses("guider") == guider
    assert scene.statuses("supervisor")[0] == supervisor
    assert scene.statuses("external")[0] == external
    assert scene.statuses("peer") == (NO, NO)


def test_the_player_is_told_why_in_a_sentence():
    scene = Scene()
    make.take_back(scene.case)
    browser = signed_in(scene.people["supervisor"])

    answer = browser.get(scene.of_clip()[0])

    assert (answer.status_code, answer.content.decode()) == (403, LOCKED)
    assert answer["Cache-Control"] == "no-store, private"


def test_a_destroyed_film_says_so():
    scene = Scene()
    guider = scene.people["guider"]
    services.discard_recording(actor=actor_of(guider), recording_id=scene.clip.recording_id)

    answer = signed_in(guider).get(scene.of_film()[0])

    assert (answer.status_code, answer.content.decode()) == (410, DESTROYED)


def test_the_tie_ends_and_so_does_the_watching():
    scene = Scene()
    SupervisionTie.objects.filter(supervisor=scene.people["supervisor"]).update(until=days_ago(1))

    assert scene.statuses("supervisor") == (NO, NO)


LANE = "media_review.middleware.FilmLaneMiddleware"


@pytest.fixture(params=["lane", "ordinary road"])
def road(request, settings):
    """Everything below holds on the fast lane, and without it."""
    if request.param != "lane":
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LANE]


@pytest.mark.usefixtures("road")
@pytest.mark.parametrize(
    ("whose", "guider", "supervisor", "external"),
    [
        ("guider", (SHUT, SHUT), (SHUT, NO), (SHUT, NO)),
        ("supervisor", (YES, YES), (NO, NO), (YES, NO)),
        ("external", (YES, YES), (YES, NO), (YES, NO)),
    ],
)
def test_roles_end_and_so_does_the_watching(whose, guider, supervisor, external):
    scene = Scene()
    RoleGrant.objects.filter(user=scene.people[whose]).update(until=days_ago(1))

    assert scene.statuses("guider") == guider
    assert scene.statuses("supervisor") == supervisor
    assert scene.statuses("external") == external


def test_a_guider_without_a_role_reads_why():
    scene = Scene()
    RoleGrant.objects.filter(user=scene.people["guider"]).update(until=days_ago(1))

    answer = signed_in(scene.people["guider"]).get(scene.of_film()[0])

    assert (answer.status_code, answer.content.decode()) == (403, LEFT)


@pytest.mark.usefixtures("road")
@pytest.mark.parametrize("who", ["guider", "supervisor", "external"])
def test_film_wants_a_second_factor_of_everybody(client, who):
    scene = Scene()
    RoleGrant.objects.filter(user=scene.people["external"]).update(until=days_ago(1))
    client.force_login(scene.people[who])

    for at in scene.of_clip():
        answer = client.get(at, headers={"range": "bytes=0-9"})
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, SECOND_FACTOR)


def test_a_grant_runs_out():
    scene = Scene()
    ViewingGrant.objects.update(
        granted_at=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1)
    )

    assert scene.statuses("external") == (NO, NO)


def test_a_grant_ends_when_asked():
    scene = Scene()
    services.end_viewing(
        actor=actor_of(scene.people["guider"]),
        clip_id=scene.clip.pk,
        viewer_id=scene.people["external"].pk,
    )

    assert scene.statuses("external") == (NO, NO)


def test_clips_taken_back_are_the_trainees_alone():
    scene = Scene()
    services.withdraw(actor=actor_of(scene.people["guider"]), submission_id=scene.submission.pk)

    assert scene.statuses("supervisor") == (NO, NO)
    assert scene.statuses("guider") == (YES, YES)


def test_a_draft_shows_nothing_to_the_supervisor():
    row = make.composed()
    supervisor = actor_of(row.supervisor)

    assert not Clip.objects.visible_to(supervisor).exists()
    assert not Recording.objects.visible_to(supervisor).exists()


def test_a_stranger_is_sent_to_the_door(client):
    scene = Scene()

    for at in [*scene.of_clip(), *scene.of_film()]:
        assert client.get(at).status_code == 302


def test_a_grant_needs_consent_for_accreditation_and_a_day_ahead():
    clip = make.clip(make.filmed(consented_case(scopes=["filming", "supervision"])))
    facts = {"actor": actor_of(clip.recording.owner), "clip_id": clip.pk, "viewer_id": person().pk}

    with pytest.raises(RuleBroken, match=r"accreditation review\. The clip was not shown"):
        services.grant_viewing(**facts, until=timezone.now() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="lies ahead"):
        services.grant_viewing(**facts, until=timezone.now())
    with pytest.raises(PermissionDenied):
        services.grant_viewing(**facts | {"actor": actor_of(person())}, until=timezone.now())


def test_granting_again_moves_the_day():
    scene = Scene()
    until = timezone.now() + timedelta(days=30)

    services.grant_viewing(
        actor=actor_of(scene.people["guider"]),
        clip_id=scene.clip.pk,
        viewer_id=scene.people["external"].pk,
        until=until,
    )

    assert [grant.until for grant in ViewingGrant.objects.all()] == [until]


def test_a_range_costs_two_queries_and_the_key(django_assert_num_queries):
    scene = Scene()
    for who, address in (("supervisor", scene.of_clip()[0]), ("guider", scene.of_film()[0])):
        browser = signed_in(scene.people[who])
        browser.get(address)

        # the session; everything about person, tie, consent, film and sitting; the key
        for at in (address, f"{address}?fine"):
            with django_assert_num_queries(2), django_assert_num_queries(1, using="keys"):
                answer = browser.get(at, headers={"range": "bytes=100-199"})
            assert answer.status_code == 206


@pytest.mark.usefixtures("road")
def test_a_long_answer_goes_on_only_while_it_may(monkeypatch):
    scene = Scene()
    shorter = partial(streaming.answer, cap=10_000)
    monkeypatch.setattr(streaming, "answer", shorter)
    browser = signed_in(scene.people["supervisor"])

    whole = browser.get(scene.of_clip()[0])
    assert len(b"".join(whole)) == int(whole["Content-Length"]) > 20_000

    pieces = iter(browser.get(scene.of_clip()[0]))
    assert len(next(pieces)) == 10_000
    browser.session.delete()
    with pytest.raises(ConnectionResetError):
        next(pieces)
