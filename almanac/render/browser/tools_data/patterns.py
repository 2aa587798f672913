"""Catalog -> the patterns by which code names endpoints and products: calls of libraries, headers and paths.

A scanner outside the browser can use the same table:

* A call is matched word by word in a chain of names, as `client.beta.threads.runs.create`, after the client's name.
  Words that begin with a small letter are in snake case, so that Python and Node.js have one spelling.
* A header is matched by its name in any case, and by its value.
* A path is matched from its first segment on; `{}` stands for any one segment. The longest match counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from almanac.catalog import Catalog
from almanac.records import EndpointPath, RequestHeader, SdkCalls

_PARAMETER = re.compile(r"\{[^}]*\}")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def calls(world: Catalog) -> Mapping[str, list[str]]:
    """Name -> its calls, without the client: a resource and its methods, or a call alone, separated by spaces."""
    return {name: grouped for name, every, _ in _named(world) if (grouped := _grouped(_calls(every)))}


def headers(world: Catalog) -> Mapping[str, list[str]]:
    """Header, with its name in small letters -> the names of what it selects."""
    found: dict[str, list[str]] = {}
    for name, _, every in _named(world):
        for each in every:
            header, _, value = each.header.partition(": ")
            found.setdefault(f"{header.lower()}: {value}", []).append(name)
    return found


def paths(world: Catalog) -> Mapping[str, EndpointPath]:
    """Path below another endpoint's, or with a parameter in its middle -> its endpoint."""
    found = {
        _PARAMETER.sub("{}", operation.path): path
        for path, entry in world.endpoints.items()
        for fact in entry.record.operations.facts
        for operation in fact.value
        if operation.path != path and not operation.path.startswith(f"{path}/")
    }
    return dict(sorted(found.items()))


def normal(call: str) -> str:
    """A call without the client, in the spelling of the table: `client.fineTuning.jobs` -> `fine_tuning.jobs`."""
    _, *words = call.split(".")
    return ".".join(_HUMP.sub("_", word).lower() if word[:1].islower() else word for word in words)


def _named(world: Catalog) -> Iterator[tuple[str, tuple[SdkCalls, ...], tuple[RequestHeader, ...]]]:
    for path, endpoint in world.endpoints.items():
        yield path, endpoint.record.sdk_calls, endpoint.record.headers
    for id, product in world.products.items():
        yield f"product/{id}", product.record.sdk_calls, product.record.headers


def _calls(every: Iterable[SdkCalls]) -> Iterator[str]:
    return (normal(call) for one in every for call in one.calls)


def _grouped(every: Iterable[str]) -> list[str]:
    alone: list[str] = []
    by_resource: dict[str, list[str]] = {}
    for call in dict.fromkeys(every):
        resource, dot, method = call.rpartition(".")
        if dot:
            by_resource.setdefault(resource, []).append(method)
        else:
            alone.append(call)
    return [*alone, *(" ".join([resource, *methods]) for resource, methods in by_resource.items())]
