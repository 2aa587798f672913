"""Templates -> Python, plainer than Jinja's own: it may be, for all that our templates name is our own.

Jinja must allow for functions that ask for its context, for `a.b` that means `a["b"]`, and for anything that is shown.
Ours call plain functions and macros, read attributes of our own values, and show mostly markup; so `v.say("until")` can
be just that, which saves a quarter of what the pages cost. What stays: all is escaped, and a name that does not exist
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from almanac.memory import Memory

_IMPLIED = re.compile(r"</(?:td|th|tr|thead|tbody|li|dt|dd)>")


def environment(templates: Path, memory: Memory) -> Environment:
    """Where the templates of that folder are set."""
    made = Environment(
        loader=_Lean(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Remembered(memory),
    )
    made.code_generator_class = _Plain
    return made


def shown(value: object) -> Markup:
    """A value as markup. What is markup already is handed on, and not, as by `escape`, made anew."""
    return value if type(value) is Markup else _escaped(value)


@lru_cache(maxsize=None, typed=True)  # ids, anchors and paths: a few thousand, on many pages each
def _escaped(value: object) -> Markup:
    return escape(value)


class _Lean(FileSystemLoader):
    """Templates without the end tags that HTML implies: they are for who reads the templates."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return _IMPLIED.sub("", source), path, is_current


class _Remembered(BytecodeCache):
    """Compiled templates, by their names and texts."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._memory.recall(self._key(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._memory.keep(self._key(bucket), bucket.bytecode_to_string())

    @staticmethod
    def _key(bucket: Bucket) -> bytes:
        return f"{bucket.key} {bucket.checksum}".encode()


class _Plain(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        self.writeline(f"from {__name__} import {shown.__name__}")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """`f(x)`, where Jinja has `context.call(f, x)`."""
        if node.dyn_args or node.dyn_kwargs or forward_caller:
            return super().visit_Call(node, frame, forward_caller=forward_caller)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        return self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`a.b`, where Jinja has `environment.getattr(a, "b")`."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(f"{shown.__name__}(")
