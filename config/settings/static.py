"""Files that are the same for everyone, served by ourselves with far-off expiry."""

from config.settings import env

STATIC_URL = "/static/"
STATIC_ROOT = env.VAR / "static"
if env.MODE == env.EMBEDDED:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [env.ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.VAR / "media"
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# The embedded house serves straight from the source folders; production collects and hashes.
WHITENOISE_USE_FINDERS = env.MODE == env.EMBEDDED
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.staticfiles.Hashed"
        if env.MODE == env.PRODUCTION
        else "config.staticfiles.Plain"
    },
}
