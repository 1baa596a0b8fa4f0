"""What the stand-ins of outside systems run on. Threads, because a slow answer must not keep the others waiting."""

from __future__ import annotations

import socket
from contextlib import closing
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class StandinServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://{self.server_name}:{self.server_port}"

    def server_bind(self) -> None:
        """Without asking the resolver for this machine's name, which may take seconds where there is no network."""
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]  # type: ignore[assignment]
        self.setup_environ()


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  addresses carry codes: nothing of them is logged
        pass


def free_port(host: str, wanted: int) -> int:
    """The port, or the next one nobody listens on."""
    for port in range(wanted, min(wanted + 100, 65536)):
        with closing(socket.socket()) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind((host, port))
            except OSError:
                continue
            return port
    return 0
