"""One machine: evaluation, development and tests, on engines that Kept runs itself."""

from config.places import VAR_DIR
from config.private import private_secret
from config.settings.base import *
from config.settings.base import env

DEBUG = env.bool("KEPT_DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or private_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
KEPT_PORT = env.int("KEPT_PORT", 8000)
KEPT_PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", f"http://127.0.0.1:{KEPT_PORT}")
KEPT_LINK_BASE_URL = env.str("LINK_BASE_URL", KEPT_PUBLIC_BASE_URL)

# The supervisor gives its children these two; with neither, nothing listens at port 1
# and the error says that the database cannot be reached.
DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgres://kept_app@127.0.0.1:1/kept", conn_max_age=600),
        **KEPT_CONNECTIONS,
    }
}
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:1/0")
CELERY_BROKER_URL = REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "config.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
    },
    # Whoever works on a template wants to see it.
    "drawn": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} if DEBUG else DRAWN,
}

# Messages go to the sandbox: a pretend provider on this machine.
KEPT_TRANSPORT = "sandbox"
KEPT_SANDBOX_PORT = env.int("KEPT_SANDBOX_PORT", 8001)
KEPT_SANDBOX_SMTP_PORT = env.int("KEPT_SANDBOX_SMTP_PORT", 8025)
TWILIO_ACCOUNT_SID = "AC" + "0" * 32
TWILIO_AUTH_TOKEN = private_secret(VAR_DIR / "sandbox-token")
TWILIO_MESSAGING_SERVICE_SID = "MG" + "0" * 32
TWILIO_CALLER_NUMBER = env.str("KEPT_SANDBOX_NUMBER", "+12125550100")
TWILIO_API_BASE_URL = env.str("TWILIO_API_BASE_URL", f"http://127.0.0.1:{KEPT_SANDBOX_PORT}")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = KEPT_SANDBOX_SMTP_PORT
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "Practice <practice@kept.invalid>"

# Whoever is on this machine or in its own network may read the figures; production asks for the token.
KEPT_METRICS_TO_NEIGHBOURS = True

WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
