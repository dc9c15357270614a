"""What people are told by e-mail: who, and that something waits; never a code or a word of it."""

import pytest

from media_review import services
from media_review.models import Comment
from notices.models import Notice
from notices.words import letter
from tests.media_review import factories as make
from tests.people.factories import actor_of

pytestmark = pytest.mark.django_db


def test_each_letter_is_short_and_gives_nothing_away():
    row = make.answered(clips=2)
    comment = Comment.objects.get()
    services.reply(actor=actor_of(row.trainee), comment_id=comment.pk, words="I had not seen it.")
    code = row.submitted_clips.first().clip.recording.case.code

    letters = {
        notice.kind: letter(notice)
        for notice in Notice.objects.filter(kind__startswith="media_review.")
    }

    assert {kind: (each.subject, each.button) for kind, each in letters.items()} == {
        "media_review.submitted": (
            "Maya Osei has sent you clips with a question",
            "Look at the clips",
        ),
        "media_review.answered": ("Ruth Whitlow has answered your clips", "Read the answer"),
        "media_review.replied": ("Maya Osei has replied to you", "Read the reply"),
    }
    said = " ".join(f"{each.subject} {each.sentence}" for each in letters.values())
    assert not [word for word in (code, make.QUESTION, comment.words, "I had not") if word in said]
    assert "2 clips and a question" in said
