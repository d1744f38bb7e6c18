"""Closes every way out of this machine: a test that calls a real provider fails."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

LOCAL_NAMES = frozenset({"localhost", ""})


class OutsideError(AssertionError):
    """A test tried to reach another machine."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOCAL_NAMES


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise OutsideError(
                f"A test tried to reach {address[0]}; only this machine's servers may be used."
            )
        real_connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()
