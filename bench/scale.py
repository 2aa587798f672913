"""Content folder -> a larger one, with copies of its models, families, announcements and events under other names.

Texts of a copy end in a mark such as (`r7`), so that all texts differ and caches of texts have no advantage. Endpoints,
products, glossary, pages and conflicts are not copied.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_ENDINGS = {"en": " (`{}`)", "zh": "（`{}`）"}
_COPIED = frozenset({"family", "announcement"})
"""Keys whose value is the id of a record that is copied."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """The number of a copy, and the ids of the copied models, also former ones."""

    mark: str
    models: frozenset[str]

    def of(self, node: Any) -> Any:  # any YAML value
        """A YAML value with names and texts of this copy."""
        if isinstance(node, list):
            return [self.of(item) for item in node]
        if isinstance(node, str):
            return f"{self.mark}-{node}" if node in self.models else node  # ids end in dates, which rules read
        if node.keys() == _ENDINGS.keys():
            return {side: words.rstrip() + _ENDINGS[side].format(self.mark) for side, words in node.items()}
        return {key: self.name(value) if key in _COPIED else self.of(value) for key, value in node.items()}

    def name(self, original: str) -> str:
        """The name of a copy of a family, announcement, event or table."""
        return f"{original}-{self.mark}"


def multiply(content: Path, to: Path, models: int, announcements: int = 0) -> int:
    """Writes a content folder with at least so many models and announcements, in whole copies; returns the models."""
    shutil.copytree(content, to)
    originals = frozenset(path.stem for path in (content / "models").glob("*.yaml"))
    announced = [_read(path) for path in (content / "announcements").glob("*.yaml")]
    repeated = sum(
        any(not _is_endpoint(row) for table in each["tables"] for row in table["rows"]) for each in announced
    )
    wholes = max(-(-models // len(originals)), 1 - (len(announced) - announcements) // repeated)
    former = {id for path in (content / "models").glob("*.yaml") for id in _read(path).get("formerly", ())}
    copies = [_Copy(f"r{number}", originals | former) for number in range(1, wholes)]
    for folder, copied in _FOLDERS.items():
        for path in (content / folder).glob("*.yaml"):
            record = _read(path)
            for copy in copies:
                if made := copied(record, copy):
                    name = copy.of(path.stem) if folder == "models" else copy.name(path.stem)
                    _write(to / folder / f"{name}.yaml", made)
    site = _read(content / "site.yaml")
    families = [copy.name(family) for copy in copies for family in site["families"]]
    _write(to / "site.yaml", {**site, "families": site["families"] + families})
    return len(originals) * (len(copies) + 1)


def _renamed(record: dict[str, Any], copy: _Copy) -> Any:
    return copy.of(record)


def _announced(record: dict[str, Any], copy: _Copy) -> Any:
    """The copy of an announcement without its rows of endpoints; None if no row is left."""
    tables = []
    for table in record["tables"]:
        rows = [row for row in table["rows"] if not _is_endpoint(row)]
        if rows:
            tables.append({**table, "id": copy.name(table["id"]), "rows": rows})
    return copy.of({**record, "tables": tables}) if tables else None


def _revised(record: dict[str, Any], copy: _Copy) -> Any:
    """The copy of an event without the plans of endpoints that it revises; None if it revises no other."""
    revised = [plan for plan in record["revises"] if not _is_endpoint(plan)]
    return copy.of({**record, "revises": revised}) if revised else None


def _is_endpoint(row: dict[str, Any]) -> bool:
    """Whether the subject of a row or plan is an endpoint."""
    return str(row.get("subject")).startswith("/")


_FOLDERS = {"models": _renamed, "families": _renamed, "announcements": _announced, "events": _revised}


def _read(path: Path) -> Any:  # BaseLoader: every scalar is a string
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)


def _write(path: Path, record: dict[str, Any]) -> None:
    dumped = yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1 << 20)
    path.write_text(dumped, encoding="utf-8")
