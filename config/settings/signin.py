"""One door: e-mail, password or passkey, and a second factor."""

from config.settings import env

AUTHENTICATION_BACKENDS = ["people.backends.AuthenticationBackend"]
PASSWORD_HASHERS = env.words(
    "ATTUNE_PASSWORD_HASHERS", "django.contrib.auth.hashers.Argon2PasswordHasher"
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/road/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
# 200 people may sign in from one NHS address a minute; 20 wrong tries close an account for five.
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "300/m/ip,20/5m/key",
    "signup": "300/m/ip",
    "reset_password": "300/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
    "keepsake_wrong": "30/10m/ip",  # wrong codes for a family’s film, over all links
}
# allauth lets ten people a minute in by passkey from one address; a course shares one.
MFA_RATE_LIMITS = {"webauthn_login": "1000/m/ip"}
MFA_FORMS = {"add_webauthn": "people.passkeys.PasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ADAPTER = "people.adapters.FactorAdapter"
MFA_TOTP_ISSUER = "Attune"
MFA_RECOVERY_CODE_COUNT = 10
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.MODE == env.EMBEDDED
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("ATTUNE_PROXIES", 0)
