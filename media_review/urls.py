"""Addresses of the room: films and their clips, submissions and their threads."""

from django.urls import path

from media_review.views import clips, consents, films, media, sending, submissions, threads

app_name = "media_review"
urlpatterns = [
    path("cases/<uuid:pk>/consent/withdraw/", consents.consent_withdraw, name="consent-withdraw"),
    path("films/", films.recording_list, name="recording-list"),
    path("films/new/", sending.recording_begin, name="recording-begin"),
    path("films/add/", sending.recording_add, name="recording-add"),
    path("films/<uuid:pk>/", films.recording, name="recording"),
    path("films/<uuid:pk>/upload/", sending.recording_upload, name="recording-upload"),
    path("films/<uuid:pk>/progress/", films.recording_progress, name="recording-progress"),
    path("films/<uuid:pk>/measure/", sending.recording_measure, name="recording-measure"),
    path("films/<uuid:pk>/retry/", sending.recording_retry, name="recording-retry"),
    path("films/<uuid:pk>/discard/", films.recording_discard, name="recording-discard"),
    path("films/<uuid:pk>/film.mp4", media.recording_film, name="recording-film"),
    path("films/<uuid:pk>/poster.jpg", media.recording_poster, name="recording-poster"),
    path("films/<uuid:pk>/sprite.jpg", media.recording_sprite, name="recording-sprite"),
    path("films/<uuid:pk>/peaks.json", media.recording_peaks, name="recording-peaks"),
    path("films/<uuid:pk>/clips/mark/", clips.clip_mark, name="clip-mark"),
    path("films/clips/<uuid:pk>/correct/", clips.clip_correct, name="clip-correct"),
    path("films/clips/<uuid:pk>/remove/", clips.clip_remove, name="clip-remove"),
    path("films/clips/<uuid:pk>/film.mp4", media.clip_film, name="clip-film"),
    path("films/clips/<uuid:pk>/poster.jpg", media.clip_poster, name="clip-poster"),
    path("films/clips/<uuid:pk>/sprite.jpg", media.clip_sprite, name="clip-sprite"),
    path("films/clips/<uuid:pk>/peaks.json", media.clip_peaks, name="clip-peaks"),
    path("submissions/", submissions.submission_list, name="submission-list"),
    path("submissions/new/", submissions.submission_compose, name="submission-compose"),
    path("submissions/<uuid:pk>/", submissions.submission, name="submission"),
    path("submissions/<uuid:pk>/write/", submissions.submission_write, name="submission-write"),
    path(
        "submissions/<uuid:pk>/withdraw/",
        submissions.submission_withdraw,
        name="submission-withdraw",
    ),
    path("submissions/<uuid:pk>/close/", submissions.submission_close, name="submission-close"),
    path("submissions/<uuid:pk>/answer/", threads.answer_send, name="answer-send"),
    path("submissions/clips/<uuid:pk>/comment/", threads.comment_keep, name="comment-keep"),
    path("submissions/comments/<uuid:pk>/remove/", threads.comment_remove, name="comment-remove"),
    path("submissions/comments/<uuid:pk>/reply/", threads.comment_reply, name="comment-reply"),
]
