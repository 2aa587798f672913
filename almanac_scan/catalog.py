"""The data of the almanac: the status of each name on a day, its shutdown date and its replacements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.request import urlopen

FILE = "scanner.json"
LARGEST = 20_000_000  # bytes
_SECONDS = 20  # to wait for a URL
_DOCUMENT, _VERSION = "scanner", 1


class Unreadable(Exception):
    """The data cannot be read; the message says why."""


class Status(IntEnum):
    """From best to worst."""

    ACTIVE, LEGACY, UNCONFIRMED, DEPRECATED, PASSED, SHUT_DOWN = range(6)

    @property
    def word(self) -> str:
        """As in the data: shut-down."""
        return self.name.lower().replace("_", "-")

    @property
    def text(self) -> str:
        return {Status.PASSED: "planned shutdown date passed"}.get(self, self.word.replace("-", " "))

    @property
    def is_over(self) -> bool:
        """Whether its shutdown date has passed."""
        return self >= Status.PASSED


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a name on a day."""

    status: Status
    shutdown: str  # a day, a month or a year; "" if none is given
    qualifier: str  # on, not before, undated; "" if no shutdown is announced
    replacements: tuple[str, ...]
    absent: str  # why there are no replacements

    @property
    def last_day(self) -> date | None:
        """The exact date of the shutdown, if one is announced."""
        return date.fromisoformat(self.shutdown) if self.qualifier == "on" and len(self.shutdown) == 10 else None


class Catalog:
    """The data as of a day."""

    def __init__(self, data: Mapping[str, Any], day: date) -> None:
        self.data, self.day = data, day
        self.as_of = str(data["horizon"])
        self.age = (day - date.fromisoformat(self.as_of)).days
        """Days since the latest copy of what the publisher says."""
        self._entries: dict[str, Any] = {**data["models"], **data["endpoints"], **data["products"]}

    def check(self) -> None:
        """Raise an error if an entry does not have what the scanner asks for."""
        for name in self._entries:
            self.title(name)
            self.page(name)
            self.state(name, fine_tuned=True)
            _ = self.state(name).last_day

    def has_fine_tuned(self, name: str) -> bool:
        """Whether some plans are only for models fine-tuned from it."""
        return "fine_tuned_history" in self._entries[name]

    def state(self, name: str, *, fine_tuned: bool = False) -> State:
        entry = self._entries[name]
        history = entry["fine_tuned_history"] if fine_tuned and self.has_fine_tuned(name) else entry["history"]
        begun = [each for each in history if each.get("since", "") <= str(self.day)]
        state = (begun or history)[-1 if begun else 0]
        end, replacements = state.get("shutdown", {}), state["replacements"]
        known = isinstance(replacements, list)
        return State(
            Status[state["status"].upper().replace("-", "_")],
            end["day"] if isinstance(end.get("day"), str) else "",
            end.get("qualifier", ""),
            tuple(replacements) if known else (),
            "" if known else replacements["absent"],
        )

    def title(self, name: str) -> str:
        """The name as people know it: that of a product, not its id."""
        title = self._entries.get(name, {}).get("title") or self.data["terms"].get(name)
        return str(title["en"]) if title else name

    def status(self, name: str) -> Status | None:
        return self.state(name).status if name in self._entries else None

    def ends(self, name: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """What is available at the end of a name's replacement chain."""
        for other in self.state(name).replacements:
            if other in self._entries and other not in seen and other != name:
                if self.state(other).status < Status.DEPRECATED:
                    yield other
                else:
                    yield from self.ends(other, seen | {name})

    def page(self, name: str) -> str:
        """The address of its page; "" if the data do not say where the site is."""
        site, page = self.data["site"], self._entries[name]["page"]
        return f"{site}en/{page}" if isinstance(site, str) else ""


def load(where: str, day: date) -> Catalog:
    """The data in a file or at an https address; for "", the data installed with the scanner."""
    try:
        data = json.loads(_read(where))
    except OSError as error:
        raise Unreadable(f"{where or FILE}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{where or FILE}: {error}") from None
    if not isinstance(data, dict) or data.get("document") != _DOCUMENT or data.get("version") != _VERSION:
        raise Unreadable(f"{where or FILE}: not the scanner's data; use data/v1/{FILE} of the site")
    try:
        read = Catalog(data, day)
        read.check()
        return read
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise Unreadable(f"{where or FILE}: its data is incomplete or wrong ({error!r}); get the file again") from None


def _read(where: str) -> bytes:
    if where.startswith("https://"):
        with urlopen(where, timeout=_SECONDS) as answer:
            text: bytes = answer.read(LARGEST + 1)
    elif "://" in where:
        raise ValueError("only https:// addresses and files are read")
    elif where:
        text = Path(where).read_bytes()
    else:
        installed = resources.files("almanac_scan") / FILE
        if not installed.is_file():
            raise ValueError(
                f"this copy has no data, since it was not installed; build the site and use --data site/data/v1/{FILE}"
            )
        text = installed.read_bytes()
    if len(text) > LARGEST:
        raise ValueError(f"larger than {LARGEST} bytes")
    return text
