"""Content folder -> a larger one, with copies of its models and announcements under other names.

Texts of a copy end in a mark such as (`r7`), so that all texts differ and caches of texts have no advantage. Endpoints,
glossary, pages and conflicts are not copied.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_ENDINGS = {"en": " (`{}`)", "zh": "（`{}`）"}


@dataclass(frozen=True, slots=True)
class _Copy:
    """The number of a copy, and the names of the copied models."""

    mark: str
    models: frozenset[str]

    def of(self, node: Any) -> Any:  # any YAML value
        """A YAML value with names and texts of this copy."""
        if isinstance(node, list):
            return [self.of(item) for item in node]
        if isinstance(node, str):
            return f"{node}-{self.mark}" if node in self.models else node
        if node.keys() == _ENDINGS.keys():
            return {side: words.rstrip() + _ENDINGS[side].format(self.mark) for side, words in node.items()}
        return {key: self.of(value) for key, value in node.items()}


def multiply(content: Path, to: Path, models: int) -> int:
    """Writes a content folder with at least `models` models, in whole copies; returns their number."""
    shutil.copytree(content, to)
    originals = frozenset(path.stem for path in (content / "models").glob("*.yaml"))
    copies = [_Copy(f"r{number}", originals) for number in range(1, -(-models // len(originals)))]
    for folder in ("models", "families", "announcements"):
        for path in (content / folder).glob("*.yaml"):
            record = _read(path)
            for copy in copies:
                if copied := copy.of(record) if folder != "announcements" else _announced(record, copy):
                    _write(to / folder / f"{path.stem}-{copy.mark}.yaml", copied)
    site = _read(content / "site.yaml")
    families = [f"{family}-{copy.mark}" for copy in copies for family in site["families"]]
    _write(to / "site.yaml", {**site, "families": site["families"] + families})
    return len(originals) * (len(copies) + 1)


def _announced(record: dict[str, Any], copy: _Copy) -> Any:
    """The copy of an announcement without its rows of endpoints; None if no row is left."""
    tables = []
    for table in record["tables"]:
        rows = [row for row in table["rows"] if not str(row["subject"]).startswith("/")]
        if rows:
            tables.append({**table, "id": f"{table['id']}-{copy.mark}", "rows": rows})
    return copy.of({**record, "tables": tables}) if tables else None


def _read(path: Path) -> Any:  # BaseLoader: every scalar is a string
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)


def _write(path: Path, record: dict[str, Any]) -> None:
    dumped = yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1 << 20)
    path.write_text(dumped, encoding="utf-8")
