"""The pages: what each face says, what is refused, what it costs."""

import pytest
from django.urls import reverse

from media_review import services
from media_review.models import Clip, Comment, Recording, Submission
from media_review.queries import answers_for, next_film_step, waiting_for
from media_review.states import State
from people.kinds import Role
from people.models import Draft
from tests.caselogs.factories import case, consented_case, days_ago
from tests.media_review import factories as make
from tests.people.factories import actor_of, person, signed_in

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"media_review:{name}", args=args)


def words(answer):
    return answer.content.decode()


FACES = {
    "Bring the film": lambda: make.recording(),
    "The film": lambda: make.filmed(),
    "Open the film from this device": lambda: make.recording(custody="shown_live"),
}


@pytest.mark.parametrize("said", FACES)
def test_each_face_of_a_recording(said):
    recording = FACES[said]()

    answer = signed_in(recording.owner).get(recording.get_absolute_url())

    assert answer.status_code == 200
    assert said in words(answer)


def test_a_locked_film_says_why_and_keeps_the_words():
    clip = make.clip(why="She waits for him.")
    make.take_back(clip.recording.case)

    answer = signed_in(clip.recording.owner).get(clip.recording.get_absolute_url())

    assert "has withdrawn their consent, so their film is locked" in words(answer)
    assert "She waits for him." in words(answer)
    assert "film.mp4" not in words(answer)


def test_a_destroyed_film_keeps_the_words():
    row = make.answered()
    recording = row.submitted_clips.get().clip.recording
    services.discard_recording(actor=actor_of(row.trainee), recording_id=recording.pk)

    assert "has been destroyed" in words(signed_in(row.trainee).get(recording.get_absolute_url()))
    assert "has been destroyed" in words(signed_in(row.supervisor).get(row.get_absolute_url()))


def test_beginning_a_film_leads_to_it():
    row = consented_case()
    browser = signed_in(row.guider)
    form = {
        "recording_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f01",
        "case": row.pk,
        "kind": "shared_review",
        "filmed_on": days_ago(2),
        "custody": "platform",
    }

    answer = browser.post(at("recording-begin"), form)

    assert answer.url == Recording.objects.get().get_absolute_url()


def test_without_consent_the_page_says_so_and_keeps_what_was_typed():
    row = case()
    form = {
        "recording_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f01",
        "case": row.pk,
        "kind": "interaction",
        "filmed_on": days_ago(2),
        "custody": "platform",
        "note": "play on the mat",
    }

    answer = signed_in(row.guider).post(at("recording-begin"), form)

    assert answer.status_code == 422
    assert "has not agreed to be filmed" in words(answer)
    assert "play on the mat" in words(answer)
    assert not Recording.objects.exists()


def test_the_upload_address_is_given_and_the_same_file_carries_on():
    recording = make.recording()
    browser = signed_in(recording.owner)
    file = {"name": "play.mp4", "size": 1000}

    first = browser.post(at("recording-upload", recording.pk), file).json()
    again = browser.post(at("recording-upload", recording.pk), file, "application/json").json()

    assert first == again
    assert first["film_url"] == recording.get_absolute_url()
    assert first["upload_url"].startswith("/footage/uploads/")


@pytest.mark.parametrize("file", [{}, {"name": "a.mp4", "size": 0}, {"name": "", "size": 9}])
def test_what_is_no_film_gets_a_reason(file):
    recording = make.recording()

    answer = signed_in(recording.owner).post(at("recording-upload", recording.pk), file)

    assert answer.status_code == 422
    assert answer.json()["reason"]


SPAN = {"start_ms": "0:01.5", "end_ms": "0:03", "who": "both"}


def test_marking_by_typing_times_works_without_script():
    recording = make.filmed()
    Draft.objects.create(user=recording.owner, key=f"clip:{recording.pk}", fields={})
    ids = make.principle_ids(1, 4)

    answer = signed_in(recording.owner).post(
        at("clip-mark", recording.pk), {**SPAN, "title": "The look", "principle_ids": ids}
    )

    assert answer.url == recording.get_absolute_url()
    clip = Clip.objects.get()
    assert (clip.start_ms, clip.end_ms, clip.title) == (1500, 3000, "The look")
    assert not Draft.objects.exists()


def test_marking_with_htmx_swaps_form_list_and_lanes():
    recording = make.filmed()

    answer = signed_in(recording.owner).post(
        at("clip-mark", recording.pk),
        {**SPAN, "title": "The look", "principle_ids": make.principle_ids(4)},
        headers={"hx-request": "true"},
    )

    assert answer.status_code == 200
    for part in ('id="mark"', 'id="clips" hx-swap-oob="true"', 'id="lanes" hx-swap-oob="true"'):
        assert part in words(answer)
    assert "Clip kept." in words(answer)


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start_ms": "0:04", "end_ms": "0:02"}, "comes before the in point"),
        ({"end_ms": "soon"}, "for example 2:14.3"),
        ({"end_ms": "9:00"}, "The film ends at 00:06.0"),
    ],
)
def test_a_span_that_cannot_be_keeps_what_was_typed(headers, typed, said):
    recording = make.filmed()

    answer = signed_in(recording.owner).post(
        at("clip-mark", recording.pk), {**SPAN, "why": "She waits.", **typed}, headers=headers
    )

    assert answer.status_code == 422
    assert said in words(answer)
    assert "She waits." in words(answer)
    assert not Clip.objects.exists()


def test_correcting_and_removing():
    clip = make.clip()
    browser = signed_in(clip.recording.owner)
    page = f"{clip.recording.get_absolute_url()}?clip={clip.pk}"
    assert "Change the clip" in words(browser.get(page))

    browser.post(at("clip-correct", clip.pk), {**SPAN, "title": "Another"})
    clip.refresh_from_db()
    assert (clip.title, clip.start_ms) == ("Another", 1500)

    browser.post(at("clip-remove", clip.pk))
    assert not Clip.objects.exists()


def compose_form(row):
    return {
        "submission_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f02",
        "question": make.QUESTION,
        "to": f"supervisor:{row.supervisor_id}",
    }


def test_composing_and_sending_in_the_order_pressed():
    row = make.composed(clips=2)
    first, second = [str(each.clip_id) for each in row.submitted_clips.all()]
    browser = signed_in(row.trainee)
    form = compose_form(row) | {"clips": [first, second], "order": f"{second},{first}", "send": "1"}

    answer = browser.post(at("submission-compose"), form)
    again = browser.post(at("submission-compose"), form)

    sent = Submission.objects.get(pk=form["submission_id"])
    assert (answer.status_code, again.status_code) == (302, 422)
    assert sent.state == State.SUBMITTED
    assert [str(each.clip_id) for each in sent.submitted_clips.all()] == [second, first]


def test_a_refusal_at_sending_keeps_the_question_and_makes_nothing():
    row = make.composed()
    make.take_back(Clip.objects.get().recording.case, "supervision")
    form = compose_form(row) | {"clips": [Clip.objects.get().pk], "send": "1"}

    answer = signed_in(row.trainee).post(at("submission-compose"), form)

    assert answer.status_code == 422
    assert "has not agreed that your supervisor may watch clips" in words(answer)
    assert make.QUESTION in words(answer)
    assert Submission.objects.count() == 1


def test_a_draft_opens_as_a_form_with_its_choices():
    row = make.composed()
    browser = signed_in(row.trainee)

    answer = browser.get(row.get_absolute_url(), follow=True)

    assert make.QUESTION in words(answer)
    assert f'value="{Clip.objects.get().pk}" checked' in words(answer)


def test_the_supervisors_first_look_opens_it():
    row = make.submitted()

    answer = signed_in(row.supervisor).get(row.get_absolute_url())

    row.refresh_from_db()
    assert row.state == State.IN_REVIEW
    assert make.QUESTION in words(answer)
    assert "What do you see first that works?" in words(answer)


def test_an_answer_from_draft_to_reply_and_reflection():
    row = make.submitted()
    mine, theirs = signed_in(row.trainee), signed_in(row.supervisor)
    place = row.submitted_clips.get()
    comment = {
        "comment_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f03",
        "kind": "strength",
        "start_ms": "0:00.2",
        "end_ms": "0:01",
        "words": "You wait, and he looks up.",
    }
    theirs.post(at("comment-keep", place.pk), comment)
    assert "You wait" not in words(mine.get(row.get_absolute_url()))

    theirs.post(at("answer-send", row.pk))
    assert "You wait" in words(mine.get(row.get_absolute_url()))

    reply = {"reply_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f04", "words": "I see it now."}
    mine.post(at("comment-reply", comment["comment_id"]), reply)
    assert "I see it now." in words(theirs.get(row.get_absolute_url()))

    mine.post(at("submission-close", row.pk), {"reflection": "I will wait."})
    row.refresh_from_db()
    assert (row.state, row.reflection) == (State.CLOSED, "I will wait.")


def test_a_comment_that_cannot_be_keeps_what_was_typed():
    row = make.submitted()
    form = {
        "comment_id": "5f0c2f6e-6a3f-4f8e-9d52-6a1d5f8c9f03",
        "kind": "wondering",
        "start_ms": "0:09",
        "end_ms": "0:10",
        "words": "I wonder what came next.",
    }

    answer = signed_in(row.supervisor).post(at("comment-keep", row.submitted_clips.get().pk), form)

    assert answer.status_code == 422
    assert "This clip lasts" in words(answer)
    assert "I wonder what came next." in words(answer)
    assert not Comment.objects.exists()


def test_an_empty_answer_is_refused_kindly():
    row = make.opened()

    answer = signed_in(row.supervisor).post(at("answer-send", row.pk), follow=True)

    assert "A strength is a good place to begin" in words(answer)


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.SUPERVISOR, Role.OFFICER, Role.REGISTRAR])
def test_a_stranger_finds_nothing(role):
    row = make.answered()
    place, comment = row.submitted_clips.get(), Comment.objects.get()
    recording = place.clip.recording
    browser = signed_in(person(role))
    looks = [
        recording.get_absolute_url(),
        at("recording-progress", recording.pk),
        row.get_absolute_url(),
        at("submission-write", row.pk),
    ]
    deeds = [
        at("recording-upload", recording.pk),
        at("recording-discard", recording.pk),
        at("clip-mark", recording.pk),
        at("clip-correct", place.clip_id),
        at("clip-remove", place.clip_id),
        at("submission-withdraw", row.pk),
        at("submission-close", row.pk),
        at("answer-send", row.pk),
        at("comment-keep", place.pk),
        at("comment-remove", comment.pk),
        at("comment-reply", comment.pk),
    ]

    assert {browser.get(look).status_code for look in looks} == {404}
    assert {browser.post(deed).status_code for deed in deeds} == {404}


def many_submissions(count):
    trainee, supervisor = make.trainee_and_supervisor()
    row = consented_case(trainee)
    for _ in range(count):
        made = make.submitted(case=row, supervisor=supervisor)
        make.drafted(made.submitted_clips.get())
        services.send_answer(actor=actor_of(supervisor), submission_id=made.pk)
        services.reply(
            actor=actor_of(trainee), comment_id=Comment.objects.latest("written_at").pk, words="-"
        )
    make.submitted(case=row, supervisor=supervisor)
    return trainee, supervisor


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_for_many(rows, django_assert_num_queries):
    trainee, supervisor = many_submissions(rows)
    mine, theirs = signed_in(trainee), signed_in(supervisor)

    with django_assert_num_queries(11):
        assert words(theirs.get(at("submission-list"))).count("asked__row") == rows + 1
    with django_assert_num_queries(6):
        assert words(mine.get(at("recording-list"))).count("film-card__title") == rows + 1
    with django_assert_num_queries(14):
        assert words(mine.get(at("submission-compose"))).count("data-clip") == rows + 1


@pytest.mark.parametrize("rows", [1, 4])
def test_the_workbench_costs_the_same_for_one_and_for_many(rows, django_assert_num_queries):
    recording = make.filmed()
    for number in range(rows):
        make.clip(recording, number * 1000, number * 1000 + 1100, numbers=(1, 2, 3))
    browser = signed_in(recording.owner)

    with django_assert_num_queries(15):
        assert words(browser.get(recording.get_absolute_url())).count('class="clip"') == rows


@pytest.mark.parametrize("rows", [1, 5])
def test_a_thread_costs_the_same_for_one_and_for_many(rows, django_assert_num_queries):
    row = make.submitted(clips=3)
    place = row.submitted_clips.first()
    for number in range(rows):
        make.drafted(place, start_ms=number * 200, end_ms=number * 200 + 300)
    services.send_answer(actor=actor_of(row.supervisor), submission_id=row.pk)
    for comment in Comment.objects.all():
        services.reply(actor=actor_of(row.trainee), comment_id=comment.pk, words="Thank you.")
    browser = signed_in(row.trainee)

    for count in (13, 12):  # read once, and read again: the marks are one more
        with django_assert_num_queries(count):
            assert words(browser.get(row.get_absolute_url())).count('class="comment"') == 2 * rows


def test_the_portal_hears_who_waits_and_what_is_next():
    trainee, supervisor = make.trainee_and_supervisor()
    row = consented_case(trainee)
    steps = []
    film = make.filmed(row)
    steps.append(next_film_step(actor_of(trainee)).kind)
    clips = [make.clip(film, at, at + 1500) for at in (0, 2000)]
    steps.append(next_film_step(actor_of(trainee)).kind)
    sent = services.compose(
        actor=actor_of(trainee),
        clip_ids=[each.pk for each in clips],
        supervisor_id=supervisor.pk,
        question="Why?",
    )
    services.submit(actor=actor_of(trainee), submission_id=sent.pk)
    steps.append(next_film_step(actor_of(trainee)))
    waiting = waiting_for(actor_of(supervisor))
    make.drafted(sent.submitted_clips.first())
    services.send_answer(actor=actor_of(supervisor), submission_id=sent.pk)
    steps.append(next_film_step(actor_of(trainee)).kind)

    assert steps == ["mark", "send", None, "answer"]
    assert [(each.other, each.clip_count, each.waited) for each in waiting] == [
        ("Maya Osei", 2, "since today")
    ]
    assert [(each.other, each.comment_count) for each in answers_for(actor_of(trainee))] == [
        ("Ruth Whitlow", 1)
    ]
    assert waiting_for(actor_of(supervisor)) == ()


def test_a_cases_page_fetches_the_films_of_that_case():
    trainee, _ = many_submissions(2)
    rows = list(Recording.objects.filter(owner=trainee))
    client = signed_in(trainee)
    one = rows[0].case

    part = client.get(at("recording-list"), {"case": one.pk}, headers={"HX-Request": "true"})

    body = part.content.decode()
    assert "<html" not in body
    assert body.count("film-card__title") == sum(row.case_id == one.pk for row in rows)
    whole = words(client.get(at("recording-list"), {"case": "no case"}))
    assert whole.count("film-card__title") == len(rows)
    assert f"?case={one.pk}" in client.get(one.get_absolute_url()).content.decode()
