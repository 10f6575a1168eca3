"""Refuses every connection that would leave this machine. Run as a script, it does so for another command:

python tests/network_guard.py ingest.py --check
python tests/network_guard.py -m assistant ask 问题
"""

from __future__ import annotations

import runpy
import socket
import sys
from typing import Any

_LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", ""}


class NetworkReached(AssertionError):
    """Something tried to reach out."""


def forbid() -> None:
    """From now on, connecting to or resolving anything but this machine raises NetworkReached."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self.family, address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        _check(socket.AF_INET, (host,))
        return resolve(host, *args, **kwargs)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_resolve


def _check(family: int, address: Any) -> None:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = address[0].decode() if isinstance(address[0], bytes) else address[0] or ""
    if host not in _LOCAL and not host.startswith("127."):
        raise NetworkReached(f"a connection to {address!r}")


if __name__ == "__main__":
    forbid()
    _, *sys.argv = sys.argv
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
