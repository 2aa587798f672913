"""The Jinja environment of the site: autoescaping is on, and undefined names are errors."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from datetime import date
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from almanac.file_names import is_leftover
from almanac.records import Day
from almanac.render.template_errors import missing, not_utf8

_IMPLIED = re.compile(r"</(?:td|th|tr|thead|tbody|li|dt|dd)>")


class CompiledTemplates(BytecodeCache):
    """Templates compiled earlier in this process; they never reach a disk."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    @property
    def is_empty(self) -> bool:
        return not self._code

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


def environment(templates: Path, compiled: CompiledTemplates | None = None) -> Environment:
    made = Environment(
        loader=OptionalEndTags(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    made.context_class = DirectCalls
    made.globals["known"] = known
    return made


def known(since: date | Day | None, until: date | None = None) -> Markup:
    """Attributes that say when something is known, for as-of.js; what another has replaced is hidden."""
    begins = f' data-from="{since}"' if since else ""
    return Markup(f'{begins} data-until="{until}" hidden' if until else begins)


class DirectCalls(Context):
    """Calls each function with its arguments alone.

    Jinja examines every call, to pass the context to functions that ask for it. None of ours does, and a page has
    hundreds of calls: rendering takes a third less without.
    """

    def call(
        self,
        function: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: object = None,  # variables of the template around the call, for such functions
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return function(*arguments, **named)


class TemplateLoader(FileSystemLoader):
    """Loads templates. OSError: one is missing or not UTF-8. TemplateSyntaxError: one cannot be compiled."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8")
        self._folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            raise not_utf8(self._folder / template) from None
        except TemplateNotFound:
            raise missing(self._folder / template) from None

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        try:
            return super().load(environment, name, globals)
        except (RecursionError, MemoryError, SyntaxError, OverflowError, ValueError) as error:  # Jinja's or Python's
            raise TemplateSyntaxError(f"{type(error).__name__}: {error}", 1, name, str(self._folder / name)) from None


class OptionalEndTags(TemplateLoader):
    """Removes the end tags that HTML allows to be omitted."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return _IMPLIED.sub("", source), path, is_current


def compile_all(environment: Environment, ending: str) -> None:
    """Compile all templates, so that processes forked from this one have them.

    Files that editors leave behind are not templates.
    """
    for name in environment.list_templates([ending]):
        if not is_leftover(name.rpartition("/")[2]):
            environment.get_template(name)
