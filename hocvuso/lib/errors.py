"""The error family. Every refusal a person may meet is one of these, with a message made for that person.

    HocVuSoError                 something was asked for that cannot be done; nothing has changed
    ├── BadInput                 a file, a form, a row or an option that cannot be read or makes no sense
    │   ├── UnknownName          a unit, plan, metric, duty … that does not exist
    │   └── BadRow               one row of a list, which refuses the list
    ├── Refused                  understood, and not allowed: no right, wrong state, append-only
    └── NotReady                 the installation is not fit to start: settings, keys, triggers, migrations

The command line prints the message and leaves with `exit_code`; a page shows it in an error summary.
"""

from __future__ import annotations


class HocVuSoError(Exception):
    exit_code = 2

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class BadInput(HocVuSoError):
    pass


class UnknownName(BadInput):
    pass


class BadRow(BadInput):
    """`row` counts from 1. The message is made as “Dòng 3: why”; `why` alone is for those who know a better number than the row's."""

    def __init__(self, message: str, *, row: int) -> None:
        super().__init__(message)
        self.row = row

    @property
    def why(self) -> str:
        return str(self).partition(": ")[2]


class Refused(HocVuSoError):
    pass


class NotReady(HocVuSoError):
    pass
