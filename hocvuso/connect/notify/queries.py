from __future__ import annotations

from dataclasses import dataclass

from hocvuso.connect.notify.channels import CHANNELS, TELEPHONE, is_quiet_now
from hocvuso.messages.models import DispatchState
from hocvuso.messages.queries import dispatch_counts, failure_counts


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How things stand on one way out: whether it is open, and how many dispatches are in which state."""

    key: str
    title: str
    closed_why: str
    is_quiet: bool
    waiting: int
    sent: int
    held_back: int
    dead: int
    failures: dict[str, int]


def channel_states() -> list[ChannelState]:
    counts, quiet = dispatch_counts(), is_quiet_now()
    return [
        ChannelState(
            key=channel.key.value,
            title=channel.key.label,
            closed_why=channel.closed_why,
            is_quiet=quiet and channel.key in TELEPHONE,
            waiting=counts.get((channel.key, DispatchState.WAITING), 0),
            sent=counts.get((channel.key, DispatchState.SENT), 0),
            held_back=counts.get((channel.key, DispatchState.HELD_BACK), 0),
            dead=counts.get((channel.key, DispatchState.DEAD), 0),
            failures=failure_counts(channel.key),
        )
        for channel in CHANNELS
    ]
