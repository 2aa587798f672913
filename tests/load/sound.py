"""A small valid content/, in which tests replace one file at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from almanac import load
from almanac.load.readers import PAGES

BOTH = "{en: English, zh: 中文}"

PAGE = f"title: {BOTH}\ndescription: {BOTH}\nlead: {BOTH}\nsections: []\nsources: [models-2023-11]\n"

MODEL = f"""\
source: models-2023-11
kind: chat
context_window: 4096
max_output: unknown
training_cutoff: 2021-09
input: [text]
output: [text]
capabilities: []
summary: {BOTH}
"""

FAMILY = f"source: models-2023-11\ntitle: {BOTH}\nsummary: {BOTH}\nsections: []\nmodels: [gpt-4]\n"

ANNOUNCEMENT = f"""\
source: deprecations-2023-11
title: {BOTH}
summary: {BOTH}
tables:
  - id: chat-models
    title: {BOTH}
    rows:
      - subject: gpt-4
        shutdown: 2024-06-13
        replacements: none
"""

ENDPOINT = f"path: /v1/chat/completions\nsource: models-2023-11\ntitle: {BOTH}\ngroup: chat\nsummary: {BOTH}\n"

EVENT = f"""\
source: deprecations-2023-11
kind: moved
announced: unknown
observed: 2024-01-08
note: {BOTH}
revises:
  - {{announcement: 2023-06-13-chat-models, subject: gpt-4}}
shutdown: 2024-09-13
"""

PRODUCT = f"source: deprecations-2023-11\ntitle: {BOTH}\nsummary: {BOTH}\n"

SOUND: Mapping[str, str] = {
    "site.yaml": f"title: {BOTH}\ntagline: {BOTH}\ndisclaimer: {BOTH}\npublisher: OpenAI\nrepository: none\n"
    "families: [gpt-4]\n",
    "ui.yaml": f"home: {BOTH}\n",
    "sources.yaml": f"""\
- id: models-2023-11
  publisher: OpenAI
  title: {BOTH}
  url: https://platform.openai.com/docs/models
  state_of: 2023-11-30
""",
    "glossary.yaml": f"- id: token\n  name: {BOTH}\n  meaning: {BOTH}\n  avoid: {{en: [], zh: [代币]}}\n",
    "conflicts.yaml": "[]\n",
    "corrections.yaml": "[]\n",
    "notice.yaml": "[]\n",
    "keywords.yaml": "[]\n",
    "discontinuations.yaml": f"source: models-2023-11\nnote: {BOTH}\nrows: []\n",
    "families/gpt-4.yaml": FAMILY,
    "models/gpt-4.yaml": MODEL,
    "announcements/2023-06-13-chat-models.yaml": ANNOUNCEMENT,
    "endpoints/chat-completions.yaml": ENDPOINT,
    **{
        f"pages/{page}.yaml": PAGE
        for page in PAGES
    },
}  # fmt: skip


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, yaml_text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(yaml_text if isinstance(yaml_text, bytes) else yaml_text.encode())
    return root


def reported(root: Path) -> list[str]:
    """The problems in the content below `root`, as `path:line:column: message | hint`."""
    problems = sorted(set(load.content(root).unparsed.problems))
    return [f"{p.at}: {p.message}" + (f" | {p.hint}" if p.hint else "") for p in problems]
