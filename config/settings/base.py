"""What holds on every machine."""

from typing import Any

import pghistory
from csp.constants import NONE, SELF
from environs import Env
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.logs import logging_settings
from config.places import ROOT

env = Env()
BASE_DIR = ROOT

INSTALLED_APPS = [
    "dashboard",
    "portal",
    "importing",
    "followups",
    "reminders",
    "attendance",
    "sessions_app",
    "clients",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "phonenumber_field",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "dashboard.quiet_polls.QuietPollMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.SignedOutFragmentMiddleware",
    "accounts.middleware.PracticeClockMiddleware",
    "accounts.middleware.SecondStepMiddleware",
    "accounts.middleware.LastUsedMiddleware",
    "dashboard.replaced.ReplacedRecordMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboard.shell.shell",
            ],
        },
    }
]

# Language and time: stored in UTC, shown in the zone of the session or the practice. Whoever chose no
# language reads this one (accounts/middleware.py); clients' pages have words of their own (portal/doors.py).
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Signing in: by e-mail, invited only, with TOTP or a passkey beside the password.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.authentication.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.NewPasswordLinkForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# The practice vouches for the address when it invites; the reset link proves it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# One address each, and a practice admin changes it.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_FORMS = {
    "add_webauthn": "accounts.forms.PasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Kept"
# A code typed as it changes still counts, and so does one of a phone that is half a minute off.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "accounts.browser_sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60

# Nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# History: rows are only ever added, and each carries its own context (the library's
# default context table would need UPDATE, which the program's role does not have there).
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
# History is read by the row that it tells of; an index on each other key would double the cost of a write.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
PHONENUMBER_DEFAULT_REGION = "US"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one also says how to sign in, so that nobody gets 401 rather than 403.
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.permissions.Permits"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttles.PerToken"],
    "DEFAULT_RENDERER_CLASSES": ["accounts.renderers.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.parsers.Json"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "accounts.paging.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "accounts.problems.respond_with_problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Requests a minute for each key.
KEPT_API_RATES: dict[str, int] = {
    "read": env.int("KEPT_API_READS_A_MINUTE", 1200),
    "write": env.int("KEPT_API_WRITES_A_MINUTE", 300),
    "search": env.int("KEPT_API_SEARCHES_A_MINUTE", 120),
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Kept",
    "DESCRIPTION": "Clients, sessions, attendance and follow-ups of one therapy practice.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "CaseKind": "clients.models.Case.Kind",
        "AttemptChannel": "followups.models.AttemptChannel",
        "Channel": "clients.models.Channel",
        "InboundVia": "reminders.models.InboundVia",
        "ConsentPurpose": "clients.models.ConsentPurpose",
        "MessagePurpose": "reminders.models.Purpose",
        "MessageState": "reminders.models.State",
        "SendingState": "reminders.models.AttemptState",
        "FollowUpState": "followups.models.FollowUp.State",
        "ContactKind": "clients.models.ContactPoint.Kind",
        "DisclosureBasisKind": "clients.models.DisclosureBasis.Kind",
        "DisclosureBasisEnding": "clients.models.DisclosureBasis.Ending",
        "DisclosurePart": "clients.models.DisclosurePart",
        "ConsequenceKind": "clients.models.Consequence.Kind",
        "ReferralState": "clients.models.ReferralState",
        "ReportKind": "followups.models.ReportKind",
        "ConsentHow": "clients.models.Consent.How",
        "TermsToldHow": "attendance.models.TermsTold.How",
        "ApprovalHow": "followups.models.Approval",
        "LaterOptionKind": "followups.models.LaterOption.Kind",
        "LaterOptionState": "followups.models.LaterOption.State",
        "ReviewOutcome": "followups.models.ReviewOutcome",
        "PatternKind": "followups.models.PatternKind",
        "CancelledBy": "sessions_app.models.CancelledBy",
        "Outcome": "attendance.models.Outcome",
        "Response": "sessions_app.models.Response",
        "Standing": "attendance.serializers.STATUSES",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "accounts.openapi.document_problems",
    ],
}

# Celery is the doorbell: a message carries no truth, so losing or doubling one is harmless.
# A hung broker may hold up a ring for seconds, never a page for a minute.
CELERY_TASK_DEFAULT_QUEUE = "kept"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 1}
CELERY_TIMEZONE = "UTC"
# The schedule is all intervals, so beat remembers nothing and needs no file.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"


# The same holds for the cache: two seconds for a hung one, and no second try.
CACHE_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)}
# Parts of pages that are alike for hours, such as the menu, as each process has drawn them.
DRAWN = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "drawn",
    "OPTIONS": {"MAX_ENTRIES": 1000},
}
# Connections are kept between requests; one that has ended meanwhile is made anew before it is asked anything.
KEPT_CONNECTIONS = {"ENGINE": "config.database", "CONN_HEALTH_CHECKS": True}


def _ring(task: str, seconds: int) -> dict[str, Any]:
    # A ring not answered before the next one is worth nothing.
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "send what is due": _ring("reminders.tasks.dispatch", 10),
    "plan what should be sent": _ring("reminders.tasks.reconcile", 30),
    "ask about the unknown": _ring("reminders.tasks.poll_unknown", 30),
    "settle ended sessions": _ring("attendance.tasks.settle_ended", 60),
    "open and close follow-ups": _ring("followups.tasks.reconcile", 30),
    "bring in files": _ring("importing.tasks.bring_in", 30),
    "look for records of one person": _ring("clients.tasks.look_for_doubles", 300),
}

# Set where webhooks are signed with a key of their own (HMAC-SHA256) besides the account's token.
TWILIO_SIGNING_SECRET: str = env.str("TWILIO_SIGNING_SECRET", "")

# /metrics asks for this token. Without one it is closed, except to neighbours where settings allow that.
KEPT_METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")
KEPT_METRICS_TO_NEIGHBOURS = False

KEPT_DATABASE_OWNER_URL: str = env.str("KEPT_DATABASE_OWNER_URL", "")
LOGGING = logging_settings(env.str("KEPT_LOG_LEVEL", "INFO"))
