"""Where films rest, how large they may be, and which programs look at them."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import env

FILM_STORE = env.text("ATTUNE_FILM_STORE", "local")
FILM_FOLDER = env.VAR / "films"
FILM_BUCKET = env.text("ATTUNE_S3_BUCKET")
FILM_S3_ENDPOINT = env.text("ATTUNE_S3_ENDPOINT")
# The root key opens everything else. Older ones still open what was wrapped by them until
# `manage.py keys_rotate` has wrapped it anew (docs/operations.md).
FILM_ROOT_KEY = env.secret("ATTUNE_ROOT_KEY", "root-key")
FILM_ROOT_KEYS_OLD = env.several("ATTUNE_ROOT_KEYS_OLD")
if env.MODE == env.PRODUCTION and len(FILM_ROOT_KEY) < 32:
    raise ImproperlyConfigured("ATTUNE_ROOT_KEY is too short: use 32 random bytes in base64.")
FILM_LARGEST_BYTES = env.number("ATTUNE_FILM_LARGEST_MB", 8192) * 1024 * 1024
# How much film one person and one organisation may keep, and how many uploads may be open at once.
FILM_PERSON_BYTES = env.number("ATTUNE_FILM_PERSON_GB", 200) * 1_000_000_000
FILM_ACCOUNT_BYTES = env.number("ATTUNE_FILM_ACCOUNT_GB", 2000) * 1_000_000_000
FILM_OPEN_UPLOADS = env.number("ATTUNE_FILM_OPEN_UPLOADS", 20)
FILM_LONGEST_SECONDS = env.number("ATTUNE_FILM_LONGEST_MINUTES", 120) * 60
# Whether a 1080p film is made as well, and how long what was sent is kept once a film is ready.
FILM_FINE = env.yes("ATTUNE_FILM_FINE")
FILM_ORIGINAL_DAYS = env.number("ATTUNE_FILM_ORIGINAL_DAYS", 30)
FFMPEG = env.text("ATTUNE_FFMPEG")
FFPROBE = env.text("ATTUNE_FFPROBE")
# What one PATCH may carry, and how long a silent worker is believed to be alive.
FILM_PATCH_BYTES = env.number("ATTUNE_FILM_PATCH_MB", 8192) * 1024 * 1024
FILM_LEASE_SECONDS = env.number("ATTUNE_FILM_LEASE_SECONDS", 60)
FILM_PAUSE_SECONDS = env.number("ATTUNE_FILM_PAUSE_SECONDS", 20)
