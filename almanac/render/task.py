"""Files that are rendered together, with everything that they are rendered from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from almanac.draft import Address

Files: TypeAlias = Mapping[Address, bytes]


class Task(NamedTuple):
    """The files at these addresses; `reads` are all inputs of `render`."""

    addresses: Sequence[Address]
    reads: tuple[object, ...]
    render: Callable[[], Files]
