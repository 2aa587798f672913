"""The calls by which libraries name an endpoint or a product, and the headers that select it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from almanac.catalog import Catalog
from almanac.records import Endpoint, Product, SdkCalls, SdkLibrary, SourceId
from almanac.render.text.message import Message, phrase

_LIBRARIES: Mapping[SdkLibrary, Message] = {
    SdkLibrary.PYTHON: "Python",
    SdkLibrary.PYTHON_0: phrase("library-python-0"),
    SdkLibrary.NODE: "Node.js",
    SdkLibrary.NODE_3: phrase("library-node-3"),
}


class CallGroup(NamedTuple):
    """Calls of one resource: the first in full, the others by their last words, as `.list`."""

    first: str
    others: tuple[str, ...]


class CallLine(NamedTuple):
    """What one copy of a library has, or a header."""

    name: Message
    groups: tuple[CallGroup, ...]
    source: SourceId


class CallsView(NamedTuple):
    resources: tuple[str, ...]  # in short: what all calls begin with
    lines: tuple[CallLine, ...]
    since: date  # the day of the first copy


def calls_view(world: Catalog, record: Endpoint | Product) -> CallsView | None:
    lines = (*_lines(record.sdk_calls), *(_header(each.header, each.source) for each in record.headers))
    if not lines:
        return None
    newest = record.sdk_calls[0].calls if record.sdk_calls else (record.headers[0].header,)
    days = (world.sources[line.source].state_of.first for line in lines)
    return CallsView(_resources(newest), lines, min(days))


def _lines(every: tuple[SdkCalls, ...]) -> Iterator[CallLine]:
    """The newest copy of a library comes first."""
    named: set[SdkLibrary] = set()
    for one in every:
        name = _LIBRARIES[one.library]
        shown = phrase("earlier-versions", library=name) if one.library in named else name
        named.add(one.library)
        yield CallLine(shown, tuple(_groups(one.calls)), one.source)


def _header(header: str, source: SourceId) -> CallLine:
    return CallLine(phrase("selecting-header"), (CallGroup(header, ()),), source)


def _groups(calls: tuple[str, ...]) -> list[CallGroup]:
    groups = []
    for _, of_resource in groupby(calls, _resource):
        first, *others = of_resource
        groups.append(CallGroup(first, tuple(f".{each.rpartition('.')[2]}" for each in others)))
    return groups


def _resources(calls: tuple[str, ...]) -> tuple[str, ...]:
    """The shortest resources that contain all calls; a call that is alone, in full."""
    if len(calls) == 1:
        return calls
    resources = list(dict.fromkeys(map(_resource, calls)))
    return tuple(
        each for each in resources if not any(each.startswith(f"{other}.") for other in resources if other != each)
    )


def _resource(call: str) -> str:
    return call.rpartition(".")[0]
