"""What a stage gives depends on what it is given: no clock, environment, locale or chance inside the house (§3.5)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.conftest import ROOT

HOUSE = ROOT / "almanac"

# Modules whose import alone says that a module looks at more than its arguments.
WORLDLY = {"locale", "random", "secrets", "socket", "subprocess", "time", "urllib.request", "uuid"}
# Attributes that read the clock or the surroundings.
LOOKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getenv",
    "os.getcwd",
    "os.urandom",
    "Path.cwd",
    "Path.home",
}
# Two rooms touch the world: one waits for a lock and must know what it may never delete, the other is a server.
ALLOWED = {
    "write": {"time", "Path.home", "Path.cwd", "os.getcwd"},
    "serve": {"secrets", "socket", "subprocess"},
}


def test_a_module_looks_at_nothing_but_its_arguments() -> None:
    modules = sorted(HOUSE.rglob("*.py"))
    assert len(modules) > 50
    seen = []
    for module in modules:
        room = module.relative_to(HOUSE).parts[0].removesuffix(".py")
        for line, what in looks(module.read_text(encoding="utf-8")):
            if what not in ALLOWED.get(room, set()):
                seen.append(f"{module.relative_to(ROOT)}:{line}: {what}")
    assert not seen, "\n".join(seen)


def test_the_scan_sees_a_look_however_it_is_spelled() -> None:
    code = (
        "import time\nfrom time import sleep\nfrom os import environ\nimport datetime\nfrom datetime import date\n"
        "datetime.date.today()\ndate.today()\nos.environ['TZ']\n"
    )
    assert [what for _, what in looks(code)] == [
        *("time", "time", "os.environ", "date.today", "date.today", "os.environ"),
    ]


def looks(code: str) -> Iterator[tuple[int, str]]:
    """Where a module looks at the world, and how: line, and what it names."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                found += [(node.lineno, name.name) for name in names if name.name in WORLDLY]
            case ast.ImportFrom(module=str(source), names=names):
                found += [(node.lineno, source)] if source in WORLDLY else []
                found += [(node.lineno, look) for name in names if (look := f"{source}.{name.name}") in LOOKS]
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attribute):
                found += [(node.lineno, look)] if (look := f"{owner}.{attribute}") in LOOKS else []
    yield from sorted(found)


def test_the_clock_is_looked_at_once_by_the_story() -> None:
    looked = [look for look in looks((ROOT / "build.py").read_text(encoding="utf-8")) if look[1].startswith("date")]
    assert len(looked) == 1
