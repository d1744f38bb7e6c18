"""What a form about a session says where a colleague came first."""

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import QueryDict

from dashboard.pages import add_refusal
from sessions_app.models import TherapySession


def refuse(form: Form, error: ValidationError, *, session: TherapySession) -> None:
    """Put the refusal on the form; of a session that has changed, the page now shows how it stands.

    Whoever agrees once more has seen that, and is not refused for ever.
    """
    add_refusal(form, error)
    if getattr(error, "code", "") == "stale" and isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["seen_version"] = str(session.version)
