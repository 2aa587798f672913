"""Long lists of cases: some with each commit, all nightly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(number: int, cases: Iterable[Any]) -> list[Any]:
    """Of every `number` cases, the first runs with each commit, and the others nightly. A tuple has several values.

    Cases that are marked already stay as they are.
    """
    return [
        case if at % number == 0 or hasattr(case, "marks") else pytest.param(*_values(case), marks=pytest.mark.nightly)
        for at, case in enumerate(cases)
    ]


def _values(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)
