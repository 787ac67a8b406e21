"""Settings, safe as they stand. The environment is read here alone; .env.example lists every variable."""

import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from b12site.secret_key import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Where it runs

VAR = Path(env.str("COBALT_VAR", str(BASE_DIR / "var"))).absolute()
"""What the installation keeps: the embedded database, collected static files, the demo's secret."""

PORT = env.int("PORT", 8000)
DEBUG = env.bool("COBALT_DEBUG", False)
ALLOWED_HOSTS = env.list("COBALT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CI = env.bool("CI", False)
CHROMIUM = env.str("COBALT_CHROMIUM", "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


ON_LOOPBACK = all(_is_loopback(host) for host in ALLOWED_HOSTS)
SITE_ADDRESS = (
    f"http://{ALLOWED_HOSTS[0]}:{PORT}"
    if ON_LOOPBACK
    else f"https://{next(host for host in ALLOWED_HOSTS if not _is_loopback(host)).lstrip('.')}"
)
"""What links in mail and from commands begin with: the first name that is not loopback's, if there is one."""

DEMO = env.bool("COBALT_DEMO", False) and ON_LOOPBACK
"""Whether the demonstration accounts are made and may sign in."""

SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not ON_LOOPBACK:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. An address other than loopback needs one: at least 50 random characters,"
            " for example from `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."
        )
    SECRET_KEY = kept_secret_key(VAR / "secret_key")

# What it says

COBALT_GUIDELINE = env.str("COBALT_GUIDELINE", "nice_ng239")
"""The guideline written into a picture that states none."""

COBALT_PROBLEM_ADDRESS = env.str("COBALT_PROBLEM_ADDRESS", "")
"""Where "report a problem" leads: an e-mail address or a URL; empty offers none."""

COBALT_HEARTBEAT_MINUTES = env.int("COBALT_HEARTBEAT_MINUTES", 15)
"""After how many minutes /health/ runs every case again instead of telling what the last run found."""

# What it keeps

COBALT_KEEP_DAYS = env.int("COBALT_KEEP_DAYS", 0)
"""For how many days after the last change a saved assessment is kept; 0 is until its owner deletes it."""

# The site

INSTALLED_APPS = [
    "b12site",
    "b12site.accounts",
    "assessments",
    "conditions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "template_partials",
    "js_lib_bootstrap5",
    "pgtrigger",
    "pghistory",
    "import_export",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages, of varying length each time: docs/decisions/0015-pages-are-compressed.md
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "b12site.middleware.PostsAreNotKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "conditions.curation.history.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "b12site.middleware.DatabaseGone",
    "conditions.heartbeat.middleware.AnswersAreWithheld",
    "b12site.accounts.middleware.SessionsEnd",
    "b12site.accounts.middleware.SecondFactorFirst",
]
ROOT_URLCONF = "b12site.urls"
WSGI_APPLICATION = "b12site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The database: PostgreSQL, nothing else

if env.str("DATABASE_URL", ""):
    _database = env.db("DATABASE_URL")
    if _database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL names no PostgreSQL: postgres://user:password@host:5432/name"
        )
else:
    _database = {
        "ENGINE": "b12site.embedded_postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "PORT": 5432,
        "EMBEDDED": {"DATA": VAR / "pg18", "TEST_DATA": VAR / "pg18-tests"},
    }
DATABASES = {
    "default": _database
    | {
        # A new connection costs more than most pages.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": "-c lock_timeout=10s"} | _database.get("OPTIONS", {}),
    }
}

# Static files: collected, named by content and compressed once by `prepare`; as they stand when debugging

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "b12site.static_files.Storage"
    },
}

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "b12site.given_back.csrf_failure"
if not ON_LOOPBACK:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("COBALT_BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in: by invitation, e-mail address and password, and a second factor for who works on the knowledge

AUTHENTICATION_BACKENDS = ["b12site.demo_accounts.Backend"]
ACCOUNT_ADAPTER = "b12site.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Whoever opened an invitation has shown that the address is theirs; there is no other way in.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Cobalt: "
# The form tells unknown addresses in our words: the page to sign up, which allauth's name, is not there.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"reset_password": "b12site.accounts.forms.ResetPasswordForm"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("COBALT_BEHIND_PROXY", False) else 0
MFA_ADAPTER = "b12site.accounts.adapters.SecondFactorAdapter"
# Nobody signs up with the address of somebody else, against which allauth guards.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "add_webauthn": "b12site.accounts.forms.AddWebAuthnForm",
    "activate_totp": "b12site.accounts.forms.ActivateTOTPForm",
    "authenticate": "b12site.accounts.forms.AuthenticateForm",
    "reauthenticate": "b12site.accounts.forms.ReauthenticateForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Cobalt"
# One step of 30 seconds for clocks and typing, as RFC 6238, section 5.2, recommends.
MFA_TOTP_TOLERANCE = 1

# NIST SP 800-63B, section 4.2.3, for two factors: 12 hours at most, 30 minutes without use.
# Others may change nothing but what they saved themselves: two hours, about one clinic.
SESSION_ENDS_AFTER = timedelta(hours=12)
SESSION_ENDS_IDLE_STAFF = timedelta(minutes=30)
SESSION_ENDS_IDLE = timedelta(hours=2)
SESSION_COOKIE_AGE = int(SESSION_ENDS_AFTER.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
INVITATION_ENDS_AFTER = timedelta(days=7)

CACHES = {
    # Only the limits on signing in are kept here, in the database, so that all workers count together.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        # So many that a flood of new addresses does not push out what was counted.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# E-mail: without a server nothing is sent, and the administrator hands over the links of invitations

SENDS_MAIL = bool(env.str("EMAIL_URL", ""))
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("COBALT_MAIL_FROM", "cobalt@localhost")

# Logs say what failed and where, never with which values

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_values": {"()": "b12site.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_values"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Not every address that is not there.
        "django.request": {"level": "ERROR"},
        # Every statement with its parameters, if it were lower.
        "django.db.backends": {"level": "WARNING"},
    },
}
