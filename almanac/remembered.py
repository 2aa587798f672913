"""Results that are remembered by an immutable argument itself, not by what equals it: hashing a record takes longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

V = TypeVar("V")
R = TypeVar("R")


def remembered(most: int) -> Callable[[Callable[[V], R]], Callable[[V], R]]:
    """Keeps the results for up to `most` arguments, which are kept as well; then begins anew."""

    def decorated(function: Callable[[V], R]) -> Callable[[V], R]:
        results: dict[int, tuple[V, R]] = {}  # by id(), which is not used again as long as the argument is kept

        @wraps(function)
        def remembering(value: V) -> R:
            if found := results.get(id(value)):
                return found[1]
            result = function(value)
            if len(results) >= most:
                results.clear()
            results[id(value)] = value, result
            return result

        return remembering

    return decorated
