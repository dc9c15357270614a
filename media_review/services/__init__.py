"""The verbs of the room: each locks, permits, keeps the rule, writes, records and tells."""

from media_review.services.chains import keep_chain, remove_chain
from media_review.services.clips import correct_clip, mark_clip, remove_clip
from media_review.services.consents import withdraw_consent
from media_review.services.grants import end_viewing, grant_viewing, hold
from media_review.services.handing import end_link, hand_over, note_saved, open_link
from media_review.services.holds import (
    ask_for_hold,
    ask_lift_hold,
    ask_longer_hold,
    confirm_hold,
    note_family_told,
    take_back_hold,
)
from media_review.services.keepsakes import (
    change_keepsake,
    compose_keepsake,
    discard_keepsake,
    make_keepsake,
)
from media_review.services.looks import (
    agree_to_look,
    ask_second_look,
    end_look,
    finish_coding,
    mark_code,
    remove_code,
)
from media_review.services.moments import keep_moment, remove_moment
from media_review.services.notes import begin_note, remove_note
from media_review.services.points import celebrate_point, let_point_go
from media_review.services.preparations import note_wiped, prepare_review
from media_review.services.ratings import rate
from media_review.services.reading import (
    add_opening,
    change_opening,
    mark_read,
    move_opening_up,
    remove_opening,
)
from media_review.services.recordings import begin_recording, begin_upload, discard_recording
from media_review.services.reviews import align_review, log_review, put_into_cycle
from media_review.services.sending import measure_film, retry_film, send_film
from media_review.services.stills import keep_still, remove_still, title_still
from media_review.services.storyboards import arrange_board, begin_board, remove_board
from media_review.services.submissions import (
    begin_version,
    close_with_reflection,
    compose,
    open_review,
    submit,
    withdraw,
)
from media_review.services.terms import agree_term, set_policy
from media_review.services.threads import comment_draft, remove_draft, reply, send_answer
from media_review.services.viewings import note_played, note_served
from media_review.services.words import take_submission_words, take_words

__all__ = [
    "add_opening",
    "agree_term",
    "agree_to_look",
    "align_review",
    "arrange_board",
    "ask_for_hold",
    "ask_lift_hold",
    "ask_longer_hold",
    "ask_second_look",
    "begin_board",
    "begin_note",
    "begin_recording",
    "begin_upload",
    "begin_version",
    "celebrate_point",
    "change_keepsake",
    "change_opening",
    "close_with_reflection",
    "comment_draft",
    "compose",
    "compose_keepsake",
    "confirm_hold",
    "correct_clip",
    "discard_keepsake",
    "discard_recording",
    "end_link",
    "end_look",
    "end_viewing",
    "finish_coding",
    "grant_viewing",
    "hand_over",
    "hold",
    "keep_chain",
    "keep_moment",
    "keep_still",
    "let_point_go",
    "log_review",
    "make_keepsake",
    "mark_clip",
    "mark_code",
    "mark_read",
    "measure_film",
    "move_opening_up",
    "note_family_told",
    "note_played",
    "note_saved",
    "note_served",
    "note_wiped",
    "open_link",
    "open_review",
    "prepare_review",
    "put_into_cycle",
    "rate",
    "remove_board",
    "remove_chain",
    "remove_clip",
    "remove_code",
    "remove_draft",
    "remove_moment",
    "remove_note",
    "remove_opening",
    "remove_still",
    "reply",
    "retry_film",
    "send_answer",
    "send_film",
    "set_policy",
    "submit",
    "take_back_hold",
    "take_submission_words",
    "take_words",
    "title_still",
    "withdraw",
    "withdraw_consent",
]
