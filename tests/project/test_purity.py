"""The result of a stage depends only on its arguments: no clock, environment, locale or randomness."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.conftest import ROOT

PROGRAM = ROOT / "almanac"

# Modules that a pure module does not import.
IMPURE_MODULES = {"locale", "random", "secrets", "socket", "subprocess", "time", "urllib.request", "uuid"}
# Attributes that read the clock or the environment.
IMPURE_NAMES = {
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
# Exceptions: `load` asks git for an earlier revision; `write` waits for a lock, and needs the paths that it must not
# delete; `serve` is a server.
ALLOWED = {
    "load": {"subprocess"},
    "write": {"time", "Path.home", "Path.cwd", "os.getcwd"},
    "serve": {"secrets", "socket", "subprocess", "time"},
}


def test_modules_are_pure() -> None:
    modules = sorted(PROGRAM.rglob("*.py"))
    assert len(modules) > 50
    found = []
    for module in modules:
        stage = module.relative_to(PROGRAM).parts[0].removesuffix(".py")
        for line, what in impurities(module.read_text(encoding="utf-8")):
            if what not in ALLOWED.get(stage, set()):
                found.append(f"{module.relative_to(ROOT)}:{line}: {what}")
    assert not found, "\n".join(found)


def test_the_scan_finds_every_spelling() -> None:
    code = (
        "import time\nfrom time import sleep\nfrom os import environ\nimport datetime\nfrom datetime import date\n"
        "datetime.date.today()\ndate.today()\nos.environ['TZ']\n"
    )
    assert [what for _, what in impurities(code)] == [
        *("time", "time", "os.environ", "date.today", "date.today", "os.environ"),
    ]


def impurities(code: str) -> Iterator[tuple[int, str]]:
    """Line and name of everything impure that a module uses."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                found += [(node.lineno, name.name) for name in names if name.name in IMPURE_MODULES]
            case ast.ImportFrom(module=str(source), names=names):
                found += [(node.lineno, source)] if source in IMPURE_MODULES else []
                found += [(node.lineno, path) for name in names if (path := f"{source}.{name.name}") in IMPURE_NAMES]
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attribute):
                found += [(node.lineno, path)] if (path := f"{owner}.{attribute}") in IMPURE_NAMES else []
    yield from sorted(found)


def test_build_py_reads_the_clock_once() -> None:
    reads = [each for each in impurities((ROOT / "build.py").read_text(encoding="utf-8")) if each[1].startswith("date")]
    assert len(reads) == 1
