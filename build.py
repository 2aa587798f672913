#!/usr/bin/env python3
"""Model Almanac · 模型年鉴: facts in content/ -> the site.

python build.py            build the site into site/
python build.py check      hold content/ against every rule, and write nothing
python build.py serve      build, watch content/ and templates/, and show the site with live reload
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import NoReturn

from almanac.records import Faulty

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "content"
TEMPLATES = ROOT / "templates"
CACHE = ROOT / ".cache"  # safe to delete
SOURCES = (CONTENT, TEMPLATES, ROOT / "almanac")
PROTECTED = (ROOT, *SOURCES, ROOT / "tests", ROOT / ".git")

DONE, AT_FAULT, USAGE, OURS, LOCKED = 0, 1, 2, 70, 75
BUILD_SECONDS = 120  # a build that takes longer while serving hangs
FAULTS_SHOWN = 100
LONGEST_TOLD = 400  # characters of a message or a hint, which may list all that two long texts differ in
FLAWS_SHOWN = 20
_OURS = "This is a fault of the program, not of the content. The site is as it was."


def build(output: Path, as_of: date, base_url: str) -> str:
    """The whole way from facts to site, and one line that tells what was done."""
    from almanac import write

    began = perf_counter()
    state = fingerprint(as_of, base_url)
    if write.is_current(output, state):
        return f"{output}: nothing has changed ({perf_counter() - began:.2f} s)"

    from almanac import check, load, memory, proof, relate, render

    site, program = CACHE / "site", _program()
    remembered = memory.read(site, program)
    content = load.content(ROOT, remembered)  # YAML -> typed facts, each with its place
    sound = check.content(content)  # every rule upheld, or every fault told at once
    world = relate.content(sound, as_of)  # all cross-links drawn
    draft = render.catalog(world, TEMPLATES, base_url, remembered)  # {address: bytes}, still in memory
    proofed = proof.draft(draft, render.base_path(base_url), remembered)  # every link lands
    written = write.site(  # the only stage to touch the output
        proofed, output, protected=PROTECTED, sources=SOURCES, fingerprint=state
    )
    if remembered.is_news and fingerprint(as_of, base_url) == state:  # else something changed while it was read
        remembered.write(site, program)  # what the next build need not make again
    return (
        f"{output}: {len(draft)} files as of {as_of} ({written.new} new, {written.changed} changed, "
        f"{written.removed} removed) in {perf_counter() - began:.2f} s"
    )


def check_only() -> str:
    from almanac import check, load

    sound = check.content(load.content(ROOT))
    return (
        f"content/: sound. {len(sound.models)} models, {len(sound.endpoints)} endpoints, "
        f"{len(sound.announcements)} announcements"
    )


def serve(port: int, as_of: date | None) -> int:
    """Build into a temporary folder, in a process of its own for every change, and show that."""
    import subprocess

    from almanac import serve

    def rebuild(folder: Path) -> serve.Built:
        day = [] if as_of is None else ["--as-of", str(as_of)]
        run = subprocess.run(
            [sys.executable, "-X", "utf8", __file__, *day, "--output", str(folder)],
            capture_output=True,
            check=False,
            timeout=BUILD_SECONDS,
        )
        return serve.Built(run.returncode == DONE, (run.stdout + run.stderr).decode("utf-8", "replace"))

    return serve.site(rebuild, [*SOURCES, Path(__file__)], port=port, report=partial(print, flush=True))


def fingerprint(as_of: date, base_url: str) -> str:
    """All that a site is made of: facts, templates, the program, and what it was asked."""
    return _hash((_program(), str(as_of), base_url), CONTENT, TEMPLATES)


def _program() -> str:
    """All that works on these: the program and its libraries."""
    return _hash((sys.version, *_libraries()), ROOT / "almanac", ROOT / "build.py")


def _hash(texts: Iterable[str], *paths: Path) -> str:
    digest = blake2b(digest_size=20)
    for text in texts:
        digest.update(text.encode() + b"\0")
    for file in sorted(file for path in paths for file in _files(path)):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    """A file, or all below a folder."""
    return (each for each in (path, *path.rglob("*")) if each.is_file() and "__pycache__" not in each.parts)


def _libraries() -> Iterator[str]:
    """The names of the installed libraries' folders carry their versions; importlib.metadata would cost 45 ms."""
    for folder in sorted({Path(each) for each in sys.path if each.endswith("site-packages")}):
        yield from sorted(each.name for each in folder.glob("*.dist-info"))


# --- The command line -------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code as `--help` has it."""
    _speak_utf8()
    gc.set_threshold(200_000, 50, 50)  # a build makes many values that live to its end: looking for waste is waste
    asked = _parser().parse_args(arguments)
    from almanac.draft import Unproofed
    from almanac.write.faults import Locked, Unwritten

    today = datetime.now(UTC).date()  # the one look at the clock
    try:
        if asked.command == "serve":
            return serve(asked.port, asked.as_of)
        print(check_only() if asked.command == "check" else build(asked.output, asked.as_of or today, asked.base_url))
    except Faulty as faulty:
        _tell(told(faulty))
        return AT_FAULT
    except Unwritten as refused:
        _tell([f"error: {refused.message}", f"  {refused.hint}"])
        return LOCKED if isinstance(refused, Locked) else USAGE
    except Unproofed as unproofed:
        _tell([*map(str, unproofed.flaws[:FLAWS_SHOWN]), f"{len(unproofed.flaws)} flaws in the pages. {_OURS}"])
        return OURS
    except KeyboardInterrupt:
        _tell(["stopped; the site is as it was"])
        return 130
    return DONE


def told(faulty: Faulty) -> Iterator[str]:
    """Every fault with its place and the way out, the first hundred in full, and their number."""
    for problem in faulty.problems[:FAULTS_SHOWN]:
        yield f"{problem.at}: error: {_shortened(problem.message)}"
        if problem.hint:
            yield f"  {_shortened(problem.hint)}"
    several = len(faulty.problems)
    more = f", of which {FAULTS_SHOWN} are shown" if several > FAULTS_SHOWN else ""
    yield f"{several} fault{'s' if several != 1 else ''} in content/{more}. Nothing was written."


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_TOLD else f"{words[:LONGEST_TOLD]}…"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Builds Model Almanac · 模型年鉴 from the facts in content/.",
        epilog="Exit codes: 0 done, 1 content at fault, 2 usage, 75 another build is at work, 70 a fault of ours.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("build", "check", "serve"),
        default="build",
        help="build the site (the default); check the content and write nothing; serve it with live reload",
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="the day for which the site is true (default: today in UTC)"
    )
    parser.add_argument(
        "--output", type=Path, default=ROOT / "site", metavar="FOLDER", help="where the site goes (default: site/)"
    )
    parser.add_argument(
        "--base-url",
        type=_base_url,
        default="",
        metavar="URL",
        help="the site's own address, for canonical links, the sitemap and 404.html",
    )
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="for serve (default: 8000)")
    return parser


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"there is no day {text}") from None
    raise argparse.ArgumentTypeError(f"write the day as 2023-11-30, not {text!r}")


def _base_url(text: str) -> str:
    if not text:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?", text):
        raise argparse.ArgumentTypeError(f"write an address such as https://example.org/almanac/, not {text!r}")
    return f"{text.rstrip('/')}/"


def _port(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text) and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number up to 65535, not {text!r}")


def _tell(lines: Iterable[str]) -> None:
    print(*lines, sep="\n", file=sys.stderr)


def _speak_utf8() -> None:
    """Whatever the locale says; what a terminal cannot show, it shows escaped."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _run() -> NoReturn:
    try:
        code = main()
    except Exception:  # noqa: BLE001  # whatever it is: told in full, with an exit code that says whose fault it is
        import traceback

        traceback.print_exc()
        _tell([_OURS])
        code = OURS
    sys.exit(code)


if __name__ == "__main__":
    _run()
