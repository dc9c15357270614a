"""What a service holds, and one film's keeping: pages, numbers that open rows, the file."""

import csv
import io
import re

import pytest
from django.urls import reverse

from caselogs.services import record_consent
from media_review import reminding, retention, services
from media_review.kinds import Custody
from media_review.models import Receipt, SafeguardingHold
from media_review.queries import consents, holdings, keeping
from people.kinds import Role
from tests.caselogs.factories import consented_case, days_ago
from tests.media_review import factories as make
from tests.media_review.test_holds import asked, held, sent, service
from tests.media_review.test_retention import closed
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db


def a_service_with_everything():
    """Free, held, due soon, shown live, locked and held, destroyed: one film each."""
    free, guider, manager = service()
    owner = free.owner
    held(sent(free.case), guider, manager)
    due = closed(sent(consented_case(owner)), days=0)
    services.agree_term(actor=guider, case_id=due.case_id, days=9)
    make.recording(consented_case(owner), custody=Custody.SHOWN_LIVE, length_ms=372_000)
    locked = sent(consented_case(owner))
    held(locked, guider, manager)
    make.take_back(locked.case)
    gone = sent(free.case)
    services.discard_recording(actor=guider, recording_id=gone.pk)
    return free.case.organisation, guider, manager


def page(place, manager_user, show="all", **more):
    address = reverse("media_review:kept-of", args=[place.pk])
    return signed_in(manager_user).get(address, {"show": show, **more})


def users(place):
    return {grant.role: grant.user for grant in place.role_grants.select_related("user")}


def test_each_number_opens_exactly_its_rows():
    place, _, _ = a_service_with_everything()

    found = {key: holdings.holdings_of(place.pk, key, "") for key in holdings.SHOWN}

    counts = {tab.key: tab.count for tab in found["all"].tabs}
    assert counts == {
        "all": 5, "soon": 1, "held": 2, "withdrawn": 1, "elsewhere": 1, "destroyed": 1,
    }  # fmt: skip
    assert {key: len(each.rows) for key, each in found.items()} == counts
    due = found["soon"].rows[0]
    assert (due.kept_until, due.rule) == (
        days_ago(-9),
        f"9 days after the case closed on {make_day(0)}, as agreed with the family",
    )
    locked = found["withdrawn"].rows[0]
    assert (locked.word, locked.rule) == (
        "Locked, held",
        "the family withdrew: it goes when the hold ends",
    )
    live = found["elsewhere"].rows[0]
    assert (live.place, live.length) == ("Shown live, on the guider’s device", "6:12")
    gone = found["destroyed"].rows[0]
    assert gone.rule.startswith("discarded by ")


def make_day(days):
    return consents.day(days_ago(days))


def test_the_page_says_all_of_it_and_leads_to_no_film():
    place, _, _ = a_service_with_everything()

    for show in holdings.SHOWN:
        body = page(place, users(place)[Role.SERVICE_MANAGER], show).content.decode()

        assert "What we hold" in body
        assert not re.search(r"film\.mp4|poster\.jpg|sprite\.jpg|peaks\.json", body)


def test_the_page_asks_the_same_however_many_films_there_are(django_assert_num_queries):
    free, _, _ = service()
    place = free.case.organisation
    browser = signed_in(users(place)[Role.SERVICE_MANAGER])
    address = reverse("media_review:kept-of", args=[place.pk])
    for rows in (1, 4):
        with django_assert_num_queries(11):
            body = browser.get(address).content.decode()
        assert body.count('role="row"') == rows + 1
        for _ in range(3):
            sent(free.case)


def test_pages_follow_each_other_without_a_gap(monkeypatch):
    monkeypatch.setattr(holdings, "AT_ONCE", 2)
    free, _, _ = service()
    rows = {free.pk, *(sent(free.case).pk for _ in range(4))}
    place, seen, after = free.case.organisation_id, [], ""

    for _ in range(3):
        found = holdings.holdings_of(place, "all", after)
        seen += [row.id for row in found.rows]
        after = found.more

    assert (set(seen), len(seen), after) == (rows, 5, "")


@pytest.mark.parametrize("after", ["x", "2026-01-01_x", "_", "2026-01-01_", "x" * 5000])
def test_a_mark_that_is_none_shows_the_first_page(after):
    free, _, _ = service()
    place = free.case.organisation

    assert page(place, users(place)[Role.SERVICE_MANAGER], after=after).status_code == 200


def test_the_file_calculates_with_nothing_and_tells_no_title():
    free, _, _ = service()
    place, owner = free.case.organisation, free.owner
    type(owner).objects.filter(pk=owner.pk).update(name="=HYPERLINK(1)")
    type(free).objects.filter(pk=free.pk).update(note="a secret note")
    address = reverse("media_review:kept-export", args=[place.pk])

    answer = signed_in(users(place)[Role.SERVICE_MANAGER]).get(address)
    text = answer.getvalue().decode()

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["case"], row["guider"]) for row in rows] == [(free.case.code, "'=HYPERLINK(1)")]
    assert "secret" not in text
    assert answer["Cache-Control"] == "no-store, private"


def test_the_rule_is_changed_on_its_page_and_stays_written():
    free, _, _ = service()
    place = free.case.organisation
    browser = signed_in(users(place)[Role.SERVICE_MANAGER])
    address = reverse("media_review:kept-rule", args=[place.pk])

    wrong = browser.post(
        address, {"days_after_closing": "0", "quiet_months": "6", "original_days": "9"}
    )
    right = browser.post(
        address,
        {
            "days_after_closing": "30",
            "quiet_months": "3",
            "original_days": "9",
            "why": "The board asked.",
        },
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    body = browser.get(address).content.decode()
    assert "30 days" in body
    assert "The board asked." in body
    assert sent(free.case).film.original_days == 9


def test_a_hold_is_asked_for_and_confirmed_on_the_page_of_the_film():
    recording, _, _ = service()
    place = recording.case.organisation
    keeping = reverse("media_review:recording-keeping", args=[recording.pk])
    guider = signed_in(recording.owner)
    manager = signed_in(users(place)[Role.SERVICE_MANAGER])
    form = {"reason": "The police have asked.", "basis": "law", "until": days_ago(-30).isoformat()}

    ask = reverse("media_review:hold-ask", args=[recording.pk])

    wrong = guider.post(ask, {**form, "until": ""})
    assert (wrong.status_code, "The police have asked." in wrong.content.decode()) == (422, True)
    guider.post(ask, form)
    hold = SafeguardingHold.objects.get()
    confirm = reverse("media_review:hold-confirm", args=[hold.pk])
    mine, theirs = guider.get(keeping).content.decode(), manager.get(keeping).content.decode()
    assert (confirm in mine, "You asked for this yourself" in mine) == (False, True)
    assert confirm in theirs
    manager.post(confirm)
    manager.post(reverse("media_review:hold-tell", args=[hold.pk]))

    body = guider.get(keeping).content.decode()
    assert "Confirmed by" in body
    assert "was told on" in body
    again = manager.post(confirm, follow=True)
    assert "Nothing waits for a second person here." in again.content.decode()


def test_longer_and_the_end_have_forms_that_keep_what_was_typed():
    recording, guider, manager = service()
    hold = held(recording, guider, manager)
    browser = signed_in(recording.owner)
    words = {"until": days_ago(-5).isoformat(), "reason": "It goes on."}

    answer = browser.post(reverse("media_review:hold-longer", args=[hold.pk]), words)

    assert (answer.status_code, "It goes on." in answer.content.decode()) == (422, True)
    lift = browser.post(reverse("media_review:hold-lift", args=[hold.pk]), {"reason": "Over."})
    assert lift.status_code == 302
    back = browser.post(reverse("media_review:hold-take-back", args=[hold.pk]), follow=True)
    assert "Taken back." in back.content.decode()


def test_the_page_of_a_film_says_what_was_told_and_then_shows_its_receipt():
    recording, _, _ = service()
    closed(recording)
    reminding.remind(days_ago(-57))
    browser = signed_in(recording.owner)
    keeping = reverse("media_review:recording-keeping", args=[recording.pk])
    assert f"Kept until {make_day(-60)}" in browser.get(keeping).content.decode()

    retention.sweep(days_ago(-61))

    receipt = Receipt.objects.get()
    shown = browser.get(keeping).content.decode()
    alone = browser.get(reverse("media_review:receipt", args=[receipt.pk])).content.decode()
    for body in (shown, alone):
        assert str(receipt.pk) in body
        assert "Ledger line" in body
        assert "Its time was over" in body


def heading_of(recording, reader):
    row = keeping.keeping_of(reader, recording.pk)
    text = signed_in(recording.owner).get(recording.get_keeping_url()).content.decode()
    assert f'<h2 id="clock-heading">{row.heading}</h2>' in text
    return row.heading, row.is_here, row.is_held, "safeguarding hold only delays" in text


def test_the_heading_says_what_becomes_of_the_film():
    free, guider, manager = service()
    live = make.recording(free.case, custody=Custody.SHOWN_LIVE, length_ms=372_000)
    assert heading_of(free, guider) == ("Kept while the work goes on", True, False, False)
    assert heading_of(live, guider) == ("No film is kept in Attune", False, False, False)

    closed(free)
    last = consents.day(days_ago(-60))
    assert heading_of(free, guider) == (f"Kept until {last}", True, False, False)
    services.hold(actor=guider, recording_id=free.pk, until=days_ago(-5), reason="a meeting")
    assert heading_of(free, guider) == (f"Kept until {last}", True, False, False)
    held(free, guider, manager, days=5)
    assert heading_of(free, guider) == (f"Kept until {last}", True, True, True)


def test_a_new_consent_opens_no_film_from_before_and_the_heading_says_so():
    recording, guider, manager = service()
    held(recording, guider, manager)
    make.take_back(recording.case)
    record_consent(
        actor=guider, case_id=recording.case_id, scopes=["filming"], covered="Mother and baby"
    )

    assert heading_of(recording, guider) == ("Locked", True, True, False)


def test_guiders_see_until_when_each_film_is_kept():
    recording = closed(service()[0])

    body = signed_in(recording.owner).get(reverse("media_review:recording-list")).content.decode()

    assert f"kept until {make_day(-60)}" in body


def test_a_supervisor_reads_the_keeping_of_a_supervisee_of_today_alone():
    recording, guider, _ = service()
    asked(recording, guider)
    keeping = reverse("media_review:recording-keeping", args=[recording.pk])

    assert signed_in(person(Role.SUPERVISOR)).get(keeping).status_code == 404
    assert actor_of(recording.owner).user_id == guider.user_id
