"""Catalog -> the table by which code is read for names: spellings, calls of libraries, headers and paths.

*Check my code* (`templates/script/recognition.js`) and the scanner (`almanac_scan/recognition.py`) use the same table,
and both are tested with `tests/vectors/code.json`.

* A name counts by itself, unless it could be a word or a variable (ada, o1): then only as a value. Other spellings
  (gpt_4o, GPT3Dot5Turbo) count as a value or as a constant. `FORMS` has the contexts.
* A call is matched word by word in a chain of names, as `client.beta.threads.runs.create`, after the client's name.
  Words that begin with a small letter are in snake case, so that Python and Node.js have one spelling.
* A header is matched by its name in any case, and by its value.
* An argument is matched with its object, which has no keys but its own: prompt={"id": …, "version": …}.
* A path is matched from its first segment on; `{}` stands for any one segment. The longest match counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from almanac.catalog import Catalog
from almanac.records import EndpointPath, RequestHeader, SdkCalls

# --- Contexts ---------------------------------------------------------------------------------------------------------

# Regular expressions that mean the same to JavaScript and, with re.ASCII, to Python: no \s, no $; (?i) comes first.
# `before` is what stands before a piece of text, at most 64 characters, with a line break before the first line;
# `after` is what follows it, at most 32 characters.
_END = r"(?![\s\S])"
_SPACE = r"[ \t\r\n]"
_OPEN = r"(?:[\"'`\u201c\u2018\u300c\u300e]|&quot;|&#3[49];|%2[27])"
_CLOSE = r"(?:[\"'`\u201d\u2019\u300d\u300f\\]|&quot;|&#3[49];|%2[27])"
_OF_MODELS = r"(?:models?|engines?|deployments?|llms?|openai|azure|azure_ai|gpts?)"
_KEY = r"[\w$.\u4e00-\u9fff-]"
_IS = r"[:=\uff1a\uff1d]"
_WORDS_OF_MODELS = "model|engine|deploy|llm|openai|gpt|complet|embed|default|fallback|base|\u6a21\u578b|\u5f15\u64ce"
_KEY_OF_MODELS = rf"{_KEY}*(?:{_WORDS_OF_MODELS}){_KEY}*"
_NAME_CHARACTERS = r"\w.:%/\-\u2010-\u2013\u2212\uff0d\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_ITEM = r"\n[ \t]*(?:(?:[-*\u2022]|\d+[.)])[ \t]*)?"
_QUOTE = r"[\"'`\\:]{0,3}"
_STEP = rf"(?:\(\))?(?:{_SPACE}*[?]?[.]|->|::)[\w$]+"
_CODE_OF_A_LIST = r"(?!ada[^a-z])[A-Za-z]{2,3}"

FORMS: Mapping[str, str] = {
    # What may contain names: letters and digits, also full-width, hyphens and look-alikes, no other full-width signs.
    "run": f"[{_NAME_CHARACTERS}]+",
    # Between two pieces of a run: a slash, or an encoded character other than hyphen, full stop and underscore.
    "separator": "/|%(?!2[DdEe]|5[Ff])[0-9A-Fa-f]{2}|%(?![0-9A-Fa-f]{2})",
    # After a backslash: the rest of an escape.
    "escape": "^(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt])",
    "hyphen": r"[\u2010-\u2013\u2212]",
    "word": rf"^[A-Za-z]+\d?{_END}",
    "letters": f"^[A-Za-z]+{_END}",
    "fine_tuned": f"^(?:ft:([^:]+)(?::|{_END})|([^:]+):ft-)",
    # --- a value: in quotes, set, after an option, alone on its line ---
    "quoted_before": f"(?:{_OPEN}|[^/:<]/){_END}",
    "quoted_after": f"^(?:{_CLOSE}|[/,;|]|{_END})",
    "set_before": f"{_IS}(?:-|{_SPACE}*[.]?){_END}",
    "set_after": rf"^[ \t\r]*(?:[,;)\]}}#&\n]|//|{_END})",
    "comment_before": rf"\n[ \t]*(?:#|//|[*;%]|--|<!--)[^\n]*{_END}",
    # --model o3, -m o3; ENV OPENAI_MODEL o3
    "option_before": rf"(?i)(?:{_SPACE}--?(?:[\w-]*(?:model|engine|deployment|llm)[\w-]*|m)"
    rf"|\n[ \t]*(?:ENV|setx?|setenv|set -\w+)[ \t]+\w*(?:model|engine|deployment|llm)\w*)[ \t=]+{_END}",
    "option_after": rf"^(?:[ \t\r\n\"'`\\,;)\]}}|&]|{_END})",
    "alone_before": f"{_ITEM}{_END}",
    "alone_after": rf"^[ \t]*[,;]?[ \t\r]*(?:\n|{_END})",
    # --- a value that could be a word: what is set must be a model ---
    "word_quoted_before": rf"(?:{_OPEN}|[\w.}}~-]/){_END}",
    "word_quoted_after": rf"^(?:{_CLOSE}|,[\w-])",
    # also a symbol or a case: model: :o1, model: .o1
    "word_key_before": rf"({_KEY}+){_CLOSE}?{_SPACE}*{_IS}(?:-|{_SPACE}*)(?:{_OPEN}|[.:])?{_END}",
    "list_key_before": rf"({_KEY}+){_CLOSE}?{_SPACE}*{_IS}{_SPACE}*[\[({{]{_SPACE}*"
    rf"(?:[\w.:/\"'`-]+{_SPACE}*,{_SPACE}*)*{_OPEN}?{_END}",
    "word_key": f"(?i)^{_KEY_OF_MODELS}{_END}",
    "letters_key": f"(?i)^(?:id|name|value|slug|label|{_KEY_OF_MODELS}){_END}",
    "word_not_key": r"(?i)(?:^|[_.-])(?:iso\w*|lang\w*|(?:code|locale|class|symbol|unit)s?|country)" + _END,
    "attribute_before": rf"(?i)<\w[^<>\n]*[ \t](?:id|class|for|key|href)=[\"']{_END}",
    # models: [gpt-4o, o1]
    "item_before": rf"[\[,]{_SPACE}*{_END}",
    "item_after": rf"^{_SPACE}*[\],]",
    # | o3 | 200,000 |
    "cell_before": rf"\n[ \t]*[|](?:[^\n|]*[|])*[ \t]*{_END}",
    "cell_after": "^[ \t]*[|]",
    "word_slash_before": rf"[\w.}}~-]/{_END}",
    "word_slash_after": rf"^(?:[ \t\r\n\"'`,;)\]}}]|{_END})",
    "word_path_before": rf"(?i)(?:^|[^\w])[\w.-]*{_OF_MODELS}(?:/|:|%2F|%3A){_END}",
    "word_path_after": rf"^(?:[ \t\r\n\"'`\\/?#,;:)\]}}&<%]|{_END})",
    # o3 after a colon to the end of the line, or after = in a list of variables of the environment
    "word_set_before": rf"(?::[ \t]+|\uff1a[ \t]*|\n[A-Z][A-Z0-9_]*=){_END}",
    "word_set_after": rf"^[ \t\r]*(?:\n|#|{_END})",
    # OPENAI_MODEL=o3 python main.py
    "assigned_before": rf"(?:^|[^\w])[A-Za-z][\w.]*={_END}",
    "assigned_after": "^[ \t\r\n\"'`\\\\]",
    # <model>o1</model>
    "element_before": rf"(?i)<[\w:.-]*(?:model|engine|deployment|llm)[\w:.-]*>{_SPACE}*{_END}",
    "element_after": f"^{_SPACE}*</",
    # --- not a model but a code of a language or the like: its neighbours are codes, or it is explained ---
    "code_before": rf"(?:^|[^\w-])[\"']{_CODE_OF_A_LIST}[\"']{_SPACE}*,{_SPACE}*[\"']{_END}"
    rf"|{_ITEM}{_CODE_OF_A_LIST}[,;]?[ \t\r]*{_ITEM}{_END}"
    rf"|[Ll]ang(?:uage)?s?\({_SPACE}*{_OPEN}{_END}",
    "code_after": rf"^[\"']{_SPACE}*[,:]{_SPACE}*[\"'](?:[A-Z]|[^\x00-\x7f]|{_CODE_OF_A_LIST}[\"'])"
    rf"|^[,;]?[ \t\r]*{_ITEM}{_CODE_OF_A_LIST}[,;]?[ \t\r]*(?:\n|{_END})",
    # the strings beside it in a list, which are models too, or it is none
    "neighbour_before": rf"[\"']([\w.:-]+)[\"']{_SPACE}*,{_SPACE}*[\"']{_END}",
    "neighbour_after": rf"^[\"']{_SPACE}*,{_SPACE}*[\"']([\w.:-]+)[\"'](?!{_SPACE}*:)",
    # --- constants of libraries: GPT3Dot5Turbo, GPT_4O; ChatModel.O3, models.gpt4_o; ChatModelGPT4o ---
    "constant": rf"^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z][A-Za-z0-9]*\dDot\d[A-Za-z0-9_]*){_END}",
    "qualified": f"^[A-Z][A-Za-z0-9_]*{_END}",
    "qualifier": rf"\w(?:[.]|::){_END}",
    "model_qualifier": r"(?:[Mm]odel(?:_?(?:[Nn]ame|[Ii][Dd]|[Tt]ype|[Kk]ind))?s?|[Oo]pen_?[Aa][Ii]\w*|[Ee]ngines?)"
    rf"(?:[.]|::){_END}",
    # Model.o3, ModelId.o3: a member in small letters of a type for models
    "model_type": rf"(?:^|[^\w.])(?:[A-Z]\w{{0,30}})?Model(?:Name|I[dD]|Type|Kind)?s?(?:[.]|::){_END}",
    "model_prefix": r"^(?:(?:[A-Z]\w{0,20})?(?:Model_?|MODEL_)|OPENAI_|GPT3(?=[A-Z][a-z])|Codex)(?=[A-Z0-9])",
    "dot": r"(?i)(\d)dot(?=\d)",
    # --- unknown names ---
    "stranger": f"^[a-z][a-z0-9._-]*-[a-z0-9._-]*[a-z0-9]{_END}",
    "not_stranger": "[.](?:py|js|ts|json|md|ya?ml|txt|html?|sh|toml|csv|png|svg|ipynb)"
    + _END
    + "|-(?:based|like|class|level|style|powered|compatible|driven|generated|specific|family|series|only)"
    + _END,
    # --- hosts with dates of their own ---
    "azure_name": "^(?:gpt-?|GPT-)35(?![0-9])",
    "azure_before": rf"(?i)(?:^|[^\w])azure(?:_ai|_text)?(?:/|:|%2F){_END}",
    "azure_text": r"[.](?:openai|services[.]ai|cognitiveservices)[.]azure[.]com|Azure(?:Chat)?OpenAI|AZURE_OPENAI"
    r"|api_type\W{1,6}azure|azurerm_cognitive|Microsoft[.]CognitiveServices|\baz cognitiveservices|@ai-sdk/azure",
    # a client, unless an argument says that it is Azure's
    "openai_text": r"api[.]openai[.]com|(?<![A-Za-z])(?:Async|Chat)?OpenAI\w{0,20}"
    r"\((?!(?:[^()]|\([^()]{0,200}\)){0,400}[Aa](?:zure|ZURE))",
    # --- calls, headers and paths ---
    # also client.chat().completions().create, $client->images() and OpenAI::images()
    "chain": rf"(?<![\w$])[\w$]+(?:{_STEP}){{1,24}}|[)\]](?:{_STEP}){{1,24}}",
    # below another host: api.example.com is never OpenAI's, example.com only where OpenAI is named
    "host_before": r"(?i)https?://(?![^/]*(?:openai|azure))[\w-]+[.][\w.-]*[a-z](?::[0-9]+)?(?:/[\w.{}$-]+)*" + _END,
    "api_before": r"(?i)https?://api[.](?![^/]*(?:openai|azure))[\w.-]*[a-z](?::[0-9]+)?(?:/[\w.{}$-]+)*" + _END,
    # `${base}/chat/completions`, /openai/deployments/gpt-4/chat/completions
    "short_path": r"(?:[\"'`}]|/deployments/[\w.{}$-]{1,80})(/[a-z_]+/[a-z_]+)(?=[\"'`? \n]|" + _END + ")",
    "path": r"(?:/|(?<![\w.-]))v1(?:/[\w.~:{}<>$-]+)+",
    "header": r"(?i)(openai-beta)[^\w]{1,12}([\w=., -]{1,80})",
    "wrapper": f"^with_(?:raw|streaming)_response{_END}",
    "imports": r"\b(?:import|require|using)\b",
    "made": rf"OpenAI(?:Api)?{_SPACE}{{0,9}}\(",
    "made_before": rf"([\w$]+){_SPACE}*(?::[^=]*)?={_SPACE}*(?:await{_SPACE}+)?(?:new{_SPACE}+)?[\w.]*{_END}",
    "client": f"(?i)(?:client|openai|oai){_END}",
    "expression_before": rf"(?i)(?:client|openai)\w*\([^()]*\){_END}",
}

_HEAD = re.compile("o[0-9]|[a-z]+")
_PARAMETER = re.compile(r"\{[^}]*\}")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


# --- The table --------------------------------------------------------------------------------------------------------


def table(world: Catalog) -> Mapping[str, Any]:
    """All of it; the names themselves are those of the models and endpoints, and their earlier ones."""
    return {
        "forms": FORMS,
        "heads": heads(world),
        "calls": calls(world),
        "headers": headers(world),
        "paths": paths(world),
        "arguments": arguments(world),
    }


def former(world: Catalog) -> Mapping[str, str]:
    """Earlier name of a model or endpoint -> the present one."""
    return {
        **{str(ref.id): id for id, model in world.models.items() for ref in model.record.formerly},
        **{str(ref.id): path for path, endpoint in world.endpoints.items() for ref in endpoint.record.formerly},
    }


def heads(world: Catalog) -> list[str]:
    """The beginnings of all names, in small letters, `#` for any digit: where none stands, there is no name."""
    found = {re.sub("[0-9]", "#", head[0]) for name in world.models if (head := _HEAD.match(name))}
    return sorted(each for each in found if not any(each != other and other in each for other in found))


def calls(world: Catalog) -> Mapping[str, list[str]]:
    """Name -> its calls, without the client: a resource and its methods, or a call alone, separated by spaces."""
    return {name: grouped for name, every, _ in _named(world) if (grouped := _grouped(_calls(every)))}


def headers(world: Catalog) -> Mapping[str, list[str]]:
    """Header, with its name in small letters -> the names of what it selects."""
    found: dict[str, list[str]] = {}
    for name, _, every in _named(world):
        for each in every:
            header, _, value = each.header.partition(": ")
            found.setdefault(f"{header.lower()}: {value}", []).append(name)
    return found


def paths(world: Catalog) -> Mapping[str, EndpointPath]:
    """Path below another endpoint's, or with a parameter in its middle -> its endpoint."""
    found = {
        _PARAMETER.sub("{}", operation.path): path
        for path, entry in world.endpoints.items()
        for fact in entry.record.operations.facts
        for operation in fact.value
        if operation.path != path and not operation.path.startswith(f"{path}/")
    }
    return dict(sorted(found.items()))


def arguments(world: Catalog) -> Mapping[str, list[str]]:
    """Regular expression for an argument with its object -> the names of what it names."""
    found: dict[str, list[str]] = {}
    for id, product in world.products.items():
        for each in product.record.arguments:
            first, *others = map(re.escape, each.keys)
            other = f"(?:{'|'.join(others) or '(?!)'})"
            form = (
                rf"(?i)(?<![\w$-])({re.escape(each.argument)}){_QUOTE}{_SPACE}*(?:=>|[:=]){_SPACE}*[\w.]{{0,60}}[{{\[(]"
                rf"{_SPACE}*{_QUOTE}({first}){_QUOTE}{_SPACE}*(?:=>|[:=])(?:[^,{{}}()\n]|\([^()\n]{{0,80}}\)){{1,160}}"
                rf",?(?:[ \t]*(?:#|//)[^\n]*)?{_SPACE}*(?:{_QUOTE}{other}{_QUOTE}{_SPACE}*(?:=>|[:=])|[}}\])])"
            )
            found.setdefault(form, []).append(f"product/{id}")
    return found


def normal(call: str) -> str:
    """A call without the client, in the spelling of the table: `client.fineTuning.jobs` -> `fine_tuning.jobs`."""
    _, *words = call.split(".")
    return ".".join(_HUMP.sub("_", word).lower() if word[:1].islower() else word for word in words)


def _named(world: Catalog) -> Iterator[tuple[str, tuple[SdkCalls, ...], tuple[RequestHeader, ...]]]:
    for path, endpoint in world.endpoints.items():
        yield path, endpoint.record.sdk_calls, endpoint.record.headers
    for id, product in world.products.items():
        yield f"product/{id}", product.record.sdk_calls, product.record.headers


def _calls(every: Iterable[SdkCalls]) -> Iterator[str]:
    return (normal(call) for one in every for call in one.calls)


def _grouped(every: Iterable[str]) -> list[str]:
    alone: list[str] = []
    by_resource: dict[str, list[str]] = {}
    for call in dict.fromkeys(every):
        resource, dot, method = call.rpartition(".")
        if dot:
            by_resource.setdefault(resource, []).append(method)
        else:
            alone.append(call)
    return [*alone, *(" ".join([resource, *methods]) for resource, methods in by_resource.items())]
