"""Which rooms and libraries make up the house."""

from config.settings import env

DEMO = env.DEMO
PRODUCTION = env.MODE == env.PRODUCTION
VAR = env.VAR
BASE_DIR = env.ROOT
DEBUG = False
SECRET_KEY = env.secret("ATTUNE_SECRET_KEY", "secret-key")
LEDGER_KEY = env.text("ATTUNE_LEDGER_KEY")
SITE_ADDRESS = env.text("ATTUNE_ADDRESS", f"http://localhost:{env.number('ATTUNE_PORT', 8000)}")
SITE_ID = 1
AUTH_USER_MODEL = "people.User"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "ledger",
    "people",
    "notices",
    "footage",
    "attunement",
    "learning",
    "caselogs",
    "media_review",
    "accreditation",
    "portal",
]
INSTALLED_APPS = [
    *[room for room in ROOMS if (env.ROOT / room / "apps.py").exists()],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "ninja",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "django_tasks",
    "django_htmx",
    "django_structlog",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.text("ATTUNE_TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True
