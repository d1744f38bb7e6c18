"""Asks this container's own web process how it is: for health checks, which have no curl."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main(path: str) -> int:
    """Return 0 when `path` answers 200 on port 8000, under a host name that Kept accepts."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request("GET", path, headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
