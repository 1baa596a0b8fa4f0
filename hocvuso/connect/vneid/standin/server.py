from __future__ import annotations

from hocvuso.connect import standin
from hocvuso.connect.vneid.standin.app import Standin
from hocvuso.connect.vneid.standin.provider import Client, StandinCitizen, StandinProvider
from hocvuso.connect.vneid.standin.receiver import SLOW, StandinReceiver


class StandinServer(standin.StandinServer):
    def play(self, client: Client, citizens: tuple[StandinCitizen, ...], *, slow: float = SLOW) -> Standin:
        """Take the part of VNeID for this client, with these citizens; `serve_forever` begins it."""
        app = Standin(StandinProvider(self.address, client, citizens), StandinReceiver(slow=slow))
        self.set_app(app)
        return app


def bound_server(host: str, port: int) -> StandinServer:
    """Listens at once; whoever comes before it knows its citizens waits. Port 0 takes a free one."""
    return StandinServer((host, port), standin.Quiet)
