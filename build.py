#!/usr/bin/env python3
"""Model Almanac · 模型年鉴: facts in content/ -> the site.

python build.py            build the site into site/
python build.py check      check content/ against every rule, and write nothing; with --since, against a revision too
python build.py serve      build, watch content/ and templates/, and show the site with live reload
python build.py format     put the fields of all files in content/ in order, and correct spaces and marks in Chinese
python build.py new        write a new file with its required fields: python build.py new model gpt-6
python build.py schema     write JSON Schemas of content/, with which text editors complete and check fields
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn, TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent))  # missing with PYTHONSAFEPATH
if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `_interruptible`, Ctrl-C ends the process without a traceback

from almanac.hosts import is_host
from almanac.printable import printable
from almanac.records import (
    FIRST_YEAR,
    LAST_YEAR,
    Content,
    ContentErrors,
    Place,
    Problem,
    Sound,
    UnreadableRevision,
)

if TYPE_CHECKING:
    from almanac.cache import BuildCache
    from almanac.catalog import Catalog
    from almanac.load import FilesRead
    from almanac.serve import RenderPage

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
LARGEST_INPUT = 1 << 26  # bytes; `load` refuses a larger file
_PROGRAM_ERROR = "This is an error in the program, not in the content."


def build(output: Path, as_of: date, base_url: str, today: date = date.max) -> str:
    """Build the site; a one-line summary."""
    from almanac import write

    began = perf_counter()
    write.refuse(output, PROTECTED, SOURCES)
    state = fingerprint(as_of, base_url)
    if write.is_current(output, state):
        return f"{printable(str(output))}: nothing has changed ({perf_counter() - began:.2f} s)"

    from almanac import cache, check, load, proof, relate, render
    from almanac.phrases import PHRASES

    site, program = CACHE / "site", _program()
    page_cache = cache.read(site, program)
    content = load.content(ROOT, page_cache)  # YAML -> typed facts, each with file, line and column
    sound = check.content(content, max(today, as_of), page_cache, PHRASES)  # all rules hold, or all errors are raised
    refuse_disorder(sound)
    catalog = relate.content(sound, as_of)  # all cross-references resolved
    draft = render.catalog(catalog, TEMPLATES, base_url, page_cache)  # {address: bytes}, not yet in the output
    proofed = proof.draft(draft, render.base_path(base_url), page_cache)  # every link has a target
    written = write.site(  # the only stage to touch the output
        proofed, output, protected=PROTECTED, sources=SOURCES, fingerprint=state
    )
    if page_cache.is_dirty and fingerprint(as_of, base_url) == state:  # otherwise an input changed during the build
        page_cache.write(site, program)  # reused by the next build
    return (
        f"{printable(str(output))}: {len(draft)} files as of {as_of} ({written.new} new, {written.changed} changed, "
        f"{written.removed} removed) in {perf_counter() - began:.2f} s{_beyond(page_cache.beyond_limit)}"
    )


def _beyond(values: int) -> str:
    return f"; the cache is full: {_counted(values, 'value')} will be made again by the next build" if values else ""


def check_only(today: date, since: str, form: str) -> None:
    """Check the content, and compare it with that of a revision in git, if one is given."""
    from almanac import check, load
    from almanac.phrases import PHRASES

    sound = check.content(load.content(ROOT), today, used=PHRASES)
    refuse_disorder(sound)
    _print(
        f"content/ is valid: {len(sound.models)} models, {len(sound.endpoints)} endpoints, "
        f"{len(sound.announcements)} announcements"
    )
    if since:
        from almanac.check.since import compared
        from almanac.load.revision import content_of

        found = compared(content_of(ROOT, since), sound, since)
        _print(f"Since {since}:", *(f"* {line}" for line in found.summary or ("nothing has changed",)))
        if found.warnings:
            _print_errors(_formatted(found.warnings, "warning"))
        _annotate(found.warnings, "warning", form)
        if found.errors:
            raise ContentErrors(found.errors)


def refuse_disorder(sound: Sound) -> None:
    """Raise `ContentErrors` if fields are not in their order: the last errors to be told, which `format` mends."""
    if sound.unparsed.disorder:
        raise ContentErrors(tuple(sorted(sound.unparsed.disorder)))


def format_content(*, write: bool) -> str:
    """Format the files of content/; or raise `ContentErrors` for each that is not formatted."""
    from almanac import load
    from almanac.edit import format

    paths = format.content(CONTENT, load.is_readable, write=write)
    if paths and not write:
        hint = "run `python build.py format`"
        raise ContentErrors(tuple(Problem(Place(path), "the file is not formatted", hint) for path in paths))
    return "\n".join([*paths, f"content/ is formatted: {_counted(len(paths), 'file')} changed"])


def write_schemas() -> str:
    from almanac.edit import schema

    folder = CACHE / "schema"
    return f"{folder}: {len(schema.write(folder))} schemas"


def write_new(kind: str, name: str) -> str:
    """Write a new file of content/ with the required fields of a record. ValueError if it cannot be."""
    from almanac.edit import new
    from almanac.load import errors, values

    parsers = {"announcement": values.announcement_id, "event": values.event_id, "endpoint": values.endpoint_path}
    try:
        parsers.get(kind, values.name)(name)
        values.name(new.stem(kind, name))
    except errors.ParseError as error:
        raise ValueError(f"the id{error.message}: {error.hint}") from None
    path = new.write(CONTENT, kind, name)
    after = f"; then {new.NEXT[kind]}" if kind in new.NEXT else ""
    return f"{path.relative_to(ROOT).as_posix()}: fill in what is empty, and run `python build.py check`{after}"


def serve(port: int, as_of: date | None) -> int:
    """Build into a temporary folder, in a new process for each change, and serve the result; the exit code."""
    from almanac import render, serve

    day = [] if as_of is None else ["--as-of", str(as_of)]
    python = [sys.executable, "-X", "utf8", __file__]
    project = serve.Project(
        [*python, *day, "--output"],
        [*SOURCES, Path(__file__)],
        BUILD_SECONDS,
        warm_command=[*python, "pages", *day],
        reread=[CONTENT, TEMPLATES],
        completed=render.with_file_sizes,
    )
    return serve.site(project, port, _print)


def answer_requests(as_of: date | None) -> None:
    """Render single pages for `serve`, which asks for them on standard input."""
    from almanac import serve

    site = _WarmSite(as_of)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else is to be written among the replies
    serve.answer(sys.stdin.buffer, replies, site.update)


class _WarmSite:
    """What is kept from one change to the next: files of content/ as read, parsed texts, a catalog, templates."""

    def __init__(self, as_of: date | None) -> None:
        from almanac import render

        self._as_of = as_of
        self._files_read: FilesRead = {}
        self._compiled = render.CompiledTemplates()
        self._related: tuple[Content, date, Catalog] | None = None  # the last sound content, and its catalog

    def update(self) -> RenderPage | str:
        """Pages of the content as it is now, or its errors."""
        from almanac import cache, load, render

        today = _today()
        as_of = self._as_of or today
        stored = cache.BuildCache() if self._files_read else cache.read(CACHE / "site", _program())
        content = load.content(ROOT, stored, self._files_read)
        try:
            catalog = self._catalog(content, as_of, partial(self._errors, content, max(today, as_of), stored))
            return catalog if isinstance(catalog, str) else render.single_pages(catalog, TEMPLATES, self._compiled)
        except ContentErrors as found:  # in the templates
            return "\n".join(format_problems(found))

    def _catalog(self, content: Content, as_of: date, check: Callable[[], str]) -> Catalog | str:
        """The catalog, or errors in the content. The rules are checked in a second process meanwhile.

        The first time, they are checked in this one, which so learns what they find in each text.
        """
        from almanac import relate, serve

        if self._related is None:
            if errors := check():
                return errors
            self._related = content, as_of, relate.content(Sound(content), as_of)
        elif self._related[:2] != (content, as_of):
            with serve.beside(check) as wait_for_errors:
                try:
                    related = content, as_of, relate.content(Sound(content), as_of)
                except Exception:  # content with errors may raise any
                    if errors := wait_for_errors():
                        return errors
                    raise
                if errors := wait_for_errors():
                    return errors
            self._related = related
        return self._related[2]

    def _errors(self, content: Content, today: date, stored: BuildCache) -> str:
        from almanac import check
        from almanac.phrases import PHRASES

        try:
            refuse_disorder(check.content(content, today, stored, PHRASES))
        except ContentErrors as found:
            return "\n".join(format_problems(found))
        return ""


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
    for entry in sorted(each for path in paths for each in (path, *path.rglob("*"))):
        if "__pycache__" in entry.parts and CONTENT not in entry.parents:
            continue
        kind, data = _entry(entry)
        name = os.fsencode(entry.relative_to(ROOT))  # also a name that is not UTF-8, which `load` reports
        digest.update(b"%b\0%d %d\0%b" % (name, kind, len(data), data))
    return digest.hexdigest()


def _entry(path: Path) -> tuple[int, bytes]:
    """The kind of a file, folder, link or other entry, and its bytes if it can be read: `load` refuses some of them."""
    try:
        found = path.lstat()
        kind = stat.S_IFMT(found.st_mode)
        if found.st_size > LARGEST_INPUT:
            return kind, f"{found.st_size} {found.st_mtime_ns}".encode()
        return kind, path.read_bytes() if path.is_file() else b""
    except OSError as error:
        return 0, str(error.errno).encode()


def _libraries() -> Iterator[str]:
    """Names and versions of the installed libraries, from folder names: importlib.metadata would take 45 ms."""
    for folder in sorted({Path(each) for each in sys.path if each.endswith("site-packages")}):
        yield from sorted(each.name for each in folder.glob("*.dist-info"))


# --- The command line -------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code, as `--help` lists them."""
    _prepare_streams()
    gc.set_threshold(1_000_000, 50, 50)  # nearly all values live to the end of a build: collecting wastes time
    parser = _parser()
    options = parser.parse_args(arguments)
    if sys.flags.optimize > 1:
        parser.error("data/v1/schema.json is made from docstrings: run Python without -OO and PYTHONOPTIMIZE=2")
    if options.command != "check" and (options.since or options.format != "text"):
        parser.error("--since and --format can be used only with check")
    if len(options.what) != (2 if options.command == "new" else 0):
        parser.error("write 'new', a kind and an id, for example new model gpt-6; no other command takes arguments")
    if options.check and options.command != "format":
        parser.error("--check can be used only with format; to check the content, write check")
    from almanac import write
    from almanac.draft import SiteErrors
    from almanac.spool import Lost

    outcome = write.outcome(options.output)
    _interruptible()
    try:
        return _run_command(parser, options)
    except ContentErrors as found:
        _print_errors(format_problems(found))
        _annotate(found.problems[:CONTENT_ERRORS_SHOWN], "error", options.format)
        return CONTENT_ERRORS
    except UnreadableRevision as unread:
        _print_errors([f"error: {unread.message}", *([f"  {unread.hint}"] if unread.hint else [])])
        return USAGE
    except write.Unwritten as refused:
        _print_errors([f"error: {refused.message}", f"  {refused.hint}"])
        return LOCKED if isinstance(refused, write.Locked) else USAGE
    except ImportError as missing:
        if not missing.name or missing.name.partition(".")[0] == "almanac":
            raise
        lacks = "has no" if isinstance(missing, ModuleNotFoundError) else "cannot use its"
        _print_errors(
            [
                f"error: {sys.executable} {lacks} package {missing.name}; {outcome()}",
                "  `make site` installs the requirements into .venv; after that, .venv/bin/python build.py works too",
            ]
        )
        return USAGE
    except SiteErrors as found:
        shown = found.errors[:SITE_ERRORS_SHOWN]
        last = f"{_counted(len(found.errors))} in the pages that templates/ and almanac/ make; {outcome()}."
        _print_errors([*map(str, shown), last])
        return CONTENT_ERRORS
    except Lost as lost:
        _print_errors([f"error: what this build has stored cannot be read again: {lost}; {outcome()}", "  build again"])
        return USAGE
    except KeyboardInterrupt:
        _print_errors([f"stopped; {outcome()}"])
        return 130
    except MemoryError:
        _print_errors([f"error: there is not enough memory; {outcome()}", "  close other programs, or raise the limit"])
        return USAGE
    except Exception:  # noqa: BLE001  # any other error: print the traceback, exit with PROGRAM_ERROR
        import traceback

        _print_errors([traceback.format_exc().rstrip(), f"{_PROGRAM_ERROR} {outcome().capitalize()}."])
        return PROGRAM_ERROR


def _run_command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    today = _today()
    match options.command:
        case "pages":
            answer_requests(options.as_of)
        case "serve":
            return serve(options.port, options.as_of)
        case "format" | "schema" | "new":
            try:
                _print(_edit(parser, options))
            except OSError as error:
                path = printable(os.fsdecode(error.filename or CONTENT))
                parser.error(f"{path} cannot be written: {error.strerror}; what was there is unchanged")
        case "check":
            check_only(max(options.as_of or today, today), options.since, options.format)
        case _:
            _print(build(options.output, options.as_of or today, options.base_url, today))
    return DONE


def _edit(parser: argparse.ArgumentParser, options: argparse.Namespace) -> str:
    if options.command == "format":
        return format_content(write=not options.check)
    if options.command == "schema":
        return write_schemas()
    try:
        return write_new(*options.what)
    except ValueError as wrong:
        parser.error(str(wrong))


def _today() -> date:
    """The only place that reads the clock."""
    return datetime.now(UTC).date()


def format_problems(found: ContentErrors) -> Iterator[str]:
    """The first CONTENT_ERRORS_SHOWN errors with place and hint, then the total."""
    yield from _formatted(found.problems[:CONTENT_ERRORS_SHOWN], "error")
    total = len(found.problems)
    more = f"; the first {CONTENT_ERRORS_SHOWN} are shown" if total > CONTENT_ERRORS_SHOWN else ""
    folders = sorted({f"{problem.at.path.partition('/')[0]}/" for problem in found.problems})
    yield f"{_counted(total)} in {' and '.join(folders)}{more}. Nothing was written."


def _formatted(problems: Iterable[Problem], level: str) -> Iterator[str]:
    for problem in problems:
        yield f"{problem.at}: {level}: {_shortened(problem.message)}"
        if problem.hint:
            yield f"  {_shortened(problem.hint)}"


def _annotate(problems: Iterable[Problem], level: str, form: str) -> None:
    """Print the commands with which GitHub shows errors or warnings at their lines."""
    for problem in problems if form == "github" else ():
        _print(github_command(problem, level))


def github_command(problem: Problem, level: str) -> str:
    """https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions"""
    text = "\n".join(filter(None, (problem.message, problem.hint)))
    at = f"file={_escaped(problem.at.path, ':,')},line={problem.at.line},col={problem.at.column}"
    return f"::{level} {at}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)


def _counted(count: int, what: str = "error") -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Builds Model Almanac · 模型年鉴 from the facts in content/.",
        epilog="Exit codes: 0 done, 1 errors in the content or in templates, 2 wrong usage, 70 an error in the "
        "program, 75 another build is running.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("build", "check", "serve", "format", "new", "schema", "pages"),
        default="build",
        help="build the site (the default); check the content and write nothing; serve the site with live reload; "
        "format the content; create a new content file; write schemas for text editors; render single pages for serve",
    )
    parser.add_argument("what", nargs="*", metavar="KIND ID", help="for new: for example, model gpt-6")
    parser.add_argument(
        "--check",
        action="store_true",
        help="for format: only list the files that are not formatted; exit code 1 if there are any",
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
        help="the site's own address, for canonical links, the sitemap, 404.html, and the ids in feeds and calendars, "
        "which are UUIDs without it (see also feed_authority in content/site.yaml)",
    )
    parser.add_argument(
        "--since",
        default="",
        metavar="REVISION",
        help="for check: compare with a revision in git; what was published may change only by event or correction",
    )
    parser.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help="for check: github also shows errors and warnings at their lines in a pull request",
    )
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="for serve (default: 8000)")
    return parser


def _day(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a valid date") from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        raise argparse.ArgumentTypeError(f"write a year from {FIRST_YEAR} to {LAST_YEAR}, not {text!r}")
    raise argparse.ArgumentTypeError(f"write a date such as 2023-11-30, not {text!r}")


def _base_url(text: str) -> str:
    if not text:
        return ""
    found = re.fullmatch(r"https?://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?((?:/[A-Za-z0-9._~-]+)*)/?", text)
    if not found or not is_host(found[1], found[2]) or {".", ".."} & {*found[3].split("/")}:
        raise argparse.ArgumentTypeError(f"write an address such as https://example.org/almanac/, not {text!r}")
    return f"{text.rstrip('/')}/"


def _port(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text) and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"write a port number up to 65535, not {text!r}")


def _print(*lines: str) -> None:
    _write(sys.stdout, "".join(f"{line}\n" for line in lines))


def _print_errors(lines: Iterable[str]) -> None:
    _write(sys.stderr, "".join(f"{line}\n" for line in lines))


def _write(stream: TextIO, text: str) -> None:
    """Print and flush. The exit code does not depend on whether that is possible: `| head -1`, a full disk."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())  # also for the last flush, Python's own
        os.close(null)
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            _print_errors([f"warning: the output of this command cannot be written: {error.strerror}"])


def _interruptible() -> None:
    """From here on, Ctrl-C raises KeyboardInterrupt, unless it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _prepare_streams() -> None:
    """Print UTF-8 in every locale, with lone surrogates escaped; nothing where the stream is closed."""
    while (null := os.open(os.devnull, os.O_RDWR)) <= 2:  # or a file of the site would be opened as standard output
        os.set_inheritable(null, True)
    os.close(null)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _run() -> NoReturn:
    try:
        sys.exit(main())
    finally:
        _write(sys.stdout, "")  # what argparse has printed


if __name__ == "__main__":
    _run()
