"""How messages leave the house: the console until a mail server is named."""

from config.settings import env

EMAIL_HOST = env.text("ATTUNE_MAIL_HOST")
EMAIL_PORT = env.number("ATTUNE_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("ATTUNE_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("ATTUNE_MAIL_PASSWORD")
EMAIL_USE_TLS = env.yes("ATTUNE_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = env.text(
    "ATTUNE_MAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend",
)
DEFAULT_FROM_EMAIL = env.text("ATTUNE_MAIL_FROM", "Attune <attune@localhost>")
EMAIL_SUBJECT_PREFIX = ""
# Where letters are laid down when ATTUNE_MAIL_BACKEND names Django's file backend.
EMAIL_FILE_PATH = env.text("ATTUNE_MAIL_FOLDER", str(env.VAR / "mail"))
