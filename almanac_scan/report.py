"""Findings, and the forms in which they are printed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import quote

from almanac_scan.catalog import Catalog, State, Status
from almanac_scan.recognition import Found

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_UNKNOWN = "unknown"
_RULES = {
    Status.SHUT_DOWN.word: "A model, endpoint or product that has been shut down",
    Status.PASSED.word: "A model, endpoint or product whose planned shutdown date has passed",
    Status.DEPRECATED.word: "A model, endpoint or product that will be shut down",
    Status.UNCONFIRMED.word: "A name without a shutdown on record that is in doubt: not listed for a long time, or "
    "what it depends on has been shut down",
    _UNKNOWN: "Similar to a known name, but not on record",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A name at a place in a file, and what is known of it."""

    path: str
    found: Found
    state: State | None  # None for a name that is not on record
    is_due: bool  # past its shutdown date, or so near that the check fails
    is_accepted: bool = False  # by the baseline
    has_own_plan: bool = False  # of a fine-tuned model

    @property
    def fails(self) -> bool:
        return self.is_due and not self.is_accepted

    @property
    def is_fine_tuned(self) -> bool:
        return self.found.how == "tuned"

    @property
    def key(self) -> str:
        """What a baseline records of it: not the line, which changes with every edit."""
        return f"{self.found.name} (fine-tuned)" if self.is_fine_tuned else self.found.name

    @property
    def is_shown(self) -> bool:
        """Whether there is something to tell: not if it is simply in use."""
        return self.state is None or self.state.status >= Status.UNCONFIRMED

    @property
    def rule(self) -> str:
        return self.state.status.word if self.state else _UNKNOWN

    @property
    def level(self) -> str:
        """error, warning or note."""
        if self.fails:
            return "error"
        dated = self.state is not None and self.state.status >= Status.DEPRECATED and not self.found.host
        return "warning" if dated and not self.is_accepted else "note"


class Report:
    """All findings in the files that were read."""

    def __init__(self, catalog: Catalog, findings: Sequence[Finding], files: int, version: str) -> None:
        self.catalog, self.findings, self.files, self.version = catalog, findings, files, version
        self.message = cache(self._message)

    @property
    def fails(self) -> bool:
        return any(each.fails for each in self.findings)

    # --- Words ---

    def days_left(self, finding: Finding) -> int | None:
        """Until an exact date; unknown on Azure, which has its own dates."""
        end = finding.state.last_day if finding.state and not finding.found.host else None
        return (end - self.catalog.day).days if end and end >= self.catalog.day else None

    def _message(self, finding: Finding) -> str:
        """One sentence without the name."""
        found, state = finding.found, finding.state
        if state is None:
            near = nearest(found.name, self.catalog.data["models"])
            return f"not on record{f'; did you mean {near}?' if near else ''}"
        parts = [self._ending(finding, state)]
        if state.status >= Status.DEPRECATED:
            parts.append(self._instead(found.name, state))
        if finding.is_fine_tuned:
            parts.append(
                "the date applies to models fine-tuned from it"
                if finding.has_own_plan
                else "a model fine-tuned from it may have its own date"
            )
        if found.how == "alike" and not found.host:
            parts.append(f"written as {found.written}")
        if found.host:
            parts.insert(0, "on Azure, which has its own dates; for OpenAI: " + parts.pop(0))
        return "; ".join(parts)

    def _ending(self, finding: Finding, state: State) -> str:
        status, day = state.status, state.shutdown
        left = self.days_left(finding)
        match status:
            case Status.SHUT_DOWN:
                return f"shut down on {day}"
            case Status.PASSED:
                return f"its planned shutdown date, {day}, has passed"
            case Status.DEPRECATED if state.qualifier == "not before":
                return f"deprecated, shuts down on {day} at the earliest"
            case Status.DEPRECATED if day:
                return f"deprecated, shuts down on {day}{'' if left is None else f' ({_in_days(left)})'}"
            case Status.DEPRECATED:
                return "deprecated, without a shutdown date"
            case Status.UNCONFIRMED:
                return "unconfirmed: no shutdown is on record, but it is in doubt"
        return f"{status.word}, no shutdown announced"

    def _instead(self, name: str, state: State) -> str:
        if not state.replacements:
            return "no replacement is offered" if state.absent == "none" else "no replacement is on record"
        words = "use " + " or ".join(map(self._replacement, state.replacements))
        ends = [each for each in dict.fromkeys(self.catalog.ends(name)) if each not in state.replacements]
        if ends and any((self.catalog.status(each) or 0) >= Status.DEPRECATED for each in state.replacements):
            words += f"; the replacement chain leads to {' or '.join(map(self.catalog.title, ends))}"
        return words

    def _replacement(self, name: str) -> str:
        status = self.catalog.status(name)
        itself = f" (itself {status.text})" if status is not None and status >= Status.DEPRECATED else ""
        return f"{self.catalog.title(name)}{itself}"

    def summary(self) -> str:
        """How many names of each kind, and the date of the data."""
        counts = dict.fromkeys(("past", "deprecated", "unconfirmed", "not on record", "in use"), 0)
        for _, one in sorted({(each.key, each.found.host): each for each in self.findings}.items()):
            status = one.state.status if one.state else None
            over = status is not None and status.is_over
            word = "not on record" if status is None else "past" if over else status.word
            counts[word if word in counts else "in use"] += 1
        return (
            f"Names in {_counted(self.files, 'file')}: {counts['past']} past their shutdown date, "
            f"{counts['deprecated']} deprecated, {counts['unconfirmed']} unconfirmed, {counts['in use']} in use, "
            f"{counts['not on record']} not on record. "
            f"Data as of {self.catalog.as_of} ({_counted(max(0, self.catalog.age), 'day')} old)."
        )

    # --- Forms ---

    def text(self, *, all_names: bool = False) -> str:
        lines = (
            f"{_plain(each.path)}:{each.found.line}:{each.found.column}: {self._title(each)}: {self.message(each)}"
            f"{' [baseline]' if each.is_accepted else ''}"
            for each in self.findings
            if all_names or each.is_shown
        )
        return "\n".join([*lines, self.summary()])

    def markdown(self, *, all_names: bool = False) -> str:
        """A table with a row for each name in a file."""
        rows = ["| File | Name | Lines | What is known |", "| --- | --- | --- | --- |"]
        shown = [each for each in self.findings if all_names or each.is_shown]

        def group(finding: Finding) -> tuple[str, str, str]:
            return finding.path, finding.key, finding.found.host

        for _, several in groupby(sorted(shown, key=group), group):
            first, *rest = several
            lines = ", ".join(map(str, dict.fromkeys(each.found.line for each in (first, *rest))))
            message = f"**{self.message(first)}**" if first.fails else self.message(first)
            cells = (
                f"`{_plain(first.path)}`",
                f"`{self._title(first)}`",
                lines,
                message,
            )
            rows.append(f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |")
        return "\n".join([*(rows if shown else ()), *([""] if shown else ()), self.summary()])

    def json(self, *, all_names: bool = True) -> str:
        return _encoded(
            {
                "version": 1,
                "day": str(self.catalog.day),
                "data_as_of": self.catalog.as_of,
                "data_age_days": self.catalog.age,
                "files": self.files,
                "failed": self.fails,
                "findings": [self._as_json(each) for each in self.findings if all_names or each.is_shown],
            }
        )

    def _as_json(self, finding: Finding) -> Mapping[str, Any]:
        found, state = finding.found, finding.state
        known = (
            {
                "shutdown": {"qualifier": state.qualifier or "none-announced", "day": state.shutdown},
                "days_left": self.days_left(finding),
                "replacements": list(state.replacements),
                "page": self.catalog.page(found.name),
            }
            if state
            else {}
        )
        return {
            "path": finding.path,
            "line": found.line,
            "column": found.column,
            "name": found.name,
            "written": found.written,
            "how": found.how,
            "host": found.host or "openai",
            "status": finding.rule,
            **known,
            "message": self.message(finding),
            "fails": finding.fails,
            "in_baseline": finding.is_accepted,
        }

    def sarif(self, *, all_names: bool = False) -> str:
        """https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""
        rules = list(_RULES)
        results = [self._as_result(each, rules) for each in self.findings if each.is_shown]
        driver = {
            "name": "almanac-scan",
            "version": self.version,
            "rules": [{"id": id, "shortDescription": {"text": text}} for id, text in _RULES.items()],
        }
        run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        return _encoded({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})

    def _as_result(self, finding: Finding, rules: list[str]) -> Mapping[str, Any]:
        found = finding.found
        width = len(found.written) if "\n" not in found.written else 0
        region = {"startLine": found.line, "startColumn": found.column}
        end = {"endColumn": found.column + width} if width else {}
        accepted = {"suppressions": [{"kind": "external", "justification": "in the baseline"}]}
        return {
            "ruleId": finding.rule,
            "ruleIndex": rules.index(finding.rule),
            "level": finding.level,
            "message": {"text": f"{self._title(finding)}: {self.message(finding)}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(os.fsencode(finding.path))},
                        "region": {**region, **end},
                    }
                }
            ],
            "partialFingerprints": {"name/v1": f"{finding.path}:{finding.key}"},
            **(accepted if finding.is_accepted else {}),
        }

    def github(self, *, all_names: bool = False) -> str:
        """https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions"""
        lines = []
        for each in self.findings:
            if not each.is_shown or each.is_accepted:
                continue
            level = "notice" if each.level == "note" else each.level
            at = f"file={_escaped(each.path, ':,')},line={each.found.line},col={each.found.column}"
            lines.append(f"::{level} {at}::{_escaped(f'{self._title(each)}: {self.message(each)}')}")
        return "\n".join([*lines, self.summary()])

    def _title(self, finding: Finding) -> str:
        title = self.catalog.title(finding.found.name)
        return f"{title} (fine-tuned)" if finding.is_fine_tuned else title


FORMATS: Mapping[str, Callable[..., str]] = {
    "text": Report.text,
    "markdown": Report.markdown,
    "json": Report.json,
    "sarif": Report.sarif,
    "github": Report.github,
}


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant, or "": with the same digits, at most two edits away, one for three letters."""
    near = [each for each in names if abs(len(each) - len(name)) <= 2 and _digits(each) == _digits(name)]
    distances = {each: _edits(name, each) for each in near}
    best = min(near, key=lambda each: distances[each], default="")
    return best if best and distances[best] <= min(2, len(name) // 3) else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _edits(text: str, other: str) -> int:
    """How many edits lead from a text to another; swapping two letters is one."""
    earlier: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(text, 1):
        row = [at]
        for to, theirs in enumerate(other, 1):
            row.append(min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != theirs)))
            if at > 1 and to > 1 and letter == other[to - 2] and text[at - 2] == theirs:
                row[to] = min(row[to], earlier[to - 2] + 1)
        earlier, last = last, row
    return last[-1]


def _in_days(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _plain(path: str) -> str:
    """A path without characters that could end a line or command a terminal."""
    return "".join(each if each.isprintable() and each != "`" else f"\\x{ord(each):02x}" for each in path)


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{more}" else each for each in text)


def _encoded(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
