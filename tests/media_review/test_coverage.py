"""The coverage map: who is told of which sighting, how often it is counted, where it leads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from attunement.queries import principles
from media_review import services
from media_review.kinds import CommentKind
from media_review.models import Moment
from media_review.queries import coverage
from media_review.queries.coverage import Wanted
from people.kinds import Role
from people.models import SupervisionTie
from tests import browser as looks
from tests.caselogs.factories import consented_case
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in, tied

pytestmark = pytest.mark.django_db


def noticed(recording, start_ms=0, end_ms=1000, numbers=(1,)):
    """A moment of this film with these principles."""
    row = Moment.objects.create(recording=recording, start_ms=start_ms, end_ms=end_ms)
    row.principles.set(make.principle_ids(*numbers))
    return row


def seen(guider, reader, wanted=None):
    """What the map says, cell by cell: principle, family, who saw it how often."""
    found = coverage.map_of(guider, actor_of(reader), principles(), wanted or Wanted())
    return {
        (row.principle.number, cell.family.code): dict(cell.seen)
        for row in found.rows
        for cell in row.cells
        if cell.seen
    }


def test_a_guider_sees_moments_clips_and_strengths_and_a_supervisor_what_was_sent():
    row = make.answered()  # a clip with principle 1, a strength with principle 2
    clip = row.submitted_clips.get().clip
    code = clip.recording.case.code
    noticed(clip.recording, numbers=(1, 4))

    assert seen(row.trainee, row.trainee) == {
        (1, code): {"you": 2},
        (2, code): {"Ruth Whitlow": 1},
        (4, code): {"you": 1},
    }
    assert seen(row.trainee, row.supervisor) == {(1, code): {"Maya Osei": 1}, (2, code): {"you": 1}}


def test_a_clip_made_of_a_moment_is_one_place():
    clip = make.clip(numbers=(1, 2))
    noticed(clip.recording, clip.start_ms, clip.end_ms, numbers=(1,))

    found = seen(clip.recording.owner, clip.recording.owner)

    assert {number: who for (number, _), who in found.items()} == {1: {"you": 1}, 2: {"you": 1}}


@pytest.mark.parametrize("kind", [CommentKind.WONDERING, CommentKind.WORKING_POINT])
def test_only_a_strength_says_that_something_was_seen(kind):
    row = make.opened()
    make.drafted(row.submitted_clips.get(), principle_ids=[])
    make.drafted(row.submitted_clips.get(), kind=kind, start_ms=900, end_ms=1400)
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)

    assert [number for number, _ in seen(row.trainee, row.trainee)] == [1]


def test_an_unsent_strength_is_on_nobodys_map():
    row = make.opened()
    make.drafted(row.submitted_clips.get())

    assert [number for number, _ in seen(row.trainee, row.trainee)] == [1]
    assert [number for number, _ in seen(row.trainee, row.supervisor)] == [1]


def test_what_is_taken_back_or_never_sent_leaves_the_supervisors_map():
    row = make.submitted()
    assert seen(row.trainee, row.supervisor)

    services.withdraw(actor=actor_of(row.trainee), submission_id=row.pk)

    assert not seen(row.trainee, row.supervisor)
    found = coverage.map_of(row.trainee, actor_of(row.supervisor), principles(), Wanted())
    assert found.families == ()


def reader_of(row, part):
    """Somebody near or far, as they stand to the trainee of this submission."""
    if part == "second supervisor of today":
        reader = person(Role.SUPERVISOR)
        tied(reader, row.trainee)
        return reader
    if part == "supervisor of yesterday":
        yesterday = timezone.localdate() - timedelta(days=1)
        SupervisionTie.objects.filter(supervisor=row.supervisor).update(until=yesterday)
        return row.supervisor
    roles = {"peer": Role.TRAINEE, "supervisor of others": Role.SUPERVISOR}
    roles |= {"officer": Role.OFFICER, "manager": Role.SERVICE_MANAGER}
    return (
        row.trainee
        if part == "trainee"
        else row.supervisor
        if part == "supervisor"
        else (person(roles[part]))
    )


@pytest.mark.parametrize(
    ("part", "status", "tells"),
    [
        ("trainee", 200, True),
        ("supervisor", 200, True),
        ("second supervisor of today", 200, False),
        ("supervisor of yesterday", 404, False),
        ("supervisor of others", 404, False),
        ("peer", 404, False),
        ("officer", 404, False),
        ("manager", 404, False),
    ],
)
def test_who_reads_the_map_of_a_guider(part, status, tells):
    row = make.answered()
    case = row.submitted_clips.get().clip.recording.case
    browser = signed_in(reader_of(row, part))

    page = browser.get(reverse("media_review:coverage-of", args=[row.trainee_id]))
    places = browser.get(reverse("media_review:coverage-places", args=[case.pk, 2]))

    assert (page.status_code, places.status_code) == (status, status)
    assert ('data-seen="yes"' in page.content.decode()) == tells
    assert ("You wait a full second here." in places.content.decode()) == tells


def test_the_map_can_speak_of_one_kind_of_film_and_of_some_days():
    case = consented_case()
    old = make.recording(case, days=70)
    new = make.recording(case, days=5, kind="shared_review")
    noticed(old, numbers=(1,))
    noticed(new, numbers=(2,))
    guider, today = case.guider, timezone.localdate()

    def numbers(**facts):
        return [number for number, _ in seen(guider, guider, Wanted(**facts))]

    assert numbers() == [1, 2]
    assert numbers(kind="shared_review") == [2]
    assert numbers(since=today - timedelta(days=30)) == [2]
    assert numbers(until=today - timedelta(days=30)) == [1]
    assert numbers(since=date(1999, 1, 1), until=date(1999, 1, 2)) == []


def test_a_cell_leads_to_each_place_and_each_place_to_its_film():
    row = make.answered()
    clip = row.submitted_clips.get().clip
    noticed(clip.recording, 4000, 5000, numbers=(1,))
    page = signed_in(row.trainee).get(reverse("media_review:coverage")).content.decode()
    address = reverse("media_review:coverage-places", args=[clip.recording.case_id, 1])
    assert f'href="{address}"' in page

    places = signed_in(row.trainee).get(address).content.decode()

    assert f'href="{clip.recording.get_absolute_url()}#at-4000-5000"' in places
    assert f'href="{clip.recording.get_absolute_url()}#at-{clip.start_ms}-{clip.end_ms}"' in places
    sent = signed_in(row.supervisor).get(address).content.decode()
    assert f'href="{row.get_absolute_url()}?clip=1"' in sent
    assert "/films/" not in sent.split('class="places"')[1].split("</ol>")[0]


def test_what_is_not_yet_seen_is_said_gently():
    moment = noticed(make.recording(), numbers=(1,))

    page = signed_in(moment.recording.owner).get(reverse("media_review:coverage"))

    words = page.content.decode()
    assert words.count("not yet seen") == 5
    assert "%" not in words.split('class="coverage"')[1].split("</table>")[0]


def test_a_day_that_cannot_be_read_is_said_and_the_map_stays():
    moment = noticed(make.recording())

    page = signed_in(moment.recording.owner).get(
        reverse("media_review:coverage"), {"since": "<script>", "kind": "nonsense"}
    )

    assert page.status_code == 200
    assert 'data-seen="yes"' in page.content.decode()
    assert "<script>&quot;" not in page.content.decode()
    assert 'value="<script>' not in page.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_map_costs_the_same_for_one_family_and_for_many(many, django_assert_num_queries):
    guider = person(Role.TRAINEE)
    for _ in range(many):
        recording = make.recording(consented_case(guider))
        for at in range(many):
            noticed(recording, at * 1000, at * 1000 + 900, numbers=(1, 2))
    case = guider.cases.first()
    browser = signed_in(guider)

    with django_assert_num_queries(11):
        browser.get(reverse("media_review:coverage"))
    with django_assert_num_queries(10):
        browser.get(reverse("media_review:coverage-places", args=[case.pk, 1]))


@pytest.mark.parametrize("many", [1, 3])
def test_the_supervisors_map_costs_the_same_for_one_clip_and_for_many(
    many, django_assert_num_queries
):
    row = make.answered(clips=many)
    case = row.submitted_clips.first().clip.recording.case
    browser = signed_in(row.supervisor)

    with django_assert_num_queries(11):
        browser.get(reverse("media_review:coverage-of", args=[row.trainee_id]))
    with django_assert_num_queries(11):
        browser.get(reverse("media_review:coverage-places", args=[case.pk, 1]))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_map_is_a_table_on_a_desk_and_a_list_on_a_phone(live, desk, phone):
    guider = person(Role.TRAINEE, name="Maya Osei")
    for at in range(5):
        recording = make.recording(consented_case(guider), days=10 + at * 15)
        for number in range(1, 5 - at % 3):
            noticed(recording, number * 3000, number * 3000 + 2500, numbers=(number, 1))
    for page in (desk, phone):
        looks.sign_in(page, live, guider)
        page.goto(f"{live}{reverse('media_review:coverage')}")
        looks.axe(page)
        looks.shoot(page, "coverage")
        page.locator(".coverage__map a").first.click()
        page.wait_for_url("**/films/seen/with/**")
        looks.axe(page)
        looks.shoot(page, "coverage-places")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_place_leads_to_its_seconds(live, desk):
    moment = noticed(make.filmed(), 3000, 5500)
    looks.sign_in(desk, live, moment.recording.owner)
    address = reverse("media_review:coverage-places", args=[moment.recording.case_id, 1])
    desk.goto(f"{live}{address}")

    desk.get_by_role("link", name="Play 00:03.0").click()

    desk.wait_for_function(AT_LEAST_THREE_SECONDS)


AT_LEAST_THREE_SECONDS = "() => (document.querySelector('[data-film]')?.currentTime ?? 0) >= 3"
