"""Errors in templates/, reported like those in content/: file, line, what is wrong."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateSyntaxError, UndefinedError

from almanac.printable import printable
from almanac.records import ContentErrors, Place, Problem

_PROGRAM = Path(__file__).parent.parent
_JINJA_ENV = str(_PROGRAM / "render" / "html" / "jinja_env.py")


def read_text(path: Path) -> str:
    """The text of a file in templates/; OSError if it cannot be read or is not UTF-8."""
    try:
        return read_bytes(path).decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise not_utf8(path) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file in templates/; OSError for a pipe or a device, which may have no end."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return file.read()


def missing(path: Path) -> OSError:
    return OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def not_utf8(path: Path) -> OSError:
    return OSError(errno.EILSEQ, "it is not UTF-8", str(path))


@contextmanager
def template_errors_reported(templates: Path) -> Iterator[None]:
    """Raise `ContentErrors` for an exception in a template or in what it calls, or for a file that cannot be read."""
    try:
        yield
    except ContentErrors:
        raise
    except Exception as error:
        problem = _problem(error, templates)
        if problem is None:
            raise
        raise ContentErrors((problem,)) from error


def _problem(error: Exception, templates: Path) -> Problem | None:
    """None if no template is involved."""
    if isinstance(error, TemplateSyntaxError):
        named = error.filename or error.name or ""  # Jinja's lexer gives the file as the name
        return Problem(_place(named, error.lineno, templates), printable(error.message or ""))
    if isinstance(error, UnicodeEncodeError):  # content cannot have such a character
        written = f"U+{ord(error.object[error.start]):04X}"
        hint = f"look for its escape: \\u{written[2:].lower()}"
        return Problem(Place(templates.name), f"a template writes {written}, which is not a character", hint)
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [index for index, (file, _) in enumerate(frames) if templates in Path(file).parents]
    at = _place(*frames[inside[-1]], templates) if inside else None
    if isinstance(error, OSError) and templates in Path(str(error.filename)).parents:
        file = _place(str(error.filename), 1, templates)
        hint = "save it as UTF-8" if error.errno == errno.EILSEQ else "restore it, or name another file"
        return Problem(at or file, f"{file.path} cannot be read: {error.strerror}", hint)
    if at is None:
        return None
    message = f"{error}" if isinstance(error, UndefinedError) else f"{type(error).__name__}: {error}"
    called = [each for each in frames[inside[-1] + 1 :] if _PROGRAM in Path(each[0]).parents and each[0] != _JINJA_ENV]
    hint = f"raised in {Path(called[-1][0]).relative_to(_PROGRAM.parent)}:{called[-1][1]}" if called else ""
    return Problem(at, printable(message), hint)


def _place(file: str, line: int, templates: Path) -> Place:
    path = Path(file)
    name = path.relative_to(templates.parent).as_posix() if templates in path.parents else templates.name
    return Place(printable(name), line)
