"""One test over many values, where a single one costs less than being a test of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

Value = TypeVar("Value")


def for_each(
    name: str, values: Iterable[Value], *, called: Callable[[Value], str] = str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Runs a test for every value of its argument `name`, and reports each value that fails by what it is `called`.

    For checks that leave nothing behind: the values share the test's fixtures.
    """
    all_values = list(values)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def over_all(**fixtures: Any) -> None:
            __tracebackhide__ = True
            failed = [
                fault for value in all_values if (fault := _fault(test, {name: value, **fixtures}, called(value)))
            ]
            if failed:
                pytest.fail(f"{len(failed)} of {len(all_values)} fail\n\n" + "\n\n".join(failed), pytrace=False)

        signature = inspect.signature(test)
        rest = [parameter for parameter in signature.parameters.values() if parameter.name != name]
        over_all.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        over_all.__name__, over_all.__doc__, over_all.__module__ = test.__name__, test.__doc__, test.__module__
        over_all.pytestmark = list(getattr(test, "pytestmark", []))  # type: ignore[attr-defined]
        assert all_values, f"{test.__name__}: nothing to test"
        return over_all

    return decorate


def _fault(test: Callable[..., None], given: dict[str, Any], called: str) -> str:
    try:
        test(**given)
    except Exception as error:
        last = inspect.getinnerframes(error.__traceback__)[-1] if error.__traceback__ else None
        return f"{called}: {type(error).__name__}: {error}" + (f"\n  {last.filename}:{last.lineno}" if last else "")
    return ""
