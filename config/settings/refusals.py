"""Why a production deployment must not start, all reasons at once."""

from urllib.parse import urlsplit

from environs import Env

from accounts.revealing import revealing_words

REQUIRED = (
    "SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "PUBLIC_BASE_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_MESSAGING_SERVICE_SID",
    "EMAIL_PROVIDER",
    "EMAIL_FROM",
)
EMAIL_BACKENDS = {
    "brevo": "anymail.backends.brevo.EmailBackend",
    "mailgun": "anymail.backends.mailgun.EmailBackend",
    "postmark": "anymail.backends.postmark.EmailBackend",
    "sendgrid": "anymail.backends.sendgrid.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}


def find_problems(env: Env) -> list[str]:
    """Return one sentence for each thing that is missing or unsafe."""
    return [
        *(f"{name} is not set." for name in REQUIRED if not env.str(name, "").strip()),
        *_weak_secret(env),
        *_weak_token(env),
        *_unsafe_address(env),
        *_email_problems(env),
        *_test_switches(env),
    ]


def _weak_secret(env: Env) -> list[str]:
    secret = env.str("SECRET_KEY", "")
    if secret and (len(secret) < 50 or len(set(secret)) < 5):
        return ["SECRET_KEY is too short: give it at least 50 random characters."]
    return []


def _weak_token(env: Env) -> list[str]:
    token = env.str("METRICS_TOKEN", "")
    if token and len(token) < 20:
        return ["METRICS_TOKEN is too short: give it at least 20 random characters, or leave it out."]
    return []


def _unsafe_address(env: Env) -> list[str]:
    problems = []
    if "*" in env.list("ALLOWED_HOSTS", []):
        problems.append("ALLOWED_HOSTS must name the hosts; * lets anybody forge links.")
    for name in ("PUBLIC_BASE_URL", "LINK_BASE_URL"):
        address = env.str(name, "")
        if address and not address.startswith("https://"):
            problems.append(f"{name} must begin with https://.")
    return [*problems, *_telling_links(env)]


def _telling_links(env: Env) -> list[str]:
    """The host of clients' links stands in texts, on locked screens: it may say nothing of the service."""
    name = "LINK_BASE_URL" if env.str("LINK_BASE_URL", "") else "PUBLIC_BASE_URL"
    address = urlsplit(env.str(name, ""))
    if not address.netloc:
        return []
    if address.username or address.query or address.fragment:
        return [f"{name} must be an address alone, such as https://lakeside.example."]
    if telling := revealing_words(f"{address.hostname} {address.path}"):
        tells = f"{name} stands in clients' messages, and “{telling[0]}” tells why somebody comes"
        return [f"{tells}: give LINK_BASE_URL a neutral host."]
    return []


def _email_problems(env: Env) -> list[str]:
    provider = env.str("EMAIL_PROVIDER", "")
    if not provider:
        return []
    if provider not in EMAIL_BACKENDS:
        return [f"EMAIL_PROVIDER must be one of {', '.join(EMAIL_BACKENDS)}."]
    needed = "EMAIL_URL" if provider == "smtp" else "EMAIL_API_KEY"
    return [] if env.str(needed, "") else [f"{needed} is not set; {provider} needs it."]


def _test_switches(env: Env) -> list[str]:
    problems = []
    if env.bool("DEBUG", False) or env.bool("KEPT_DEBUG", False):
        problems.append("DEBUG is on: error pages would show clients' details.")
    if env.str("KEPT_TRANSPORT", "live") != "live" or env.str("TWILIO_API_BASE_URL", ""):
        problems.append("The sandbox is the transport: no message would reach a client.")
    return problems
