"""Django's backend for PostgreSQL, with a look at the line instead of a question over it.

A connection is kept between requests, and may have ended meanwhile: PostgreSQL was started anew, say. Django asks it
`SELECT 1` before each request that needs it, which costs as much as many a page's own question. But a line on which
nobody has asked anything is silent while both ends stand; what PostgreSQL says of itself, its end above all, makes it
readable. So the line is looked at, and asked only where there is something to read.
"""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is taken for well while its line is silent."""

    def close_if_health_check_failed(self) -> None:
        """Close it where it has ended; called before the first question of each request."""
        if self.connection is not None and not self.connection.closed and self._is_silent():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_silent(self) -> bool:
        line = poll()
        line.register(self.connection, POLLIN)
        return not line.poll(0)
