#!/usr/bin/env python3
"""Model Almanac · 模型年鉴: facts in content/ -> the site.

python build.py            build the site into site/
python build.py check      check content/ against every rule, and write nothing
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

from almanac.records import ContentErrors

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "content"
TEMPLATES = ROOT / "templates"
CACHE = ROOT / ".cache"  # safe to delete
SOURCES = (CONTENT, TEMPLATES, ROOT / "almanac")
PROTECTED = (ROOT, *SOURCES, ROOT / "tests", ROOT / ".git")

DONE, CONTENT_ERRORS, USAGE, PROGRAM_ERROR, LOCKED = 0, 1, 2, 70, 75
BUILD_SECONDS = 120  # a build that takes longer while serving hangs
CONTENT_ERRORS_SHOWN = 100
LONGEST_SHOWN = 400  # characters of a message or hint, which may list every difference between two long texts
SITE_ERRORS_SHOWN = 20
_PROGRAM_ERROR = "This is an error in the program, not in the content. The site is unchanged."


def build(output: Path, as_of: date, base_url: str) -> str:
    """Build the site; a one-line summary."""
    from almanac import write

    began = perf_counter()
    state = fingerprint(as_of, base_url)
    if write.is_current(output, state):
        return f"{output}: nothing has changed ({perf_counter() - began:.2f} s)"

    from almanac import cache, check, load, proof, relate, render

    site, program = CACHE / "site", _program()
    page_cache = cache.read(site, program)
    content = load.content(ROOT, page_cache)  # YAML -> typed facts, each with file, line and column
    sound = check.content(content, page_cache)  # all rules hold, or all errors are raised together
    catalog = relate.content(sound, as_of)  # all cross-references resolved
    draft = render.catalog(catalog, TEMPLATES, base_url, page_cache)  # {address: bytes}, still in memory
    proofed = proof.draft(draft, render.base_path(base_url), page_cache)  # every link has a target
    written = write.site(  # the only stage to touch the output
        proofed, output, protected=PROTECTED, sources=SOURCES, fingerprint=state
    )
    if page_cache.is_dirty and fingerprint(as_of, base_url) == state:  # otherwise an input changed during the build
        page_cache.write(site, program)  # reused by the next build
    return (
        f"{output}: {len(draft)} files as of {as_of} ({written.new} new, {written.changed} changed, "
        f"{written.removed} removed) in {perf_counter() - began:.2f} s"
    )


def check_only() -> str:
    from almanac import check, load

    sound = check.content(load.content(ROOT))
    return (
        f"content/ is valid: {len(sound.models)} models, {len(sound.endpoints)} endpoints, "
        f"{len(sound.announcements)} announcements"
    )


def serve(port: int, as_of: date | None) -> int:
    """Build into a temporary folder, in a new process for each change, and serve the result; the exit code."""
    from almanac import serve

    day = [] if as_of is None else ["--as-of", str(as_of)]
    command = [sys.executable, "-X", "utf8", __file__, *day, "--output"]
    project = serve.Project(command, [*SOURCES, Path(__file__)], BUILD_SECONDS)
    return serve.site(project, port, partial(print, flush=True))


def fingerprint(as_of: date, base_url: str) -> str:
    """Hash of all inputs of a site: content, templates, program, options."""
    return _hash((_program(), str(as_of), base_url), CONTENT, TEMPLATES)


def _program() -> str:
    """Hash of the program, Python's version and the installed libraries."""
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
    """The file itself, or all files below the folder."""
    return (each for each in (path, *path.rglob("*")) if each.is_file() and "__pycache__" not in each.parts)


def _libraries() -> Iterator[str]:
    """Names and versions of the installed libraries, from folder names: importlib.metadata would take 45 ms."""
    for folder in sorted({Path(each) for each in sys.path if each.endswith("site-packages")}):
        yield from sorted(each.name for each in folder.glob("*.dist-info"))


# --- The command line -------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code, as `--help` lists them."""
    _use_utf8()
    gc.set_threshold(1_000_000, 50, 50)  # nearly all values live to the end of a build: collecting wastes time
    options = _parser().parse_args(arguments)
    from almanac.draft import SiteErrors
    from almanac.write.refusals import Locked, Unwritten

    today = datetime.now(UTC).date()  # the only place that reads the clock
    try:
        if options.command == "serve":
            return serve(options.port, options.as_of)
        if options.command == "check":
            print(check_only())
        else:
            print(build(options.output, options.as_of or today, options.base_url))
    except ContentErrors as found:
        _print_errors(format_problems(found))
        return CONTENT_ERRORS
    except Unwritten as refused:
        _print_errors([f"error: {refused.message}", f"  {refused.hint}"])
        return LOCKED if isinstance(refused, Locked) else USAGE
    except SiteErrors as found:
        shown = found.errors[:SITE_ERRORS_SHOWN]
        _print_errors([*map(str, shown), f"{_counted(len(found.errors))} in the pages. {_PROGRAM_ERROR}"])
        return PROGRAM_ERROR
    except KeyboardInterrupt:
        _print_errors(["stopped; the site is unchanged"])
        return 130
    return DONE


def format_problems(found: ContentErrors) -> Iterator[str]:
    """The first CONTENT_ERRORS_SHOWN errors with place and hint, then the total."""
    for problem in found.problems[:CONTENT_ERRORS_SHOWN]:
        yield f"{problem.at}: error: {_shortened(problem.message)}"
        if problem.hint:
            yield f"  {_shortened(problem.hint)}"
    total = len(found.problems)
    more = f"; the first {CONTENT_ERRORS_SHOWN} are shown" if total > CONTENT_ERRORS_SHOWN else ""
    yield f"{_counted(total)} in content/{more}. Nothing was written."


def _counted(errors: int) -> str:
    return "1 error" if errors == 1 else f"{errors} errors"


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Builds Model Almanac · 模型年鉴 from the facts in content/.",
        epilog="Exit codes: 0 done, 1 errors in the content, 2 wrong usage, 70 an error in the program, 75 another "
        "build is running.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("build", "check", "serve"),
        default="build",
        help="build the site (the default); check the content and write nothing; serve it with live reload",
    )
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the date of the site (default: today in UTC)")
    parser.add_argument(
        "--output", type=Path, default=ROOT / "site", metavar="FOLDER", help="the folder to write (default: site/)"
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
            raise argparse.ArgumentTypeError(f"{text!r} is not a valid date") from None
    raise argparse.ArgumentTypeError(f"write the date as 2023-11-30, not {text!r}")


def _base_url(text: str) -> str:
    if not text:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?", text):
        raise argparse.ArgumentTypeError(f"write an address such as https://example.org/almanac/, not {text!r}")
    return f"{text.rstrip('/')}/"


def _port(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text) and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"write a port number up to 65535, not {text!r}")


def _print_errors(lines: Iterable[str]) -> None:
    print(*lines, sep="\n", file=sys.stderr)


def _use_utf8() -> None:
    """Print UTF-8 in every locale; lone surrogates are escaped."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _run() -> NoReturn:
    try:
        code = main()
    except Exception:  # noqa: BLE001  # any other error: print the traceback, exit with PROGRAM_ERROR
        import traceback

        traceback.print_exc()
        _print_errors([_PROGRAM_ERROR])
        code = PROGRAM_ERROR
    sys.exit(code)


if __name__ == "__main__":
    _run()
