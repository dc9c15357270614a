"""Work that happens later: messages are only wake-ups, the truth is in the database."""

from datetime import timedelta

from celery.schedules import crontab

from config.settings import env

_BROKER_FOLDER = env.VAR / "broker"
# Work nobody does is looked for more often than its lease lasts, at least every 15 seconds.
_SWEEP_SECONDS = min(15.0, env.number("ATTUNE_FILM_LEASE_SECONDS", 60) / 4)
CELERY_BROKER_URL = env.text(
    "ATTUNE_BROKER_URL", env.text("ATTUNE_REDIS_URL", "filesystem://localhost")
)
if CELERY_BROKER_URL.startswith("filesystem"):
    for _name in ("messages", "processed", "control"):
        (_BROKER_FOLDER / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_FOLDER / "messages"),
        "data_folder_out": str(_BROKER_FOLDER / "messages"),
        "processed_folder": str(_BROKER_FOLDER / "processed"),
        "control_folder": str(_BROKER_FOLDER / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_ROUTES = {"footage.tasks.prepare_film": {"queue": "film"}}
CELERY_TASK_DEFAULT_QUEUE = "house"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(env.VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-films": {"task": "footage.tasks.sweep", "schedule": timedelta(seconds=_SWEEP_SECONDS)},
    "tidy-store": {"task": "footage.tasks.tidy_store", "schedule": crontab(hour=3, minute=40)},
    "bury-risen": {"task": "footage.tasks.bury_risen", "schedule": crontab(minute=10)},
    "tidy-films": {"task": "media_review.tasks.tidy_films", "schedule": timedelta(seconds=60)},
    "end-viewings": {"task": "media_review.tasks.end_viewings", "schedule": timedelta(seconds=60)},
    "sweep-films-by-night": {
        "task": "media_review.tasks.sweep_films",
        "schedule": crontab(hour=2, minute=30),
    },
    "send-notices": {"task": "notices.tasks.send_waiting", "schedule": timedelta(seconds=20)},
    "send-digests": {"task": "notices.tasks.send_digests", "schedule": crontab(hour=7, minute=0)},
}
# Wagtail's own background work (search index, reference index) is small: it is done at once, in the
# request that asked for it, and cannot be lost. See docs/adr/0003.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
