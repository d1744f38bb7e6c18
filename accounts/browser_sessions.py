"""Who is signed in at a browser: Django's sessions in the database, read by a prepared statement."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.bell import tell_pages_on_commit
from accounts.prepared import Prepared, columns_of, record_of

_SESSION = Prepared(
    "browser_session",
    f"SELECT {columns_of(Session, 's')} FROM django_session s WHERE s.session_key = $1 AND s.expire_date > $2",  # noqa: S608 - the columns are our own
    values=2,
)


class SessionStore(db.SessionStore):
    """The same in every way but how the row is found, and that it knows how old it is."""

    ends_at: datetime | None = None

    @property
    def written_at(self) -> datetime | None:
        """When it was last written, at signing in at the earliest; None for one that is not stored."""
        return self.ends_at and self.ends_at - timedelta(seconds=settings.SESSION_COOKIE_AGE)

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def delete(self, session_key: str | None = None) -> None:
        """A page that stands open is told: its next poll finds that it is signed out."""
        super().delete(session_key)
        tell_pages_on_commit()

    def _get_session_from_db(self) -> Session | None:
        for values in _SESSION.rows(self.session_key, timezone.now()):
            found = record_of(Session, values)
            self.ends_at = found.expire_date
            return found
        self._session_key = None
        return None
