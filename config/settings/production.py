"""A practice's own deployment: complete and safe, or it refuses to start."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.base import BASE_DIR, env
from config.settings.refusals import EMAIL_BACKENDS, find_problems

if problems := find_problems(env):
    raise ImproperlyConfigured("Kept does not start:\n" + "\n".join(f"- {p}" for p in problems))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
KEPT_PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL").rstrip("/")
# Clients' own pages may have a domain of their own, as short and as neutral as the practice likes.
KEPT_LINK_BASE_URL = (env.str("LINK_BASE_URL", "") or KEPT_PUBLIC_BASE_URL).rstrip("/")
CSRF_TRUSTED_ORIGINS = [KEPT_PUBLIC_BASE_URL]

DATABASES = {"default": {**env.dj_db_url("DATABASE_URL", conn_max_age=600), **KEPT_CONNECTIONS}}
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "config.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
    },
    "drawn": DRAWN,
}

KEPT_TRANSPORT = "live"
TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN")
TWILIO_MESSAGING_SERVICE_SID = env.str("TWILIO_MESSAGING_SERVICE_SID")
TWILIO_CALLER_NUMBER = env.str("TWILIO_CALLER_NUMBER", "")
TWILIO_API_BASE_URL = ""

_provider = env.str("EMAIL_PROVIDER")
EMAIL_BACKEND = EMAIL_BACKENDS[_provider]
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM")
EMAIL_TIMEOUT = 10
if _provider == "smtp":
    _smtp = env.dj_email_url("EMAIL_URL")
    EMAIL_HOST = _smtp["EMAIL_HOST"]
    EMAIL_PORT = _smtp["EMAIL_PORT"]
    EMAIL_HOST_USER = _smtp["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _smtp["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _smtp["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = _smtp["EMAIL_USE_SSL"]
ANYMAIL = {
    "POSTMARK_SERVER_TOKEN": env.str("EMAIL_API_KEY", ""),
    "MAILGUN_API_KEY": env.str("EMAIL_API_KEY", ""),
    "MAILGUN_SENDER_DOMAIN": env.str("EMAIL_SENDER_DOMAIN", ""),
    "SENDGRID_API_KEY": env.str("EMAIL_API_KEY", ""),
    "BREVO_API_KEY": env.str("EMAIL_API_KEY", ""),
    "WEBHOOK_SECRET": env.str("EMAIL_WEBHOOK_SECRET", ""),
    "REQUESTS_TIMEOUT": 10,
}

STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.stylesheets.OneSheetStorage"},
}

# TLS ends at the proxy in front; it must set the header itself, so trusting it is a choice.
if env.bool("KEPT_TRUST_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Without it everybody comes from the proxy's address: one person's wrong passwords shut all out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
