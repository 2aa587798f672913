"""Cases of faulty content: one edit of tests/small each, and the exact errors.

A case has a description, the rule, the edits, and all errors as `place: message | hint`.
"""

# ruff: noqa: E501  # a message is on one line here, as in the output

from __future__ import annotations

from dataclasses import dataclass

from almanac.check import (
    Rule,
    chinese,
    corrections,
    dates,
    english,
    events,
    facts,
    glossary_words,
    groups,
    history,
    identity,
    knowledge,
    language_rules,
    markup_rules,
    parity,
    phrases,
    references,
    replacements,
    required_changes,
    retold,
    source_rules,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """In a file of content/, replaces `find`, which occurs once, by `replace`; if `find` is "", appends it."""

    file: str
    find: str
    replace: str


def says(en: str, zh: str) -> Edit:
    """An edit that replaces the lead of the home page; later lines are indented like the first."""
    return Edit("pages/home.yaml", LEAD, f"lead:\n  en: |-\n    {en}\n  zh: |-\n    {zh}")


def notes(en: str, zh: str) -> Edit:
    """An edit that gives a product a note, from the copy of 30 June 2024; later lines are indented like the first."""
    return Edit("products/solo.yaml", "", f"notes:\n  - en: |-\n      {en}\n    zh: |-\n      {zh}\n")


LEAD = 'lead: {en: "This is a page for tests.", zh: 这是测试用的页面。}'


@dataclass(frozen=True, slots=True)
class Case:
    what: str
    rule: Rule
    edits: list[Edit]
    errors: list[str]


NAMES = [
    Case(
        "two sources of one id",
        identity.ids_are_unique,
        [
            Edit(
                "sources.yaml",
                "",
                "- {id: Models, publisher: Birdsong, title: {en: Models, zh: 模型}, url: https://example.org/, state_of: 2023}\n",
            )
        ],
        [
            "content/sources.yaml:36:3: the source 'Models' already exists as 'models' | rename one: the other is at content/sources.yaml:1:3",
        ],
    ),
    Case(
        "one endpoint in two files",
        identity.ids_are_unique,
        [
            Edit(
                "endpoints/singing.yaml",
                "",
                "path: /v1/sing\nsource: models\ntitle: {en: Singing, zh: 歌唱}\ngroup: audio\nsummary: {en: It sings., zh: 会唱歌。}\n",
            )
        ],
        [
            "content/endpoints/singing.yaml:1:1: the endpoint '/v1/sing' already exists | rename one: the other is at content/endpoints/sing.yaml:1:1",
            "content/endpoints/singing.yaml:1:1: the endpoint '/v1/sing' is in the file 'singing.yaml' | rename the file to 'sing.yaml'",
        ],
    ),
    Case(
        "two sections of one id",
        identity.anchors_are_unique,
        [Edit("pages/policy.yaml", "- id: notice", "- id: deprecated")],
        [
            "content/pages/policy.yaml:23:5: the section 'deprecated' already exists | rename one: the other is at content/pages/policy.yaml:10:5",
        ],
    ),
    Case(
        "two tables of one id",
        identity.anchors_are_unique,
        [Edit("announcements/2023-06-13-first-larks.yaml", "- id: endpoints", "- id: snapshots")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:12:5: the table 'snapshots' already exists | rename one: the other is at content/announcements/2023-06-13-first-larks.yaml:5:5",
        ],
    ),
    Case(
        "a row twice in the table of discontinuations",
        identity.anchors_are_unique,
        [Edit("discontinuations.yaml", "model: lark-0613, shutdown", "model: lark-0301, shutdown")],
        [
            "content/discontinuations.yaml:5:5: the row 'lark-0301' already exists | rename one: the other is at content/discontinuations.yaml:4:5",
        ],
    ),
    Case(
        "capitals in the id of a section",
        identity.anchors_are_plain,
        [Edit("pages/policy.yaml", "- id: notice", "- id: Notice_Periods")],
        [
            "content/pages/policy.yaml:23:5: 'Notice_Periods' is not a valid id for a section | write 'notice-periods'",
        ],
    ),
    Case(
        "two dashes in the id of a table",
        identity.anchors_are_plain,
        [Edit("announcements/2023-06-13-first-larks.yaml", "- id: endpoints", "- id: end--points")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:12:5: 'end--points' is not a valid id for a table | write 'end-points'",
        ],
    ),
    Case(
        "an endpoint's file named otherwise",
        identity.endpoints_are_named_by_their_path,
        [Edit("endpoints/sing.yaml", "path: /v1/sing", "path: /v1/sing_along")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:18: there is no endpoint '/v1/sing' | correct the name, or add the endpoint",
            "content/endpoints/sing.yaml:1:1: the endpoint '/v1/sing_along' is in the file 'sing.yaml' | rename the file to 'sing-along.yaml'",
        ],
    ),
    Case(
        "two endpoints at one address",
        identity.addresses_are_unique,
        [
            Edit(
                "endpoints/completions.yaml",
                "",
                "path: /v1/chat_completions\nsource: models\ntitle: {en: Singing, zh: 歌唱}\ngroup: audio\nsummary: {en: It sings., zh: 会唱歌。}\n",
            )
        ],
        [
            "content/endpoints/completions.yaml:1:1: the endpoint '/v1/chat_completions' and the endpoint '/v1/chat/completions' both have the address endpoints/chat-completions.html | rename one of them",
            "content/endpoints/completions.yaml:1:1: the endpoint '/v1/chat_completions' is in the file 'completions.yaml' | rename the file to 'chat-completions.yaml'",
        ],
    ),
    Case(
        "a model in two families",
        identity.models_have_one_family,
        [Edit("families/wren.yaml", "models: [wren-1]", "models: [wren-1, lark-0301]")],
        [
            "content/families/wren.yaml:5:18: the model 'lark-0301' is already in the family 'lark' | remove it from one of them",
        ],
    ),
    Case(
        "a model in no family",
        identity.models_have_one_family,
        [Edit("families/lark.yaml", ", lark-0301, lark-mini]", ", lark-mini]")],
        [
            "content/models/lark-0301.yaml:1:1: the model 'lark-0301' is not in any family | add it to a file in content/families/",
        ],
    ),
    Case(
        "a family that is not listed",
        identity.families_are_listed,
        [Edit("site.yaml", "families: [lark, wren]", "families: [lark]")],
        [
            "content/families/wren.yaml:1:1: the family 'wren' is not listed in content/site.yaml | add it to 'families' there",
        ],
    ),
    Case(
        "two tables of one id in two announcements",
        identity.anchors_are_unique,
        [Edit("announcements/2023-11-06-more-larks.yaml", "- id: later-snapshots", "- id: snapshots")],
        [
            "content/announcements/2023-11-06-more-larks.yaml:5:5: the table 'snapshots' already exists | rename one: the other is at content/announcements/2023-06-13-first-larks.yaml:5:5",
        ],
    ),
    Case(
        "a section with an anchor that its page has of itself",
        identity.anchors_are_free,
        [
            Edit(
                "families/wren.yaml",
                "sections: []",
                "sections: [{id: models, title: {en: Models, zh: 模型}, text: {en: It sings., zh: 会唱歌。}}]",
            )
        ],
        [
            "content/families/wren.yaml:4:12: the section 'models' needs the anchor 'models', which the family 'wren' uses itself | rename it",
        ],
    ),
    Case(
        "a section with the anchor of a family",
        identity.anchors_are_free,
        [
            Edit(
                "pages/models.yaml",
                "sections: []",
                "sections: [{id: lark, title: {en: Lark, zh: 百灵}, text: {en: It sings., zh: 会唱歌。}}]",
            )
        ],
        [
            "content/pages/models.yaml:4:12: the section 'lark' needs the anchor 'lark', which the page 'models' uses for the family 'lark' | rename it",
        ],
    ),
    Case(
        "a section with the anchor of every page",
        identity.anchors_are_free,
        [Edit("pages/policy.yaml", "- id: notice", "- id: cited")],
        [
            "content/pages/policy.yaml:23:5: the section 'cited' needs the anchor 'cited', which the page 'policy' uses itself | rename it",
        ],
    ),
    Case(
        "a section with the anchor of a table that the page shows",
        identity.anchors_are_free,
        [
            Edit(
                "pages/deprecations.yaml",
                "sections: []",
                "sections: [{id: chorus, title: {en: Chorus, zh: 合唱}, text: {en: It sings., zh: 会唱歌。}}]",
            )
        ],
        [
            "content/pages/deprecations.yaml:4:12: the section 'chorus' needs the anchor 'chorus', which the page 'deprecations' uses for the table 'chorus' | rename it",
        ],
    ),
    Case(
        "a row with the anchor of another",
        identity.anchors_are_free,
        [
            Edit(
                "models/product-chorus.yaml",
                "",
                "source: models\nkind: chat\ncontext_window: unknown\nmax_output: unknown\ntraining_cutoff: unknown\ninput: unknown\noutput: unknown\ncapabilities: []\nsummary: {en: It sings., zh: 会唱歌。}\n",
            ),
            Edit("families/wren.yaml", "models: [wren-1]", "models: [wren-1, product-chorus]"),
            Edit(
                "announcements/2024-02-01-chorus.yaml",
                "      - subject: lark-1106\n        scope: training\n",
                "      - subject: product-chorus\n        scope: training\n",
            ),
        ],
        [
            "content/announcements/2024-02-01-chorus.yaml:17:9: the row of 'product-chorus' needs the anchor 'chorus--product-chorus', which the page 'deprecations' uses for the row of the product 'chorus' | move it to another table",
        ],
    ),
]

RENAMED = [
    Case(
        "an earlier id that a model has, in other capitals",
        identity.former_ids_are_free,
        [Edit("models/wren-1.yaml", "", "formerly: [Lark-0301]\n")],
        [
            "content/models/wren-1.yaml:12:12: the earlier id 'Lark-0301' of the model 'wren-1' is the id of another model | delete it, or correct it",
        ],
    ),
    Case(
        "an earlier id that is the present one",
        identity.former_ids_are_free,
        [Edit("models/wren-1.yaml", "", "formerly: [wren-1]\n")],
        [
            "content/models/wren-1.yaml:12:12: the earlier id 'wren-1' of the model 'wren-1' is its current id | delete it, or correct it",
        ],
    ),
    Case(
        "an earlier id of two terms",
        identity.former_ids_are_free,
        [
            Edit("glossary.yaml", "- id: token\n", "- id: token\n  formerly: [unit]\n"),
            Edit("glossary.yaml", "- id: completion\n", "- id: completion\n  formerly: [unit]\n"),
        ],
        [
            "content/glossary.yaml:17:14: the earlier id 'unit' of the term 'completion' is also one of 'token' | delete one of them",
        ],
    ),
    Case(
        "an earlier section that another has become",
        identity.former_ids_are_free,
        [Edit("pages/policy.yaml", "- id: notice", "- id: notice\n    formerly: [deprecated]")],
        [
            "content/pages/policy.yaml:24:16: the earlier id 'deprecated' of the section 'notice' is the id of another section | delete it, or correct it",
        ],
    ),
    Case(
        "an earlier endpoint with the address of another",
        identity.addresses_are_unique,
        [Edit("endpoints/sing.yaml", "", "formerly: [/v1/chat_completions]\n")],
        [
            "content/endpoints/sing.yaml:8:12: the former endpoint '/v1/chat_completions' and the endpoint '/v1/chat/completions' both have the address endpoints/chat-completions.html | rename one of them",
        ],
    ),
    Case(
        "references to earlier ids",
        references.references_exist,
        [
            Edit("models/wren-1.yaml", "", "formerly: [robin]\n"),
            Edit("endpoints/sing.yaml", "", "formerly: [/v1/song]\n"),
            Edit("families/lark.yaml", "", "formerly: [larks]\n"),
            Edit("families/wren.yaml", "models: [wren-1]", "models: [robin]"),
            Edit("announcements/2023-06-13-first-larks.yaml", "subject: /v1/sing", "subject: /v1/song"),
            Edit("site.yaml", "[lark, wren]", "[larks, wren]"),
        ],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:18: there is no endpoint '/v1/song' | it is now called '/v1/sing': write '/v1/sing'",
            "content/families/lark.yaml:1:1: the family 'lark' is not listed in content/site.yaml | add it to 'families' there",
            "content/families/wren.yaml:5:10: there is no model 'robin' | it is now called 'wren-1': write 'wren-1'",
            "content/models/wren-1.yaml:1:1: the model 'wren-1' is not in any family | add it to a file in content/families/",
            "content/site.yaml:6:12: there is no family 'larks' | it is now called 'lark': write 'lark'",
        ],
    ),
    Case(
        "links and code with earlier ids",
        references.names_in_code_exist,
        [
            Edit("models/wren-1.yaml", "", "formerly: [robin]\n"),
            Edit("glossary.yaml", "- id: token\n", "- id: token\n  formerly: [unit]\n"),
            says("[`robin`](term:unit), [it](page:glossary#unit).", "[`robin`](term:unit)，[它](page:glossary#unit)。"),
        ],
        [
            f"content/pages/home.yaml:{line}:{column}: {message}"
            for line in (5, 7)
            for column, message in (
                (6, "there is no model 'robin' | it is now called 'wren-1': write 'wren-1'"),
                (
                    15,
                    "the link 'term:unit' is broken: there is no term 'unit' | it is now called 'token': write 'token'",
                ),
                (
                    32 if line == 5 else 30,
                    "the link 'page:glossary#unit' is broken: the page 'glossary' has no anchor 'unit' | it is now called 'token': write 'token'",
                ),
            )
        ],
    ),
    Case(
        "a source by its earlier id",
        source_rules.sources_are_registered,
        [
            Edit("sources.yaml", "- id: archive\n", "- id: archive\n  formerly: [copies]\n"),
            Edit("models/wren-1.yaml", "source: models", "source: copies"),
        ],
        [
            "content/models/wren-1.yaml:1:1: there is no source 'copies' | it is now called 'archive': write 'archive'",
        ],
    ),
    Case(
        "plans by earlier ids",
        events.events_revise_a_plan,
        [
            Edit("products/chorus.yaml", "", "formerly: [choir]\n"),
            Edit("announcements/2023-11-06-more-larks.yaml", "", "formerly: [2023-11-06-larks]\n"),
            Edit("events/2024-04-01-chorus-moved.yaml", "subject: {product: chorus}", "subject: {product: choir}"),
            Edit(
                "events/2024-05-01-existing-singers.yaml",
                "announcement: 2023-11-06-more-larks",
                "announcement: 2023-11-06-larks",
            ),
        ],
        [
            "content/events/2024-04-01-chorus-moved.yaml:7:48: the announcement '2024-02-01-chorus' has no plan for the product 'choir' | it is now called 'chorus': write 'chorus'",
            "content/events/2024-05-01-existing-singers.yaml:7:5: there is no announcement '2023-11-06-larks' | it is now called '2023-11-06-more-larks': write '2023-11-06-more-larks'",
        ],
    ),
]

REFERENCES = [
    Case(
        "a mistyped model",
        references.references_exist,
        [Edit("families/wren.yaml", "models: [wren-1]", "models: [wren-1, lark-0631]")],
        [
            "content/families/wren.yaml:5:18: there is no model 'lark-0631' | did you mean 'lark-0613'?",
        ],
    ),
    Case(
        "a model nothing like it",
        references.references_exist,
        [Edit("discontinuations.yaml", "replacement: lark-1106", "replacement: bittern")],
        [
            "content/discontinuations.yaml:5:59: there is no model 'bittern' | correct the name, or add the model",
        ],
    ),
    Case(
        "an alias that points to nothing",
        references.references_exist,
        [Edit("models/lark.yaml", "{model: lark-1106,", "{model: lark-1107,")],
        [
            "content/models/lark.yaml:6:13: there is no model 'lark-1107' | correct the name, or add it; the nearest, 'lark-1106', has other digits",
        ],
    ),
    Case(
        "a snapshot of nothing",
        references.references_exist,
        [Edit("models/lark-0301.yaml", "{name: lark,", "{name: larch,")],
        [
            "content/models/lark-0301.yaml:3:21: there is no model 'larch' | did you mean 'lark'?",
        ],
    ),
    Case(
        "a plan for nothing",
        references.references_exist,
        [Edit("announcements/2023-06-13-first-larks.yaml", "subject: /v1/sing", "subject: /v1/sign")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:18: there is no endpoint '/v1/sign' | did you mean '/v1/sing'?",
        ],
    ),
    Case(
        "a family where a model belongs",
        references.references_exist,
        [Edit("announcements/2023-06-13-first-larks.yaml", "[lark-0613]", "[wren]")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:11:24: there is no model 'wren' | 'wren' is a family: name another model",
        ],
    ),
    Case(
        "a term that is not there",
        references.references_exist,
        [Edit("announcements/2023-06-13-first-larks.yaml", "term: singing-guide", "term: singing-guides")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:19:13: there is no term 'singing-guides' | did you mean 'singing-guide'?",
        ],
    ),
    Case(
        "an unknown replacement endpoint",
        references.references_exist,
        [
            Edit(
                "announcements/2023-06-13-first-larks.yaml",
                "endpoint: /v1/chat/completions",
                "endpoint: /v1/chat/completion",
            )
        ],
        [
            "content/announcements/2023-06-13-first-larks.yaml:18:13: there is no endpoint '/v1/chat/completion' | did you mean '/v1/chat/completions'?",
        ],
    ),
    Case(
        "an unknown model at an endpoint",
        references.references_exist,
        [Edit("endpoints/chat-completions.yaml", "    - lark-1106\n", "    - lark-1016\n")],
        [
            "content/endpoints/chat-completions.yaml:14:7: there is no model 'lark-1016' | did you mean 'lark-1106'?",
        ],
    ),
    Case(
        "an unknown exception at an endpoint",
        references.references_exist,
        [Edit("endpoints/audio-transcriptions.yaml", "[lark-0301]", "[lark-0310]")],
        [
            "content/endpoints/audio-transcriptions.yaml:8:16: there is no model 'lark-0310' | did you mean 'lark-0301'?",
        ],
    ),
    Case(
        "an unknown model with a feature",
        references.references_exist,
        [Edit("endpoints/chat-completions.yaml", "models: [lark-1106]", "models: [lark-116]")],
        [
            "content/endpoints/chat-completions.yaml:16:60: there is no model 'lark-116' | correct the name, or add it; the nearest, 'lark-1106', has other digits",
        ],
    ),
    Case(
        "a conflict about an unknown endpoint",
        references.references_exist,
        [Edit("conflicts.yaml", "endpoints: []", "endpoints: [/v1/songs]")],
        [
            "content/conflicts.yaml:3:15: there is no endpoint '/v1/songs' | did you mean '/v1/sing'?",
        ],
    ),
    Case(
        "an unknown family in the order of families",
        references.references_exist,
        [Edit("site.yaml", "[lark, wren]", "[lark, wren, finch]")],
        [
            "content/site.yaml:6:24: there is no family 'finch' | correct the name, or add the family",
        ],
    ),
    Case(
        "a link to an unknown page",
        references.links_in_prose_have_targets,
        [
            Edit(
                "families/lark.yaml",
                "}\nmodels:",
                '}\n  - id: more\n    title: {en: More, zh: 更多}\n    text: {en: "See [policy](page:police).", zh: "见[政策](page:police)。"}\nmodels:',
            )
        ],
        [
            "content/families/lark.yaml:10:30: the link 'page:police' is broken: there is no page 'police' | did you mean 'policy'?",
            "content/families/lark.yaml:10:57: the link 'page:police' is broken: there is no page 'police' | did you mean 'policy'?",
        ],
    ),
    Case(
        "keywords for what is no page, and for a page that is missing",
        references.keywords_have_targets,
        [
            Edit(
                "keywords.yaml",
                "",
                "- target: data.html\n  words: {en: [csv], zh: []}\n- target: page:date\n  words: {en: [csv], zh: []}\n",
            )
        ],
        [
            "content/keywords.yaml:3:3: 'data.html' is not a link target | write it as in links, beginning with one of page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/keywords.yaml:5:3: the link 'page:date' is broken: there is no page 'date' | did you mean 'data'?",
        ],
    ),
    Case(
        "a link to a term as if it were a page",
        references.links_in_prose_have_targets,
        [says("See [it](page:token).", "见[词条](page:token)。")],
        [
            "content/pages/home.yaml:5:14: the link 'page:token' is broken: there is no page 'token' | 'token' is a term: write 'term:token'",
            "content/pages/home.yaml:7:11: the link 'page:token' is broken: there is no page 'token' | 'token' is a term: write 'term:token'",
        ],
    ),
    Case(
        "a link to an unknown section",
        references.links_in_prose_have_targets,
        [says("See [policy](page:policy#depreciated).", "见[政策](page:policy#depreciated)。")],
        [
            "content/pages/home.yaml:5:18: the link 'page:policy#depreciated' is broken: the page 'policy' has no anchor 'depreciated' | did you mean 'deprecated'?",
            "content/pages/home.yaml:7:11: the link 'page:policy#depreciated' is broken: the page 'policy' has no anchor 'depreciated' | did you mean 'deprecated'?",
        ],
    ),
    Case(
        "a link to an unknown row",
        references.links_in_prose_have_targets,
        [
            notes(
                "See [a row](announcement:2023-06-13-first-larks#snapshots--lark-0316).",
                "见[此行](announcement:2023-06-13-first-larks#snapshots--lark-0316)。",
            )
        ],
        [
            "content/products/solo.yaml:6:19: the link 'announcement:2023-06-13-first-larks#snapshots--lark-0316' is broken: the announcement '2023-06-13-first-larks' has no anchor 'snapshots--lark-0316' | correct the name, or add it; the nearest, 'snapshots--lark-0301', has other digits",
            "content/products/solo.yaml:8:13: the link 'announcement:2023-06-13-first-larks#snapshots--lark-0316' is broken: the announcement '2023-06-13-first-larks' has no anchor 'snapshots--lark-0316' | correct the name, or add it; the nearest, 'snapshots--lark-0301', has other digits",
        ],
    ),
    Case(
        "a link to an unknown model",
        references.links_in_prose_have_targets,
        [says("See [it](model:lark-0331).", "见[模型](model:lark-0331)。")],
        [
            "content/pages/home.yaml:5:14: the link 'model:lark-0331' is broken: there is no model 'lark-0331' | correct the name, or add it; the nearest, 'lark-0301', has other digits",
            "content/pages/home.yaml:7:11: the link 'model:lark-0331' is broken: there is no model 'lark-0331' | correct the name, or add it; the nearest, 'lark-0301', has other digits",
        ],
    ),
    Case(
        "a model's id in capitals",
        references.names_in_code_exist,
        [says("It is `Lark-0301`.", "它是 `Lark-0301`。")],
        [
            "content/pages/home.yaml:5:11: there is no model 'Lark-0301' | write 'lark-0301'",
            "content/pages/home.yaml:7:8: there is no model 'Lark-0301' | write 'lark-0301'",
        ],
    ),
    Case(
        "an unknown path",
        references.names_in_code_exist,
        [says("Send it to `/v1/sings`.", "发到 `/v1/sings`。")],
        [
            "content/pages/home.yaml:5:16: there is no endpoint '/v1/sings' | did you mean '/v1/sing'?",
            "content/pages/home.yaml:7:8: there is no endpoint '/v1/sings' | did you mean '/v1/sing'?",
        ],
    ),
    Case(
        "a plan for a product that is not there",
        references.references_exist,
        [
            Edit("announcements/2024-02-01-chorus.yaml", "subject: {family: wren}", "subject: {product: wrens}"),
            Edit("events/2024-05-01-wren-1-added.yaml", "{family: wren}", "{product: wrens}"),
        ],
        [
            "content/announcements/2024-02-01-chorus.yaml:14:18: there is no product 'wrens' | correct the name, or add the product",
        ],
    ),
    Case(
        "a plan for a family that is not there",
        references.references_exist,
        [
            Edit("announcements/2024-02-01-chorus.yaml", "{family: wren}", "{family: wrens}"),
            Edit("events/2024-05-01-wren-1-added.yaml", "{family: wren}", "{family: wrens}"),
        ],
        [
            "content/announcements/2024-02-01-chorus.yaml:14:18: there is no family 'wrens' | did you mean 'wren'?",
        ],
    ),
    Case(
        "a name in a cell that is not there",
        references.references_exist,
        [Edit("announcements/2024-02-01-chorus.yaml", "listed_with: [lark]", "listed_with: [lark, lark-1107]")],
        [
            "content/announcements/2024-02-01-chorus.yaml:21:29: there is no model 'lark-1107' | correct the name, or add it; the nearest, 'lark-1106', has other digits",
        ],
    ),
    Case(
        "an unknown replacement product",
        references.references_exist,
        [Edit("announcements/2024-02-01-chorus.yaml", "product: solo", "product: soli")],
        [
            "content/announcements/2024-02-01-chorus.yaml:13:13: there is no product 'soli' | did you mean 'solo'?",
        ],
    ),
    Case(
        "a change to an unknown replacement",
        references.references_exist,
        [Edit("events/2024-04-01-lark-0301-replacement.yaml", "replacements: [lark-1106]", "replacements: [chorus]")],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:8:16: there is no model 'chorus' | 'chorus' is a product: name another model",
        ],
    ),
    Case(
        "an unknown name added",
        references.references_exist,
        [Edit("events/2024-05-01-wren-1-added.yaml", "adds: [wren-1]", "adds: [wren-2]")],
        [
            "content/events/2024-05-01-wren-1-added.yaml:8:8: there is no model 'wren-2' | correct the name, or add it; the nearest, 'wren-1', has other digits",
        ],
    ),
    Case(
        "a conflict about an unknown product",
        references.references_exist,
        [Edit("conflicts.yaml", "endpoints: []", "endpoints: []\n  products: [choir]")],
        [
            "content/conflicts.yaml:4:14: there is no product 'choir' | did you mean 'chorus'?",
        ],
    ),
    Case(
        "a link to an unknown product",
        references.links_in_prose_have_targets,
        [says("See [it](product:sola).", "见[产品](product:sola)。")],
        [
            "content/pages/home.yaml:5:14: the link 'product:sola' is broken: there is no product 'sola' | did you mean 'solo'?",
            "content/pages/home.yaml:7:11: the link 'product:sola' is broken: there is no product 'sola' | did you mean 'solo'?",
        ],
    ),
    Case(
        "a link to a row that is not on the page",
        references.links_in_prose_have_targets,
        [says("See [it](page:endpoints#chat-completions).", "见[端点](page:endpoints#chat-completions)。")],
        [
            "content/pages/home.yaml:5:14: the link 'page:endpoints#chat-completions' is broken: the page 'endpoints' has no anchor 'chat-completions' | did you mean 'all--chat-completions'?",
            "content/pages/home.yaml:7:11: the link 'page:endpoints#chat-completions' is broken: the page 'endpoints' has no anchor 'chat-completions' | did you mean 'all--chat-completions'?",
        ],
    ),
]

IN_PROSE = [
    Case(
        "ids without backticks",
        references.names_in_prose_are_code,
        [
            notes(
                "The model lark-0613 is like wren-1. It is for /v1/sing.",
                "lark-0613 模型与 wren-1 相似，用于 /v1/sing。",
            )
        ],
        [
            "content/products/solo.yaml:6:17: 'lark-0613' is not in inline code | write `lark-0613`",
            "content/products/solo.yaml:6:35: 'wren-1' is not in inline code | write `wren-1`",
            "content/products/solo.yaml:6:53: '/v1/sing' is not in inline code | write `/v1/sing`",
            "content/products/solo.yaml:8:7: 'lark-0613' is not in inline code | write `lark-0613`",
            "content/products/solo.yaml:8:21: 'wren-1' is not in inline code | write `wren-1`",
            "content/products/solo.yaml:8:34: '/v1/sing' is not in inline code | write `/v1/sing`",
        ],
    ),
]

SOURCES = [
    Case(
        "a source that is not registered",
        source_rules.sources_are_registered,
        [Edit("models/wren-1.yaml", "source: models", "source: modles")],
        [
            "content/models/wren-1.yaml:1:1: there is no source 'modles' | did you mean 'models'?",
        ],
    ),
    Case(
        "a fact's own source that is not registered",
        source_rules.sources_are_registered,
        [Edit("models/wren-1.yaml", "badges: [new]", "badges: {value: [new], source: hearsay}")],
        [
            "content/models/wren-1.yaml:4:9: there is no source 'hearsay' | register it in content/sources.yaml",
        ],
    ),
    Case(
        "the source of a later fact, and of a later text, that is not registered",
        source_rules.sources_are_registered,
        [
            Edit(
                "models/wren-1.yaml",
                "badges: [new]",
                "badges: [{value: [new]}, {value: [legacy], source: hearsay}]",
            ),
            Edit(
                "models/wren-1.yaml",
                "{en: Wren writes down what it hears., zh: Wren 写下它听到的话。}",
                "[{en: Wren writes., zh: Wren 写字。}, {en: Wren hears., zh: Wren 听见。, source: rumours}]",
            ),
        ],
        [
            "content/models/wren-1.yaml:4:26: there is no source 'hearsay' | register it in content/sources.yaml",
            "content/models/wren-1.yaml:11:45: there is no source 'rumours' | register it in content/sources.yaml",
        ],
    ),
    Case(
        "a list's source that is not registered, once for all that inherit it",
        source_rules.sources_are_registered,
        [Edit("endpoints/chat-completions.yaml", "compatibility:\n", "compatibility:\n  source: hearsay\n")],
        [
            "content/endpoints/chat-completions.yaml:12:3: there is no source 'hearsay' | register it in content/sources.yaml",
        ],
    ),
    Case(
        "a claim's source that is not registered",
        source_rules.sources_are_registered,
        [Edit("conflicts.yaml", "      source: models\n", "      source: rumours\n")],
        [
            "content/conflicts.yaml:6:7: there is no source 'rumours' | register it in content/sources.yaml",
        ],
    ),
    Case(
        "a source by http",
        source_rules.addresses_are_safe,
        [Edit("sources.yaml", "url: https://example.org/models", "url: http://example.org/models")],
        [
            "content/sources.yaml:1:3: 'http://example.org/models' is not a valid web address | write https://host/path, in ASCII",
        ],
    ),
    Case(
        "a source with an address without end",
        source_rules.addresses_are_safe,
        [Edit("sources.yaml", "url: https://example.org/models", f"url: https://example.org/{'a' * 2000}")],
        [
            f"content/sources.yaml:1:3: 'https://example.org/{'a' * 80}…' is not a valid web address | write https://host/path, in ASCII",
        ],
    ),
    Case(
        "a repository without a host of the web",
        source_rules.addresses_are_safe,
        [Edit("site.yaml", "https://example.org/small/almanac", "https://localhost/almanac")],
        [
            "content/site.yaml:1:1: 'https://localhost/almanac' is not a valid web address | write https://host/path, in ASCII",
        ],
    ),
    Case(
        "an unknown preferred claim",
        source_rules.conflicts_are_settled,
        [Edit("conflicts.yaml", "preferred: deprecations-page", "preferred: deprecation-page")],
        [
            "content/conflicts.yaml:12:14: there is no claim 'deprecation-page' here | write 'models-page' or 'deprecations-page'",
        ],
    ),
    Case(
        "two claims of one id",
        source_rules.conflicts_are_settled,
        [Edit("conflicts.yaml", "- id: models-page", "- id: deprecations-page")],
        [
            "content/conflicts.yaml:9:7: the claim 'deprecations-page' already exists | rename one: the other is on line 6",
        ],
    ),
    Case(
        "a single claim",
        source_rules.conflicts_are_settled,
        [
            Edit(
                "conflicts.yaml",
                '    - id: models-page\n      source: models\n      says: {en: "On 13 June 2024.", zh: 2024年6月13日。}\n',
                "",
            )
        ],
        [
            "content/conflicts.yaml:1:3: the conflict 'lark-0301-end' has 1 claim | write two claims or more",
        ],
    ),
    Case(
        "a conflict about nothing",
        source_rules.conflicts_are_settled,
        [Edit("conflicts.yaml", "models: [lark-0301]", "models: []")],
        [
            "content/conflicts.yaml:1:3: the conflict 'lark-0301-end' does not say what it is about | name its 'models', 'endpoints' or 'products'",
        ],
    ),
    Case(
        "a row's source that is not registered",
        source_rules.sources_are_registered,
        [Edit("announcements/2024-02-01-chorus.yaml", "        observed: 2024-03-01\n", "        source: archives\n")],
        [
            "content/announcements/2024-02-01-chorus.yaml:17:9: there is no source 'archives' | did you mean 'archive'?",
        ],
    ),
    Case(
        "a milestone's source that is not registered",
        source_rules.sources_are_registered,
        [Edit("announcements/2024-02-01-chorus.yaml", "{day: 2024-03-01,", "{day: 2024-03-01, source: archives,")],
        [
            "content/announcements/2024-02-01-chorus.yaml:5:5: there is no source 'archives' | did you mean 'archive'?",
        ],
    ),
    Case(
        "the source of a change that is not registered",
        source_rules.sources_are_registered,
        [Edit("events/2024-04-01-chorus-moved.yaml", "source: archive", "source: arkive")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:1:1: there is no source 'arkive' | did you mean 'archive'?",
        ],
    ),
    Case(
        "the source of a product that is not registered",
        source_rules.sources_are_registered,
        [Edit("products/solo.yaml", "source: archive", "source: arkive")],
        [
            "content/products/solo.yaml:1:1: there is no source 'arkive' | did you mean 'archive'?",
        ],
    ),
    Case(
        "the source of a price that is not registered",
        source_rules.sources_are_registered,
        [
            Edit(
                "models/wren-1.yaml",
                "context_window:",
                "price: {value: $1 / 1M tokens, source: archives}\ncontext_window:",
            )
        ],
        [
            "content/models/wren-1.yaml:5:8: there is no source 'archives' | did you mean 'archive'?",
        ],
    ),
    Case(
        "a page's source that is not registered",
        source_rules.sources_are_registered,
        [Edit("pages/home.yaml", "sources: [models]", "sources: [model]")],
        [
            "content/pages/home.yaml:1:1: there is no source 'model' | did you mean 'models'?",
        ],
    ),
    Case(
        "the source of a promise that is not registered",
        source_rules.sources_are_registered,
        [
            Edit(
                "notice.yaml",
                "[]\n",
                "- {id: all, title: {en: all, zh: 全部}, notice: 6 months, name_contains: [], source: promises}\n",
            )
        ],
        [
            "content/notice.yaml:1:3: there is no source 'promises' | register it in content/sources.yaml",
        ],
    ),
    Case(
        "a claim preferred to one of a nearer source",
        source_rules.the_nearer_source_is_preferred,
        [Edit("conflicts.yaml", "source: deprecations", "source: archive")],
        [
            "content/conflicts.yaml:12:14: 'deprecations-page' is preferred, but its source 'archive' is archived | prefer 'models-page': its source 'models' is official",
        ],
    ),
]

TIME = [
    Case(
        "shut down the day before the announcement",
        history.shutdowns_follow_their_announcement,
        [Edit("announcements/2023-06-13-first-larks.yaml", "shutdown: 2023-12-01", "shutdown: 2023-06-12")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:9: '/v1/sing' is shut down on 2023-06-12, before its announcement on 2023-06-13 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a month of shutdown before the announcement",
        history.shutdowns_follow_their_announcement,
        [Edit("announcements/2023-06-13-first-larks.yaml", "shutdown: 2023-12-01", "shutdown: 2023-05")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:9: '/v1/sing' is shut down on 2023-05, before its announcement on 2023-06-13 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a source older than what it tells",
        history.sources_report_their_past,
        [
            Edit(
                "sources.yaml",
                "",
                "- {id: older, publisher: Birdsong, title: {en: Older, zh: 旧}, url: none, state_of: 2023-11-05}\n",
            ),
            Edit("announcements/2023-11-06-more-larks.yaml", "source: deprecations", "source: older"),
        ],
        [
            "content/announcements/2023-11-06-more-larks.yaml:1:1: this was announced on 2023-11-06, but the source 'older' was copied on 2023-11-05 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "a snapshot younger than its source",
        history.sources_report_their_past,
        [Edit("models/lark-1106.yaml", "taken: 2023-11-06", "taken: 2023-12")],
        [
            "content/models/lark-1106.yaml:3:14: this is a snapshot of 2023-12, but the id 'lark-1106' has the date 11-06 | correct 'taken', or the name of the file",
            "content/models/lark-1106.yaml:3:14: this is a snapshot of 2023-12, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "an observation younger than its source",
        history.sources_report_their_past,
        [Edit("models/lark.yaml", ", certainty: planned}", "}")],
        [
            "content/models/lark.yaml:6:5: this was observed to point there since 2023-12-11, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "a subject twice in one announcement",
        history.plans_are_unique,
        [
            Edit(
                "announcements/2023-06-13-first-larks.yaml",
                "      - subject: /v1/sing\n        shutdown: 2023-12-01\n",
                "      - subject: lark-0301\n        shutdown: 2023-12-01\n",
            )
        ],
        [
            "content/announcements/2023-06-13-first-larks.yaml:15:9: 'lark-0301' (scope: all) already has a row in this announcement | delete one: the other is on line 8",
        ],
    ),
    Case(
        "a row without the price that its table has",
        history.price_columns_are_complete,
        [Edit("announcements/2023-11-06-more-larks.yaml", "        price: not-stated\n", "")],
        [
            "content/announcements/2023-11-06-more-larks.yaml:14:9: 'lark-0301' has no price, but other rows of 'later-snapshots' have one | write 'price: not-stated' where the source leaves the cell empty",
        ],
    ),
    Case(
        "a row without the training price",
        history.price_columns_are_complete,
        [Edit("announcements/2023-11-06-more-larks.yaml", "        training_price: $0.008 / 1K tokens\n", "")],
        [
            "content/announcements/2023-11-06-more-larks.yaml:9:9: 'lark-0613' has no training_price, but other rows of 'later-snapshots' have one | write 'training_price: not-stated' where the source leaves the cell empty",
        ],
    ),
    Case(
        "a model that replaces itself",
        replacements.nothing_replaces_itself,
        [Edit("announcements/2023-06-13-first-larks.yaml", "replacements: [lark-0613]", "replacements: [lark-0301]")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:11:24: 'lark-0301' is replaced by itself | name what replaces it, or write none",
        ],
    ),
    Case(
        "a discontinued model that replaces itself",
        replacements.nothing_replaces_itself,
        [Edit("discontinuations.yaml", "replacement: lark-1106", "replacement: lark-0613")],
        [
            "content/discontinuations.yaml:5:59: 'lark-0613' is replaced by itself | name what replaces it, or write none",
        ],
    ),
    Case(
        "two models that replace each other",
        replacements.replacements_form_no_circle,
        [
            Edit(
                "announcements/2023-11-06-more-larks.yaml",
                "price: not-stated\n        training_price: not-stated\n        replacements: [lark-1106]",
                "price: not-stated\n        training_price: not-stated\n        replacements: [lark-0613]\n      - subject: lark-1106\n        shutdown: 2026-06-13\n        price: not-stated\n        training_price: not-stated\n        replacements: [lark-0301]",
            )
        ],
        [
            "content/announcements/2023-11-06-more-larks.yaml:14:9: replacements form a circle: 'lark-0301' → 'lark-0613' → 'lark-1106' → 'lark-0301' | check each step against its source: one is wrong",
        ],
    ),
    Case(
        "discontinuations that go round",
        replacements.replacements_form_no_circle,
        [Edit("discontinuations.yaml", "replacement: lark-1106", "replacement: lark-0301")],
        [
            "content/discontinuations.yaml:4:5: replacements form a circle: 'lark-0301' → 'lark-0613' → 'lark-0301' | check each step against its source: one is wrong",
        ],
    ),
    Case(
        "what to change for a model that it never replaced",
        required_changes.changes_are_for_what_is_replaced,
        [Edit("models/lark-1106.yaml", "replacing: [lark-0613]", "replacing: [lark-0613, wren-1, {family: wren}]")],
        [
            "content/models/lark-1106.yaml:19:28: 'wren-1' is not replaced by 'lark-1106' in any announcement or later change | correct the name, or leave it out",
            "content/models/lark-1106.yaml:19:36: the family 'wren' is not replaced by 'lark-1106' in any announcement or later change | correct the name, or leave it out",
        ],
    ),
    Case(
        "a change for a model and of an endpoint that do not exist",
        references.references_exist,
        [
            Edit(
                "models/lark-1106.yaml",
                "replacing: [lark-0613]",
                "replacing: [lark-0613, {family: larks}]\n    endpoint: /v1/hum",
            )
        ],
        [
            "content/models/lark-1106.yaml:19:28: there is no family 'larks' | did you mean 'lark'?",
            "content/models/lark-1106.yaml:20:15: there is no endpoint '/v1/hum' | correct the name, or add the endpoint",
        ],
    ),
    Case(
        "a change of an endpoint that supports the model",
        required_changes.changes_of_the_endpoint_fit_the_model,
        [
            Edit("models/lark-1106.yaml", "capabilities: []", "capabilities: []\nendpoints: [/v1/chat/completions]"),
            Edit("models/lark-1106.yaml", "kind: parameter", "kind: endpoint"),
            Edit(
                "models/lark-1106.yaml",
                "replacing: [lark-0613]",
                "replacing: [lark-0613]\n    endpoint: /v1/chat/completions",
            ),
        ],
        [
            "content/models/lark-1106.yaml:21:15: all requests to '/v1/chat/completions' have to go to another endpoint, but 'lark-1106' lists it | write 'affects: some' and say in the text which requests, or write another 'kind'",
        ],
    ),
    Case(
        "a replacement that is released after the announcement",
        replacements.replacements_exist_when_they_are_named,
        [
            Edit("models/wren-1.yaml", "label: Wren\n", "label: Wren\nreleased: 2023-10\n"),
            Edit("announcements/2023-06-13-first-larks.yaml", "{term: singing-guide, role", "{model: wren-1, role"),
        ],
        [
            "content/announcements/2023-06-13-first-larks.yaml:19:13: 'wren-1' was named as a replacement on 2023-06-13, but it was released on 2023-10: the source 'deprecations' is dated 2023-11-30 | write 'replacements: unknown' in the row, or what an older copy names, and an event 'replacement-changed' with 'observed: 2023-11-30'",
        ],
    ),
    Case(
        "a replacement that is a later snapshot",
        replacements.replacements_exist_when_they_are_named,
        [Edit("announcements/2023-06-13-first-larks.yaml", "{term: singing-guide, role", "{model: lark-1106, role")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:19:13: 'lark-1106' was named as a replacement on 2023-06-13, but it is a snapshot of 2023-11-06: the source 'deprecations' is dated 2023-11-30 | write 'replacements: unknown' in the row, or what an older copy names, and an event 'replacement-changed' with 'observed: 2023-11-30'",
        ],
    ),
    Case(
        "a replacement of a change that was announced before there was such a model",
        replacements.replacements_exist_when_they_are_named,
        [
            Edit(
                "events/2023-06-14-sung.yaml",
                "",
                "source: archive\nkind: replacement-changed\nannounced: 2023-06-14\nnote: {en: It changes., zh: 有变。}\n"
                "revises: [{announcement: 2023-06-13-first-larks, subject: /v1/sing}]\nreplacements: [lark-1106]\n",
            )
        ],
        [
            "content/events/2023-06-14-sung.yaml:6:16: 'lark-1106' was named as a replacement on 2023-06-14, but it is a snapshot of 2023-11-06: the source 'archive' is dated 2024-06-30 | write 'observed: 2024-06-30', the day of the copy",
        ],
    ),
    Case(
        "a period that ends before it begins",
        history.alias_periods_follow_each_other,
        [Edit("models/lark.yaml", "since: 2023-12-11, certainty: planned", "since: 2023-12-11, until: 2023-12-11")],
        [
            "content/models/lark.yaml:6:5: the period ends on 2023-12-11, which is not after its start on 2023-12-11 | check both dates against the source: one is wrong",
            "content/models/lark.yaml:6:5: this was observed to point there since 2023-12-11, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
            "content/models/lark.yaml:6:5: this was observed to point there until 2023-12-11, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "periods that overlap",
        history.alias_periods_follow_each_other,
        [Edit("models/lark.yaml", "since: 2023-12-11,", "since: 2023-12-10,")],
        [
            "content/models/lark.yaml:6:5: the period from 2023-12-10 overlaps the one before it, until 2023-12-11 | end each period where the next begins: check 'until' on line 5 and 'since' here",
        ],
    ),
    Case(
        "a gap between periods",
        history.alias_periods_follow_each_other,
        [Edit("models/lark.yaml", "since: 2023-12-11,", "since: 2023-12-12,")],
        [
            "content/models/lark.yaml:6:5: nothing says where the alias points from 2023-12-11 until 2023-12-12 | end each period where the next begins: check 'until' on line 5 and 'since' here",
        ],
    ),
    Case(
        "an open end that is not the last",
        history.alias_periods_follow_each_other,
        [Edit("models/lark.yaml", "since: 2023-06-27, until: 2023-12-11}", "since: 2023-06-27}")],
        [
            "content/models/lark.yaml:6:5: the period from 2023-12-11 overlaps the one before it, which has no end | add 'until: 2023-12-11' on line 5",
        ],
    ),
    Case(
        "an unknown start that is not the first",
        history.alias_periods_follow_each_other,
        [Edit("models/lark.yaml", "since: 2023-12-11,", "since: unknown,")],
        [
            "content/models/lark.yaml:6:5: only the first period of an alias can have an unknown start | write 'since: …', or 'observed: …' with the copy that first shows it",
        ],
    ),
    Case(
        "an alias of itself",
        history.aliases_lead_to_a_model,
        [Edit("models/lark.yaml", "{model: lark-1106,", "{model: lark,")],
        [
            "content/models/lark.yaml:6:5: 'lark' points to itself | name another",
        ],
    ),
    Case(
        "aliases of each other",
        history.aliases_lead_to_a_model,
        [
            Edit("models/wren-1.yaml", "label: Wren\n", "label: Wren\npoints_to: [{model: lark, since: unknown}]\n"),
            Edit("models/lark.yaml", "{model: lark-1106,", "{model: wren-1,"),
        ],
        [
            "content/models/lark.yaml:6:5: aliases form a circle: 'lark' → 'wren-1' → 'lark' | check each step against its source: one is wrong",
        ],
    ),
    Case(
        "a snapshot of itself",
        history.snapshots_are_of_another_name,
        [Edit("models/lark-0301.yaml", "{name: lark,", "{name: lark-0301,")],
        [
            "content/models/lark-0301.yaml:3:21: 'lark-0301' is a snapshot of itself | name another",
        ],
    ),
    Case(
        "snapshots of each other",
        history.snapshots_are_of_another_name,
        [
            Edit(
                "models/lark.yaml",
                "context_window: 4096\n",
                "snapshot_of: {name: lark-0301, taken: 2023-03}\ncontext_window: 4096\n",
            )
        ],
        [
            "content/models/lark.yaml:7:21: snapshots form a circle: 'lark' → 'lark-0301' → 'lark' | check each step against its source: one is wrong",
        ],
    ),
    Case(
        "an announcement of nothing",
        history.announcements_announce_something,
        [
            Edit(
                "announcements/2024-03-03-silence.yaml",
                "",
                "source: archive\ntitle: {en: Silence, zh: 沉默}\nsummary: {en: Nothing is said., zh: 什么也没说。}\ntables: []\n",
            )
        ],
        [
            "content/announcements/2024-03-03-silence.yaml:1:1: the announcement announces nothing | add 'tables' or 'milestones'",
        ],
    ),
    Case(
        "a row observed before its announcement",
        history.rows_are_observed_after_their_announcement,
        [Edit("announcements/2024-02-01-chorus.yaml", "observed: 2024-03-01", "observed: 2024-01-31")],
        [
            "content/announcements/2024-02-01-chorus.yaml:17:9: this was observed on 2024-01-31, before the announcement on 2024-02-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a row observed after its source was copied",
        history.sources_report_their_past,
        [Edit("announcements/2024-02-01-chorus.yaml", "observed: 2024-03-01", "observed: 2024-07-01")],
        [
            "content/announcements/2024-02-01-chorus.yaml:17:9: this was observed on 2024-07-01, but the source 'archive' was copied on 2024-06-30 | correct the date, or name a later copy that shows it",
            "content/events/2024-05-01-training-stays.yaml:7:5: the event was observed on 2024-05-01, before the plan for 'lark', which dates from 2024-07-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a row from a source older than its announcement",
        history.sources_report_their_past,
        [Edit("announcements/2024-02-01-chorus.yaml", "        observed: 2024-03-01\n", "        source: models\n")],
        [
            "content/announcements/2024-02-01-chorus.yaml:17:9: this was announced on 2024-02-01, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "a change observed after its source was copied",
        history.sources_report_their_past,
        [
            Edit("sources.yaml", "state_of: 2024-06-30", "state_of: 2024-04-15"),
            Edit("events/2024-05-01-existing-singers.yaml", "source: archive", "source: models"),
        ],
        [
            "content/events/2024-05-01-existing-singers.yaml:1:1: this was observed on 2024-05-01, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
            "content/events/2024-05-01-training-stays.yaml:1:1: this was observed on 2024-05-01, but the source 'archive' was copied on 2024-04-15 | correct the date, or name a later copy that shows it",
            "content/events/2024-05-01-wren-1-added.yaml:1:1: this was observed on 2024-05-01, but the source 'archive' was copied on 2024-04-15 | correct the date, or name a later copy that shows it",
        ],
    ),
    Case(
        "a name listed in one row that has another",
        history.plans_are_unique,
        [
            Edit(
                "announcements/2023-11-06-more-larks.yaml",
                "subject: lark-0613\n",
                "subject: lark-0613\n        listed_with: [lark, lark-0301]\n",
            )
        ],
        [
            "content/announcements/2023-11-06-more-larks.yaml:15:9: 'lark-0301' (scope: all) already has a row in this announcement | delete one: the other is on line 9",
        ],
    ),
    Case(
        "a name listed with itself",
        history.names_are_listed_once,
        [Edit("announcements/2024-02-01-chorus.yaml", "listed_with: [lark]", "listed_with: [lark, lark-1106]")],
        [
            "content/announcements/2024-02-01-chorus.yaml:21:29: 'lark-1106' is listed with itself | remove it here: it is the subject",
        ],
    ),
    Case(
        "a name replaced by another in its cell",
        replacements.nothing_replaces_itself,
        [
            Edit(
                "announcements/2023-11-06-more-larks.yaml",
                "subject: lark-0613\n",
                "subject: lark-0613\n        listed_with: [lark-1106]\n",
            )
        ],
        [
            "content/announcements/2023-11-06-more-larks.yaml:14:24: 'lark-1106' is replaced by itself | name what replaces it, or write none",
        ],
    ),
    Case(
        "a change to itself as the replacement",
        replacements.nothing_replaces_itself,
        [
            Edit(
                "events/2024-04-01-lark-0301-replacement.yaml", "replacements: [lark-1106]", "replacements: [lark-0301]"
            )
        ],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:8:16: 'lark-0301' is replaced by itself | name what replaces it, or write none",
        ],
    ),
    Case(
        "a change that makes replacements go round",
        replacements.replacements_form_no_circle,
        [
            Edit(
                "events/2024-04-01-lark-0301-replacement.yaml",
                "2023-06-13-first-larks, subject: lark-0301",
                "2023-11-06-more-larks, subject: lark-0613",
            ),
            Edit(
                "events/2024-04-01-lark-0301-replacement.yaml", "replacements: [lark-1106]", "replacements: [lark-0301]"
            ),
            Edit(
                "announcements/2023-11-06-more-larks.yaml",
                "        training_price: not-stated\n        replacements: [lark-1106]",
                "        training_price: not-stated\n        replacements: [lark-0613]",
            ),
        ],
        [
            "content/announcements/2023-11-06-more-larks.yaml:14:9: replacements form a circle: 'lark-0301' → 'lark-0613' → 'lark-0301' | check each step against its source: one is wrong",
        ],
    ),
]

CHANGED = [
    Case(
        "a change of an announcement that is not there",
        events.events_revise_a_plan,
        [Edit("events/2024-04-01-chorus-moved.yaml", "2024-02-01-chorus", "2024-02-01-chorale")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:7:5: there is no announcement '2024-02-01-chorale' | did you mean '2024-02-01-chorus'?",
        ],
    ),
    Case(
        "a change of a plan that is not there",
        events.events_revise_a_plan,
        [Edit("events/2024-04-01-lark-0301-replacement.yaml", "subject: lark-0301", "subject: lark-0310")],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:7:53: the announcement '2023-06-13-first-larks' has no plan for 'lark-0310' | did you mean 'lark-0301'?",
        ],
    ),
    Case(
        "a change of the plan of a family that is not there",
        events.events_revise_a_plan,
        [Edit("events/2024-05-01-wren-1-added.yaml", "subject: {family: wren}", "subject: {family: wrens}")],
        [
            "content/events/2024-05-01-wren-1-added.yaml:7:48: the announcement '2024-02-01-chorus' has no plan for the family 'wrens' | did you mean {family: wren}?",
        ],
    ),
    Case(
        "a change of a plan in another scope",
        events.events_revise_a_plan,
        [Edit("events/2024-05-01-training-stays.yaml", ", scope: training", "")],
        [
            "content/events/2024-05-01-training-stays.yaml:7:5: the announcement '2024-02-01-chorus' has no plan for 'lark' (scope: all) | write 'scope: training'",
        ],
    ),
    Case(
        "a change observed before the plan was made",
        events.events_follow_what_they_revise,
        [
            Edit(
                "events/2023-11-05-gone.yaml",
                "",
                "source: archive\nkind: withdrawn\nannounced: unknown\nobserved: 2023-11-05\nnote: {en: It is gone., zh: 已不在。}\nrevises: [{announcement: 2023-11-06-more-larks, subject: lark-0613}]\n",
            )
        ],
        [
            "content/events/2023-11-05-gone.yaml:6:11: the event was observed on 2023-11-05, before the plan for 'lark-0613', which dates from 2023-11-06 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a change announced before the plan was made",
        events.events_follow_what_they_revise,
        [Edit("events/2024-04-01-chorus-moved.yaml", "announced: 2024-03-20", "announced: 2024-01")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:7:5: the event was announced on 2024-01, before the plan for the product 'chorus', which dates from 2024-02-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a change announced after it was observed",
        events.events_follow_what_they_revise,
        [Edit("events/2024-04-01-chorus-moved.yaml", "announced: 2024-03-20", "announced: 2024-04-02")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:1:1: the event was announced on 2024-04-02, after it was observed on 2024-04-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "an end moved to before the announcement",
        events.events_follow_what_they_revise,
        [Edit("events/2024-04-01-chorus-moved.yaml", "shutdown: 2024-12-01", "shutdown: 2024-01-31")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:7:5: the product 'chorus' is shut down on 2024-01-31, before the plan for the product 'chorus', which dates from 2024-02-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a name revised before it was added",
        events.events_follow_what_they_revise,
        [
            Edit(
                "events/2024-04-30-wren-1-gone.yaml",
                "",
                "source: archive\nkind: withdrawn\nannounced: unknown\nobserved: 2024-04-30\nnote: {en: It is gone., zh: 已不在。}\nrevises: [{announcement: 2024-02-01-chorus, subject: wren-1}]\n",
            )
        ],
        [
            "content/events/2024-04-30-wren-1-gone.yaml:6:11: the event was observed on 2024-04-30, before the plan for 'wren-1', which dates from 2024-05-01 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a move to nowhere, with replacements",
        events.events_say_what_changed,
        [Edit("events/2024-04-01-chorus-moved.yaml", "shutdown: 2024-12-01", "replacements: none")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:1:1: 'shutdown' is missing: an event of the kind 'moved' needs it | add 'shutdown: …', or change the kind",
            "content/events/2024-04-01-chorus-moved.yaml:1:1: an event of the kind 'moved' cannot have 'replacements' | move it to an event of the kind replacement-changed or corrected",
        ],
    ),
    Case(
        "a limit of access without a day, on whom it does not say",
        events.events_say_what_changed,
        [Edit("events/2024-05-01-existing-singers.yaml", "since: 2024-04\naudience: existing-users\n", "")],
        [
            "content/events/2024-05-01-existing-singers.yaml:1:1: 'audience' is missing: an event of the kind 'access-limited' needs it | add 'audience: …', or change the kind",
            "content/events/2024-05-01-existing-singers.yaml:1:1: 'since' is missing: an event of the kind 'access-limited' needs it | add 'since: …', or change the kind",
        ],
    ),
    Case(
        "a withdrawal to a later day",
        events.events_say_what_changed,
        [Edit("events/2024-05-01-training-stays.yaml", "note:", "shutdown: 2024-12-01\nnote:")],
        [
            "content/events/2024-05-01-training-stays.yaml:1:1: an event of the kind 'withdrawn' cannot have 'shutdown' | move it to an event of the kind moved or restored or corrected",
        ],
    ),
    Case(
        "a correction of nothing",
        events.events_say_what_changed,
        [Edit("events/2024-05-01-wren-1-added.yaml", "adds: [wren-1]\n", "")],
        [
            "content/events/2024-05-01-wren-1-added.yaml:1:1: the event corrects nothing | add one or more of 'shutdown', 'replacements' and 'adds'",
        ],
    ),
    Case(
        "a move to where it was",
        events.events_change_something,
        [Edit("events/2024-04-01-chorus-moved.yaml", "shutdown: 2024-12-01", "shutdown: 2024-09-01")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:7:5: the product 'chorus' already has this shutdown date: 2024-09-01 | write what changed, and leave out what did not",
        ],
    ),
    Case(
        "a change to the replacement that it was",
        events.events_change_something,
        [
            Edit(
                "events/2024-04-01-lark-0301-replacement.yaml", "replacements: [lark-1106]", "replacements: [lark-0613]"
            )
        ],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:7:5: 'lark-0301' already has these replacements | write what changed, and leave out what did not",
        ],
    ),
    Case(
        "two moves on one day",
        events.plans_change_once_a_day,
        [
            Edit(
                "events/2024-04-01-chorus-moved-again.yaml",
                "",
                "source: archive\nkind: moved\nannounced: unknown\nobserved: 2024-04-01\nnote: {en: It moves., zh: 改期。}\nrevises: [{announcement: 2024-02-01-chorus, subject: {product: chorus}}]\nshutdown: 2024-11-01\n",
            )
        ],
        [
            "content/events/2024-04-01-chorus-moved-again.yaml:6:11: the product 'chorus' is given a shutdown date twice on 2024-04-01 | delete one: the other is at content/events/2024-04-01-chorus-moved.yaml:7:5",
        ],
    ),
    Case(
        "a withdrawal of a cell and of a name in it",
        events.plans_change_once_a_day,
        [
            Edit(
                "events/2024-05-01-row-gone.yaml",
                "",
                "source: archive\nkind: withdrawn\nannounced: unknown\nobserved: 2024-05-01\nnote: {en: It is gone., zh: 已不在。}\nrevises: [{announcement: 2024-02-01-chorus, subject: lark-1106, scope: training}]\n",
            )
        ],
        [
            "content/events/2024-05-01-training-stays.yaml:7:5: 'lark' is withdrawn twice on 2024-05-01 | delete one: the other is at content/events/2024-05-01-row-gone.yaml:6:11",
        ],
    ),
    Case(
        "one plan revised twice by one change",
        events.plans_change_once_a_day,
        [
            Edit(
                "events/2024-05-01-training-stays.yaml",
                "scope: training}\n",
                "scope: training}\n  - {announcement: 2024-02-01-chorus, subject: lark, scope: training}\n",
            )
        ],
        [
            "content/events/2024-05-01-training-stays.yaml:8:5: 'lark' is withdrawn twice on 2024-05-01 | delete one: the other is at content/events/2024-05-01-training-stays.yaml:7:5",
        ],
    ),
    Case(
        "a file of another day",
        events.events_are_named_by_their_day,
        [Edit("events/2024-04-01-chorus-moved.yaml", "observed: 2024-04-01", "observed: 2024-04-02")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:1:1: the event was observed on 2024-04-02, but its file is dated 2024-04-01 | rename the file to '2024-04-02-chorus-moved.yaml'",
        ],
    ),
    Case(
        "a name added that is there",
        events.added_names_are_new,
        [
            Edit("events/2024-05-01-training-stays.yaml", "kind: withdrawn", "kind: corrected\nadds: [lark]"),
            Edit("events/2024-05-01-training-stays.yaml", "subject: lark,", "subject: lark-1106,"),
        ],
        [
            "content/events/2024-05-01-training-stays.yaml:3:8: 'lark' (scope: training) already has a plan in '2024-02-01-chorus' | remove it here: it has been in the row at content/announcements/2024-02-01-chorus.yaml:17:9 since 2024-03-01",
        ],
    ),
    Case(
        "a name added to the plan of a name in the cell",
        events.added_names_are_new,
        [Edit("events/2024-05-01-training-stays.yaml", "kind: withdrawn", "kind: corrected\nadds: [lark-0613]")],
        [
            "content/events/2024-05-01-training-stays.yaml:8:48: names can only be added to the plan of 'lark-1106', not of 'lark' | write 'lark-1106'",
        ],
    ),
    Case(
        "a title of a product in the wrong script",
        language_rules.chinese_is_chinese,
        [Edit("products/solo.yaml", "zh: 独唱", "zh: Solos")],
        [
            "content/products/solo.yaml:2:23: 'Solos' in the Chinese is not Chinese | translate it",
        ],
    ),
    Case(
        "a note of a change in one language's numbers",
        parity.numbers_are_the_same,
        [Edit("events/2024-05-01-training-stays.yaml", "The row is gone.", "The 2 rows are gone.")],
        [
            "content/events/2024-05-01-training-stays.yaml:5:17: English and Chinese differ in numbers: only in English: 2 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "a milestone in the wrong script",
        language_rules.english_is_english,
        [
            Edit(
                "announcements/2024-02-01-chorus.yaml",
                "{en: The chorus takes no new voices.",
                "{en: 合唱 takes no new voices.",
            )
        ],
        [
            "content/announcements/2024-02-01-chorus.yaml:5:34: the English contains '合唱' | write English words and punctuation",
        ],
    ),
    Case(
        "a condition in a change with a link that leads nowhere",
        references.links_in_prose_have_targets,
        [
            Edit(
                "events/2024-04-01-lark-0301-replacement.yaml",
                "[lark-1106]",
                '[{model: lark-1106, condition: {en: "see [it](page:nowhere)", zh: "见[此](page:nowhere)"}}]',
            )
        ],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:8:61: the link 'page:nowhere' is broken: there is no page 'nowhere' | correct the name, or add the page",
            "content/events/2024-04-01-lark-0301-replacement.yaml:8:87: the link 'page:nowhere' is broken: there is no page 'nowhere' | correct the name, or add the page",
        ],
    ),
]

MARKUP = [
    Case(
        "a heading in prose",
        markup_rules.markup_is_supported,
        [says("# One", "# 一")],
        [
            "content/pages/home.yaml:5:5: a heading is not allowed in prose | begin a section instead: 'sections' have a 'title' each",
            "content/pages/home.yaml:7:5: a heading is not allowed in prose | begin a section instead: 'sections' have a 'title' each",
        ],
    ),
    Case(
        "a table in prose",
        markup_rules.markup_is_supported,
        [says("| a | b |\n    |---|---|\n    | 1 | 2 |", "| 甲 | 乙 |\n    |---|---|\n    | 1 | 2 |")],
        [
            "content/pages/home.yaml:5:5: a table is not allowed in prose | write a list instead: tables are made from facts",
            "content/pages/home.yaml:9:5: a table is not allowed in prose | write a list instead: tables are made from facts",
        ],
    ),
    Case(
        "an image",
        markup_rules.markup_is_supported,
        [says("![A lark](lark.png)", "![百灵](lark.png)")],
        [
            "content/pages/home.yaml:5:5: an image is not allowed in prose | describe it in words",
            "content/pages/home.yaml:7:5: an image is not allowed in prose | describe it in words",
        ],
    ),
    Case(
        "an autolink",
        markup_rules.markup_is_supported,
        [says("See <https://example.org/>.", "见 <https://example.org/>。")],
        [
            "content/pages/home.yaml:5:9: an autolink is not allowed in prose | write [text](https://…)",
            "content/pages/home.yaml:7:7: an autolink is not allowed in prose | write [text](https://…)",
        ],
    ),
    Case(
        "a reference definition",
        markup_rules.markup_is_supported,
        [says("See [it][1].\n\n    [1]: https://example.org/", "见[此处][1]。\n\n    [1]: https://example.org/")],
        [
            "content/pages/home.yaml:7:5: a reference definition is not allowed in prose | write the address in the link: [text](https://…)",
            "content/pages/home.yaml:11:5: a reference definition is not allowed in prose | write the address in the link: [text](https://…)",
        ],
    ),
    Case(
        "a link in a title",
        markup_rules.markup_is_supported,
        [
            Edit(
                "families/wren.yaml",
                "title: {en: Wren, zh: 鹪鹩}",
                'title: {en: "[Wren](model:wren-1)", zh: "[鹪鹩](model:wren-1)"}',
            )
        ],
        [
            "content/families/wren.yaml:2:21: a link is not allowed in a title | write plain words",
            "content/families/wren.yaml:2:47: a link is not allowed in a title | write plain words",
        ],
    ),
    Case(
        "code where no Markdown is read",
        markup_rules.markup_is_supported,
        [
            Edit(
                "pages/home.yaml",
                'description: {en: "Home of the small almanac."',
                'description: {en: "`Home` of the small almanac."',
            )
        ],
        [
            "content/pages/home.yaml:2:20: English and Chinese differ in inline code: only in English: Home | write the same ids, numbers, amounts, dates and links in both languages",
            "content/pages/home.yaml:2:20: inline code is not allowed in a text without Markdown | write plain words",
        ],
    ),
    Case(
        "raw HTML",
        markup_rules.markup_is_not_left_over,
        [says("It <b>sings</b>.", "它会<b>唱歌</b>。")],
        [
            "content/pages/home.yaml:5:8: '<b>' would be shown to readers as it is | write it in Markdown, or in `code`",
            "content/pages/home.yaml:7:7: '<b>' would be shown to readers as it is | write it in Markdown, or in `code`",
        ],
    ),
    Case(
        "an HTML comment",
        markup_rules.markup_is_not_left_over,
        [says("It sings. <!-- or not -->", "它会唱歌。<!-- 或许 -->")],
        [
            "content/pages/home.yaml:5:15: '<!--' would be shown to readers as it is | write it in Markdown, or in `code`",
            "content/pages/home.yaml:7:10: '<!--' would be shown to readers as it is | write it in Markdown, or in `code`",
        ],
    ),
    Case(
        "half of an emphasis",
        markup_rules.markup_is_not_left_over,
        [says("It *sings.", "它*会唱歌。")],
        [
            "content/pages/home.yaml:5:8: '*sings.' would be shown to readers as it is | close it right after a word, and put punctuation outside: **词**，",
            "content/pages/home.yaml:7:6: '*会唱歌。' would be shown to readers as it is | close it right after a word, and put punctuation outside: **词**，",
        ],
    ),
    Case(
        "bold beside full-width punctuation",
        markup_rules.markup_is_not_left_over,
        [says("**Mind:** it sings.", "**注意：**它会唱歌。")],
        [
            "content/pages/home.yaml:7:5: '**注意：' would be shown to readers as it is | close it right after a word, and put punctuation outside: **词**，",
        ],
    ),
    Case(
        "an open backtick",
        markup_rules.markup_is_not_left_over,
        [says("It is `lark.", "这是 `lark。")],
        [
            "content/pages/home.yaml:5:11: '`lark.' would be shown to readers as it is | close the inline code with the same number of backticks",
            "content/pages/home.yaml:7:8: '`lark。' would be shown to readers as it is | close the inline code with the same number of backticks",
        ],
    ),
    Case(
        "an undefined reference",
        markup_rules.markup_is_not_left_over,
        [says("See [it][there].", "见[此处][there]。")],
        [
            "content/pages/home.yaml:5:9: '[it][there]' would be shown to readers as it is | write the address in the link, without spaces: [text](https://…)",
            "content/pages/home.yaml:7:6: '[此处][there]' would be shown to readers as it is | write the address in the link, without spaces: [text](https://…)",
        ],
    ),
    Case(
        "a link with spaces",
        markup_rules.markup_is_not_left_over,
        [says("See [it](page:policy and more).", "见[此处](page:policy and more)。")],
        [
            "content/pages/home.yaml:5:9: '[it](page:policy and more)' would be shown to readers as it is | write the address in the link, without spaces: [text](https://…)",
            "content/pages/home.yaml:7:6: '[此处](page:policy and more)' would be shown to readers as it is | write the address in the link, without spaces: [text](https://…)",
        ],
    ),
    Case(
        "a bare address",
        markup_rules.markup_is_not_left_over,
        [says("See https://example.org/a.", "见 https://example.org/a。")],
        [
            "content/pages/home.yaml:5:9: 'https://example.org/a.' would be shown to readers as it is | write [text](https://…)",
            "content/pages/home.yaml:7:7: 'https://example.org/a' would be shown to readers as it is | write [text](https://…)",
        ],
    ),
    Case(
        "a title of two lines",
        markup_rules.texts_are_one_paragraph_where_one_is_shown,
        [
            Edit(
                "families/wren.yaml",
                "summary: {en: One model that listens., zh: 一个会听的模型。}",
                "summary:\n  en: |-\n    One model\n    that listens.\n  zh: 一个会听的模型。",
            )
        ],
        [
            "content/families/wren.yaml:6:5: a text of one paragraph must be on one line | in YAML, fold long lines with '>-'",
        ],
    ),
    Case(
        "a space that does not break",
        markup_rules.characters_are_visible,
        [says("It\xa0sings.", "它会唱歌。")],
        [
            "content/pages/home.yaml:5:7: the character U+00A0 NO-BREAK SPACE is not allowed | write an ordinary space, or delete it",
        ],
    ),
    Case(
        "a full-width space",
        markup_rules.characters_are_visible,
        [says("It sings.", "它会\u3000唱歌。")],
        [
            "content/pages/home.yaml:7:7: the character U+3000 IDEOGRAPHIC SPACE is not allowed | write an ordinary space, or delete it",
        ],
    ),
    Case(
        "lists nine levels deep",
        markup_rules.nesting_is_shallow,
        [says("- - - - - - - - - so", "- - - - - - - - - 如此")],
        [
            "content/pages/home.yaml:5:5: the text is nested 9 levels deep | use at most 8 levels",
            "content/pages/home.yaml:7:5: the text is nested 9 levels deep | use at most 8 levels",
        ],
    ),
    Case(
        "a script for a link",
        markup_rules.links_are_safe,
        [says("Do [it](javascript:alert(1)).", "做[这个](javascript:alert(1))。")],
        [
            "content/pages/home.yaml:5:13: 'javascript:alert(1)' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/pages/home.yaml:7:11: 'javascript:alert(1)' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
        ],
    ),
    Case(
        "a link by http",
        markup_rules.links_are_safe,
        [says("See [it](http://example.org/).", "见[此处](http://example.org/)。")],
        [
            "content/pages/home.yaml:5:14: 'http://example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/pages/home.yaml:7:11: 'http://example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
        ],
    ),
    Case(
        "a link without a scheme",
        markup_rules.links_are_safe,
        [says("See [it](//example.org/).", "见[此处](//example.org/)。")],
        [
            "content/pages/home.yaml:5:14: '//example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/pages/home.yaml:7:11: '//example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
        ],
    ),
    Case(
        "a link with a password",
        markup_rules.links_are_safe,
        [says("See [it](https://me:secret@example.org/).", "见[此处](https://me:secret@example.org/)。")],
        [
            "content/pages/home.yaml:5:14: 'https://me:secret@example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/pages/home.yaml:7:11: 'https://me:secret@example.org/' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
        ],
    ),
    Case(
        "a relative link",
        markup_rules.links_are_safe,
        [says("See [it](../policy.html).", "见[此处](../policy.html)。")],
        [
            "content/pages/home.yaml:5:14: '../policy.html' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
            "content/pages/home.yaml:7:11: '../policy.html' is not a valid link | begin with https:// and a host, or with page:, family:, model:, endpoint:, product:, announcement:, term:",
        ],
    ),
]

PARITY = [
    Case(
        "other code in Chinese",
        parity.inline_code_is_the_same,
        [Edit("models/lark-0301.yaml", 'zh: "`lark` 在', 'zh: "`Lark` 在')],
        [
            "content/models/lark-0301.yaml:10:60: English and Chinese differ in inline code: only in English: lark; only in Chinese: Lark | write the same ids, numbers, amounts, dates and links in both languages",
            "content/models/lark-0301.yaml:10:60: there is no model 'Lark' | write 'lark'",
        ],
    ),
    Case(
        "code only in English",
        parity.inline_code_is_the_same,
        [Edit("models/lark-0301.yaml", 'zh: "`lark` 在', 'zh: "它在')],
        [
            "content/models/lark-0301.yaml:10:29: English and Chinese differ in inline code: only in English: lark | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "code less often in Chinese",
        parity.inline_code_is_the_same,
        [Edit("models/lark-0301.yaml", 'en: "', 'en: "`lark` again: ')],
        [
            "content/models/lark-0301.yaml:10:43: English and Chinese differ in inline code: only in English: lark | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "other links in Chinese",
        parity.links_are_the_same,
        [Edit("pages/policy.yaml", "[历史](page:deprecations)", "[历史](page:models)")],
        [
            "content/pages/policy.yaml:8:50: English and Chinese differ in links: only in English: page:deprecations; only in Chinese: page:models | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "another day in Chinese",
        parity.days_are_the_same,
        [Edit("models/lark-0301.yaml", "2023年3月1日", "2023年3月2日")],
        [
            "content/models/lark-0301.yaml:10:69: English and Chinese differ in dates: only in English: 2023-03-01; only in Chinese: 2023-03-02 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "another month in Chinese",
        parity.days_are_the_same,
        [Edit("pages/policy.yaml", "自 2023年6月起", "自 2023年7月起")],
        [
            "content/pages/policy.yaml:27:35: English and Chinese differ in dates: only in English: 2023-06; only in Chinese: 2023-07 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "a day only in English",
        parity.days_are_the_same,
        [Edit("models/lark-0613.yaml", " 在 2023年6月13日的", " 的")],
        [
            "content/models/lark-0613.yaml:10:39: English and Chinese differ in dates: only in English: 2023-06-13 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "another number in Chinese",
        parity.numbers_are_the_same,
        [Edit("pages/policy.yaml", "4,096 种", "4,069 种")],
        [
            "content/pages/policy.yaml:27:15: English and Chinese differ in numbers: only in English: 4,096; only in Chinese: 4,069 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "a number without its separator",
        parity.numbers_are_the_same,
        [Edit("pages/policy.yaml", "4,096 种", "4096 种")],
        [
            "content/pages/policy.yaml:27:15: English and Chinese differ in numbers: only in English: 4,096; only in Chinese: 4096 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "another amount in Chinese",
        parity.numbers_are_the_same,
        [Edit("pages/policy.yaml", "每种 $0.002", "每种 $0.02")],
        [
            "content/pages/policy.yaml:27:26: English and Chinese differ in numbers: only in English: $0.002; only in Chinese: $0.02 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "another year in Chinese",
        parity.numbers_are_the_same,
        [Edit("sources.yaml", "2023年", "2022年")],
        [
            "content/sources.yaml:15:12: English and Chinese differ in numbers: only in English: 2023; only in Chinese: 2022 | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "an item fewer in Chinese",
        parity.blocks_are_the_same,
        [says("Two:\n\n    - one\n    - two", "两项：\n\n    - 一和二")],
        [
            "content/pages/home.yaml:12:5: the Chinese is not divided into the same blocks as the English | write the same blocks: English has paragraph, list, item, item; Chinese has paragraph, list, item",
        ],
    ),
    Case(
        "a name in other letters",
        parity.names_are_spelled_alike,
        [Edit("models/wren-1.yaml", "zh: Wren 写下", "zh: WREN 写下")],
        [
            "content/models/wren-1.yaml:11:52: the Chinese has 'WREN', but the English has 'Wren' | spell the name the same way in both",
        ],
    ),
    Case(
        "a name without its dash",
        parity.names_are_spelled_alike,
        [says("It is unlike GPT-3.", "它不同于 GPT3。")],
        [
            "content/pages/home.yaml:7:10: the Chinese contains 'GPT3', but the English does not | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "other placeholders in Chinese",
        phrases.placeholders_are_filled_in,
        [Edit("ui.yaml", "{shown} 个模型", "{number} 个模型")],
        [
            "content/ui.yaml:3:71: nothing fills in {number} | use {all}, {shown}",
        ],
    ),
    Case(
        "a placeholder is misspelt, another left out",
        phrases.placeholders_are_filled_in,
        [Edit("ui.yaml", "Facts as of {day}", "Facts as of {dya}"), Edit("ui.yaml", "{shown} models", "Models")],
        [
            "content/ui.yaml:2:33: nothing fills in {dya} | did you mean {day}?",
            "content/ui.yaml:3:20: the text lacks {shown}, which pages fill in | use {all}, {shown} in both languages",
        ],
    ),
    Case(
        "a brace too many",
        phrases.placeholders_are_filled_in,
        [Edit("ui.yaml", "zh: 跳到正文", 'zh: "跳到{正文"')],
        [
            "content/ui.yaml:1:37: these braces do not hold a placeholder | delete them: nothing is filled in here",
        ],
    ),
]

LANGUAGE = [
    Case(
        "Chinese in the English",
        language_rules.english_is_english,
        [Edit("families/wren.yaml", "en: One model that listens.", "en: One model 模型 that listens.")],
        [
            "content/families/wren.yaml:3:25: the English contains '模型' | write English words and punctuation",
        ],
    ),
    Case(
        "a full-width comma in the English",
        language_rules.english_is_english,
        [Edit("families/wren.yaml", "en: One model that listens.", "en: One model，that listens.")],
        [
            "content/families/wren.yaml:3:24: the English contains '，' | write English words and punctuation",
        ],
    ),
    Case(
        "English in the Chinese",
        language_rules.chinese_is_chinese,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", "zh: One model that listens.")],
        [
            "content/families/wren.yaml:3:44: 'One' in the Chinese is not Chinese | translate it",
        ],
    ),
    Case(
        "two spaces",
        language_rules.spaces_are_single,
        [Edit("families/wren.yaml", "One model that", "One model  that")],
        [
            "content/families/wren.yaml:3:24: there are two spaces in 'model  that' | keep one",
        ],
    ),
    Case(
        "a bracket that is not closed",
        language_rules.brackets_are_closed,
        [says("A page (for tests.", "一页（测试用。")],
        [
            "content/pages/home.yaml:5:12: '(' is not closed | close it, or delete it",
            "content/pages/home.yaml:7:7: '（' is not closed | close it, or delete it",
        ],
    ),
    Case(
        "a bracket that was not opened",
        language_rules.brackets_are_closed,
        [says("A page] for tests.", "一页]测试用。")],
        [
            "content/pages/home.yaml:5:11: ']' is not opened | add '[' before it, or delete it",
            "content/pages/home.yaml:7:7: ']' is not opened | add '[' before it, or delete it",
        ],
    ),
    Case(
        "a term that avoids its own name",
        glossary_words.glossary_does_not_contradict_itself,
        [Edit("glossary.yaml", "zh: [型号]", "zh: [模]")],
        [
            "content/glossary.yaml:1:3: '模' is avoided for 'model', but is part of its name '模型' | choose another name, or remove it from 'avoid: zh'",
        ],
    ),
    Case(
        "a term that avoids its own name in English",
        glossary_words.glossary_does_not_contradict_itself,
        [Edit("glossary.yaml", "{en: [], zh: [完成]}", "{en: [Completion], zh: [完成]}")],
        [
            "content/glossary.yaml:15:3: 'Completion' is avoided for 'completion', but is part of its name 'completion' | choose another name, or remove it from 'avoid: en'",
        ],
    ),
    Case(
        "avoided words in each other's place",
        glossary_words.glossary_does_not_contradict_itself,
        [Edit("glossary.yaml", "{en: [], zh: [完成]}", "{en: [完成], zh: [filling]}")],
        [
            "content/glossary.yaml:15:3: 'filling' is avoided for 'completion' under 'zh', but is not in that language | move it to 'avoid: en'",
            "content/glossary.yaml:15:3: '完成' is avoided for 'completion' under 'en', but is not in that language | move it to 'avoid: zh'",
        ],
    ),
    Case(
        "an avoided word",
        glossary_words.chinese_words_are_those_of_the_glossary,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", "zh: 一个会听的型号。")],
        [
            "content/families/wren.yaml:3:49: '型号' is not the word for 'model' | write 模型",
        ],
    ),
    Case(
        "an avoided word for an inflected one",
        glossary_words.chinese_words_are_those_of_the_glossary,
        [says("Two of them were deprecating tokens.", "其中两个正在废弃令牌。")],
        [
            "content/pages/home.yaml:7:11: '废弃' is not the word for 'deprecated' | write 弃用",
            "content/pages/home.yaml:7:13: '令牌' is not the word for 'token' | write token",
        ],
    ),
    Case(
        "an avoided word in English",
        glossary_words.english_words_are_those_of_the_glossary,
        [says("Two birds are obsolete.", "两只鸟已弃用。")],
        [
            "content/pages/home.yaml:5:19: 'obsolete' is not the word for 'deprecated' | write 'deprecated'",
        ],
    ),
    Case(
        "an avoided phrase in another form",
        glossary_words.english_words_are_those_of_the_glossary,
        [
            Edit("glossary.yaml", "{en: [], zh: [完成]}", "{en: [fill in, produce the rest], zh: [完成]}"),
            says("Filling-in, it *produces* the rest.", "它在补全文本。"),
        ],
        [
            "content/pages/home.yaml:5:5: 'Filling-in' is not the word for 'completion' | write 'completion'",
            "content/pages/home.yaml:5:21: 'produces the rest' is not the word for 'completion' | write 'completion'",
        ],
    ),
    Case(
        "turns of phrase of our own",
        english.english_is_plain,
        [
            notes(
                "Standing: the dearest to be had. It answered as a lark and is to go on 1 May.",
                "状态：最贵的一种。它曾指向百灵，5月1日停用。",
            )
        ],
        [
            "content/products/solo.yaml:6:7: 'Standing' is not plain English | write 'status'",
            "content/products/solo.yaml:6:21: 'dearest' is not plain English | write 'most expensive'",
            "content/products/solo.yaml:6:29: 'to be had' is not plain English | write 'available'",
            "content/products/solo.yaml:6:43: 'answered as' is not plain English | write 'point to'",
            "content/products/solo.yaml:6:72: 'go on' is not plain English | write 'be shut down on'",
        ],
    ),
    Case(
        "a turn of phrase in a phrase of the frame",
        english.english_is_plain,
        [Edit("ui.yaml", "", "ends: {en: 'These facts end on {day}.', zh: '数据截至 {day}。'}\n")],
        [
            "content/ui.yaml:4:13: 'These facts end on' is not plain English | write 'data as of'",
        ],
    ),
]

CHINESE = [
    Case(
        "a half-width comma",
        chinese.punctuation_is_full_width,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", 'zh: "一个模型,会听。"')],
        [
            "content/families/wren.yaml:3:49: ',' in '一个模型,会听。' is half-width | write ，",
        ],
    ),
    Case(
        "half-width brackets",
        chinese.punctuation_is_full_width,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", "zh: 一个模型 (会听)。")],
        [
            "content/families/wren.yaml:3:49: '(' in '一个模型 (会听)。' is half-width | write （",
            "content/families/wren.yaml:3:52: ')' in ' (会听)。' is half-width | write ）",
        ],
    ),
    Case(
        "a half-width stop",
        chinese.punctuation_is_full_width,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", "zh: 一个会听的模型.")],
        [
            "content/families/wren.yaml:3:51: '.' in '听的模型.' is half-width | write 。",
        ],
    ),
    Case(
        "full-width letters",
        chinese.punctuation_is_full_width,
        [Edit("models/wren-1.yaml", "zh: Wren 写下", "zh: Ｗｒｅｎ写下")],
        [
            "content/models/wren-1.yaml:11:52: 'Ｗｒｅｎ' is in full-width letters or digits | write Wren",
        ],
    ),
    Case(
        "no space between Han and Latin",
        chinese.scripts_are_spaced,
        [Edit("models/wren-1.yaml", "zh: Wren 写下", "zh: Wren写下")],
        [
            "content/models/wren-1.yaml:11:56: a space is missing in 'Wren写下它听' | add it between Han characters and Latin letters or digits",
        ],
    ),
    Case(
        "no space beside code",
        chinese.scripts_are_spaced,
        [Edit("models/lark-0301.yaml", 'zh: "`lark` 在', 'zh: "`lark`在')],
        [
            "content/models/lark-0301.yaml:10:66: a space is missing in '`…`在 20' | add it between Han characters and Latin letters or digits",
        ],
    ),
    Case(
        "no space before a date",
        chinese.scripts_are_spaced,
        [Edit("models/lark-0301.yaml", "在 2023年", "在2023年")],
        [
            "content/models/lark-0301.yaml:10:68: a space is missing in '`…` 在2023' | add it between Han characters and Latin letters or digits",
        ],
    ),
    Case(
        "spaces in a date",
        chinese.scripts_are_spaced,
        [Edit("models/lark-0301.yaml", "2023年3月1日", "2023 年 3 月 1 日")],
        [
            "content/models/lark-0301.yaml:10:69: the date '2023 年 3 月 1 日' contains spaces | write 2023年3月1日",
        ],
    ),
    Case(
        "a space after a full-width comma",
        chinese.punctuation_has_no_space,
        [Edit("pages/policy.yaml", "先是发布，随后", "先是发布， 随后")],
        [
            "content/pages/policy.yaml:8:12: there is a space next to '，' in '先是发布， 随后投入' | delete it",
        ],
    ),
    Case(
        "a space between Han",
        chinese.han_are_not_spaced,
        [Edit("families/wren.yaml", "zh: 一个会听的模型。", "zh: 一个 会听的模型。")],
        [
            "content/families/wren.yaml:3:46: there is a space between Han characters in '一个 会听的模' | delete it; where YAML folded it in, write '|-' and the paragraph on one line",
        ],
    ),
    Case(
        "a line that ends between Han",
        chinese.han_are_not_spaced,
        [says("This is a page for tests.", "这是测试用的\n    页面。")],
        [
            "content/pages/home.yaml:7:11: the line ends between Han characters in '测试用的 页面。' | write the paragraph on one line: a browser shows the line break as a space",
        ],
    ),
    Case(
        "Han in italics",
        chinese.han_are_upright,
        [says("This *is* a page.", "这*就是*页面。")],
        [
            "content/pages/home.yaml:7:7: '就是' is in italics | write **bold**, or no emphasis",
        ],
    ),
    Case(
        "Han in italics over the end of a line",
        chinese.han_are_upright,
        [says("This *is\n    now* a page.", "这*就是 `a`\n    现在*页面。")],
        [
            "content/pages/home.yaml:8:7: '就是 `…` 现在' is in italics | write **bold**, or no emphasis",
            "content/pages/home.yaml:8:10: English and Chinese differ in inline code: only in Chinese: a | write the same ids, numbers, amounts, dates and links in both languages",
        ],
    ),
    Case(
        "a formal address",
        chinese.readers_are_addressed_as_ni,
        [says("For you.", "给您看。")],
        [
            "content/pages/home.yaml:7:6: the reader is addressed as 您 | write 你, or leave it out",
        ],
    ),
]


def correction(what: str) -> Edit:
    """An edit that adds a correction, at line 26 of its file."""
    return Edit("corrections.yaml", "", f"- date: 2024-06-20\n  why: {{en: A slip., zh: 笔误。}}\n{what}")


CORRECTED = [
    Case(
        "a correction of a record that is not there",
        corrections.corrections_name_a_record,
        [
            correction(
                "  record: {model: lark-0631}\n  field: kind\n  was: code\n  is: chat\n"
                "- date: 2024-06-20\n  record: {source: none-such}\n  field: rank\n  was: archived\n  is: official\n"
                "  why: {en: A slip., zh: 笔误。}\n"
            )
        ],
        [
            "content/corrections.yaml:28:11: there is no model 'lark-0631' | did you mean 'lark-0613'?",
            "content/corrections.yaml:33:11: there is no source 'none-such' | if it was removed, correct its id: 'field: id' and 'is: none'",
        ],
    ),
    Case(
        "a correction of a row that is not there",
        corrections.corrections_name_a_row,
        [
            correction(
                "  record: {announcement: 2023-06-13-first-larks}\n  row: lark-0301x\n  field: shutdown\n  was: 2024\n"
                "  is: 2025\n"
                "- date: 2024-06-20\n  record: {page: models}\n  row: {product: solo}\n  field: shutdown\n  was: 2024\n"
                "  is: 2025\n  why: {en: A slip., zh: 笔误。}\n"
                "- date: 2024-06-20\n  record: {announcement: 2024-02-01-chorus}\n  row: chorus\n  field: shutdown\n"
                "  was: 2024\n  is: 2025\n  why: {en: A slip., zh: 笔误。}\n"
            )
        ],
        [
            "content/corrections.yaml:29:8: the announcement '2023-06-13-first-larks' has no row for 'lark-0301x' | did you mean 'lark-0301'?",
            "content/corrections.yaml:35:8: the page 'models' has no row for the product 'solo' | name the subject of a row",
            "content/corrections.yaml:42:8: the announcement '2024-02-01-chorus' has no row for 'chorus' | did you mean {product: chorus}?",
        ],
    ),
    Case(
        "a correction of a row of something without rows",
        corrections.corrections_name_a_row,
        [correction("  record: {product: solo}\n  row: lark\n  field: endpoints\n  was: /v1/sing\n  is: none\n")],
        ["content/corrections.yaml:29:8: the product 'solo' has no rows | delete 'row'"],
    ),
    Case(
        "a correction that corrects nothing",
        corrections.corrections_change_something,
        [correction("  record: {model: lark}\n  field: input\n  was: [text, image]\n  is: text, image\n")],
        [
            "content/corrections.yaml:26:3: 'was' and 'is' of 'input' are the same: 'text, image' | under 'was', write what the field said before",
        ],
    ),
    Case(
        "a field corrected twice on one day",
        corrections.corrections_are_made_once_a_day,
        [
            Edit(
                "corrections.yaml",
                "",
                "- date: 2024-06-10\n  record: {event: 2024-04-01-chorus-moved}\n  field: announced\n  was: 2024-03-20\n"
                "  is: unknown\n  why: {en: A slip., zh: 笔误。}\n",
            )
        ],
        [
            "content/corrections.yaml:26:3: 'announced' is corrected twice on 2024-06-10 | combine the two: the other is on line 14",
        ],
    ),
]

LATER_WREN = "title: {en: Wrens, zh: 鹪鹩}\nsummary: {en: They go., zh: 将停用。}\ntables:\n  - id: wrens\n    title: {en: Wrens, zh: 鹪鹩}\n    rows:\n"


def _later_row(*lines: str, day: str = "2024-03-03", source: str = "archive") -> Edit:
    """An announcement of March 2024 with one row."""
    row = "\n".join(("      - " if at == 0 else "        ") + line for at, line in enumerate(lines))
    return Edit(
        f"announcements/{day}-wrens.yaml", "", f"source: {source}\n{LATER_WREN}{row}\n        replacements: none\n"
    )


def _change(name: str, kind: str, revises: str, *lines: str, observed: str = "") -> Edit:
    """An event of May or June 2024."""
    head = f"source: archive\nkind: {kind}\nannounced: unknown\nobserved: {observed or name[:10]}\n"
    body = "\n".join(("note: {en: It changes., zh: 有变。}", f"revises: [{revises}]", *lines))
    return Edit(f"events/{name}.yaml", "", f"{head}{body}\n")


_CHORUS = "{announcement: 2024-02-01-chorus, subject: {product: chorus}}"
_MORE = "{announcement: 2023-11-06-more-larks}"

LATER_COPY = Edit(
    "sources.yaml",
    "",
    "- {id: later, publisher: Birdsong, title: {en: Later, zh: 后来}, url: none, state_of: 2025-01-01}\n",
)

GROUPS = [
    Case(
        "a family row that does not say whether it reaches a member with a plan",
        groups.family_rows_say_whom_they_reach,
        [_later_row("subject: {family: lark}", "shutdown: 2025-01-01")],
        [
            "content/announcements/2024-03-03-wrens.yaml:8:9: 'lark-0301' already has a plan of its own, announced on 2023-11-06: does the row for the family 'lark' cover it? | add 'lark-0301' to 'listed_with' if it does, and to 'all_except' if it does not",
            "content/announcements/2024-03-03-wrens.yaml:8:9: 'lark-0613' already has a plan of its own, announced on 2023-11-06: does the row for the family 'lark' cover it? | add 'lark-0613' to 'listed_with' if it does, and to 'all_except' if it does not",
        ],
    ),
    Case(
        "an exception that is no model of the family",
        groups.exceptions_are_of_a_family,
        [_later_row("subject: {family: wren}", "shutdown: 2025-01-01", "all_except: [lark]")],
        [
            "content/announcements/2024-03-03-wrens.yaml:10:22: 'lark' is an exception, but not a model of the family 'wren' | remove it here",
        ],
    ),
    Case(
        "an exception to a product",
        groups.exceptions_are_of_a_family,
        [_later_row("subject: {product: chorus}", "shutdown: 2025-01-01", "all_except: [lark]")],
        [
            "content/announcements/2024-03-03-wrens.yaml:10:22: 'lark' is an exception, but the subject is not a family | remove 'all_except'",
        ],
    ),
    Case(
        "an exception that is listed",
        groups.exceptions_are_of_a_family,
        [
            _later_row(
                "subject: {family: lark}",
                "shutdown: 2025-01-01",
                "listed_with: [lark-0301]",
                "all_except: [lark-0301, lark-0613]",
            )
        ],
        [
            "content/announcements/2024-03-03-wrens.yaml:11:22: 'lark-0301' is an exception, and is listed with the family | remove it from one of the two",
        ],
    ),
    Case(
        "a product that has been shut down",
        groups.group_rows_reach_something,
        [
            _later_row("subject: {product: chorus}", "shutdown: 2025-01-01", day="2024-12-02", source="later"),
            LATER_COPY,
        ],
        [
            "content/announcements/2024-12-02-wrens.yaml:8:9: the product 'chorus' has nothing that is still in use on 2024-12-02 | check the subject and the date",
        ],
    ),
]

DATES = [
    Case(
        "another day than in the id",
        dates.snapshots_are_of_the_day_in_their_id,
        [Edit("models/lark-0613.yaml", "taken: 2023-06-13", "taken: 2023-06-14")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:11:24: 'lark-0613' was named as a replacement on 2023-06-13, but it is a snapshot of 2023-06-14: the source 'deprecations' is dated 2023-11-30 | write 'replacements: unknown' in the row, or what an older copy names, and an event 'replacement-changed' with 'observed: 2023-11-30'",
            "content/models/lark-0613.yaml:3:14: this is a snapshot of 2023-06-14, but the id 'lark-0613' has the date 06-13 | correct 'taken', or the name of the file",
        ],
    ),
    Case(
        "another month than in the id",
        dates.snapshots_are_of_the_day_in_their_id,
        [Edit("models/lark-0613.yaml", "taken: 2023-06-13", "taken: 2023-07")],
        [
            "content/announcements/2023-06-13-first-larks.yaml:11:24: 'lark-0613' was named as a replacement on 2023-06-13, but it is a snapshot of 2023-07: the source 'deprecations' is dated 2023-11-30 | write 'replacements: unknown' in the row, or what an older copy names, and an event 'replacement-changed' with 'observed: 2023-11-30'",
            "content/models/lark-0613.yaml:3:14: this is a snapshot of 2023-07, but the id 'lark-0613' has the date 06-13 | correct 'taken', or the name of the file",
            "content/models/lark.yaml:5:5: this has pointed to 'lark-0613' since 2023-06-27, but 'lark-0613' is a snapshot of 2023-07 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "a copy of another day than in its id",
        dates.copies_are_of_the_day_in_their_id,
        [
            Edit(
                "sources.yaml",
                "",
                "- {id: solo-2024-06-30, publisher: Birdsong, title: {en: Solo, zh: 独唱}, url: https://example.org/, state_of: 2024-06-29}\n",
            )
        ],
        [
            "content/sources.yaml:36:3: this is a copy of 2024-06-29, but the id 'solo-2024-06-30' has the date 2024-06-30 | correct 'state_of' or the id"
        ],
    ),
    Case(
        "released after its shutdown was announced",
        dates.models_exist_before_they_end,
        [Edit("models/lark-0301.yaml", "kind: chat\n", "kind: chat\nreleased: 2023-11-07\n")],
        [
            "content/models/lark-0301.yaml:3:11: 'lark-0301' was released on 2023-11-07, but its shutdown was announced on 2023-06-13 in '2023-06-13-first-larks' | check both dates against the source: one is wrong",
            "content/models/lark-0301.yaml:3:11: 'lark-0301' was released on 2023-11-07, but its shutdown was announced on 2023-11-06 in '2023-11-06-more-larks' | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "released before the day of the snapshot",
        dates.snapshots_are_taken_before_their_release,
        [Edit("models/lark-0613.yaml", "kind: chat\n", "kind: chat\nreleased: 2023-06-12\n")],
        [
            "content/models/lark-0613.yaml:3:11: 'lark-0613' was released on 2023-06-12, before the day of the snapshot, 2023-06-13 | check both dates against the source: one is wrong"
        ],
    ),
    Case(
        "trained on data of the future",
        dates.models_know_only_their_past,
        [Edit("models/lark-0613.yaml", "training_cutoff: 2021-09", "training_cutoff: 2023-09")],
        [
            "content/models/lark-0613.yaml:6:18: the training data ends in 2023-09, but the model is a snapshot of 2023-06-13 | check both dates against the source: one is wrong; if the source says so, explain it: {value: 2023-09, note: …}"
        ],
    ),
    Case(
        "pointed to what did not exist",
        dates.aliases_point_to_what_exists,
        [Edit("models/lark.yaml", "{model: lark-0613, since: 2023-06-27", "{model: lark-0613, since: 2023-06-01")],
        [
            "content/models/lark.yaml:5:5: the period from 2023-06-01 overlaps the one before it, until 2023-06-27 | end each period where the next begins: check 'until' on line 4 and 'since' here",
            "content/models/lark.yaml:5:5: this has pointed to 'lark-0613' since 2023-06-01, but 'lark-0613' is a snapshot of 2023-06-13 | check both dates against the source: one is wrong",
        ],
    ),
    Case(
        "read before it was copied",
        dates.sources_are_read_after_they_were_copied,
        [Edit("sources.yaml", "accessed: 2024-07-01", "accessed: 2023-07-01")],
        [
            "content/sources.yaml:16:3: the source 'archive' was read on 2023-07-01, before the day of its copy, 2024-06-30 | check both dates against the source: one is wrong"
        ],
    ),
    Case(
        "an end too far off",
        dates.shutdowns_are_near,
        [Edit("announcements/2024-02-01-chorus.yaml", "shutdown: 2024-09-01", "shutdown: 2044-09-01")],
        [
            "content/announcements/2024-02-01-chorus.yaml:10:9: this is a shutdown on 2044-09-01, more than 10 years after 2024-02-01 | correct the year; write 'undated' where the source gives no date"
        ],
    ),
    Case(
        "an end moved too far",
        dates.shutdowns_are_near,
        [Edit("events/2024-04-01-chorus-moved.yaml", "shutdown: 2024", "shutdown: 2042")],
        [
            "content/events/2024-04-01-chorus-moved.yaml:1:1: this is a shutdown on 2042-12-01, more than 10 years after 2024-04-01 | correct the year; write 'undated' where the source gives no date"
        ],
    ),
]

RETURNS = [
    Case(
        "a change of a plan that was withdrawn",
        events.events_take_effect,
        [
            _change("2024-05-02-gone", "withdrawn", _CHORUS),
            _change("2024-05-03-moved", "moved", _CHORUS, "shutdown: 2025-01-01"),
        ],
        [
            "content/events/2024-05-03-moved.yaml:6:11: the product 'chorus' was withdrawn on 2024-05-02: the change of 2024-05-03 has no effect | add an event of the kind 'restored' before it, with the date that holds now, or undated",
        ],
    ),
    Case(
        "a return of what was not withdrawn",
        events.events_take_effect,
        [_change("2024-05-03-back", "restored", _CHORUS, "shutdown: 2025-01-01")],
        [
            "content/events/2024-05-03-back.yaml:6:11: the product 'chorus' was not withdrawn before 2024-05-03 | for another date, write an event of the kind 'moved'",
        ],
    ),
    Case(
        "a return without a date",
        events.events_say_what_changed,
        [
            _change("2024-05-02-gone", "withdrawn", _CHORUS),
            _change("2024-05-03-back", "restored", _CHORUS),
        ],
        [
            "content/events/2024-05-03-back.yaml:1:1: 'shutdown' is missing: an event of the kind 'restored' needs it | add 'shutdown: …', or change the kind",
        ],
    ),
    Case(
        "a change without a day",
        events.events_have_a_day,
        [Edit("events/2024-04-01-lark-0301-replacement.yaml", "observed: 2024-04-01\n", "")],
        [
            "content/events/2024-04-01-lark-0301-replacement.yaml:1:1: nothing says when the change became known | add 'observed: …' with the date of the copy",
        ],
    ),
    Case(
        "a change of an announcement that does not exist",
        events.events_revise_a_plan,
        [_change("2024-05-02-gone", "withdrawn", "{announcement: 2023-11-06-more-lark}")],
        [
            "content/events/2024-05-02-gone.yaml:6:11: there is no announcement '2023-11-06-more-lark' | did you mean '2023-11-06-more-larks'?",
        ],
    ),
    Case(
        "a name added to a whole announcement",
        events.events_revise_a_plan,
        [_change("2024-05-02-more", "corrected", _MORE, "adds: [wren-1]")],
        [
            "content/events/2024-05-02-more.yaml:6:11: names are added to one row, not to a whole announcement | write 'subject: …'",
        ],
    ),
    Case(
        "a whole announcement moved to the date that it has",
        events.events_change_something,
        [_change("2024-05-02-moved", "moved", _MORE, "shutdown: 2025-06-13")],
        [
            "content/events/2024-05-02-moved.yaml:6:11: 'lark-0301' already has this shutdown date: 2025-06-13 | write what changed, and leave out what did not",
            "content/events/2024-05-02-moved.yaml:6:11: 'lark-0613' already has this shutdown date: 2025-06-13 | write what changed, and leave out what did not",
        ],
    ),
    Case(
        "what an announcement says, observed in a later copy than the one cited for it",
        events.first_copies_are_the_oldest,
        [
            Edit("events/2024-05-01-existing-singers.yaml", "announced: unknown", "announced: 2023-11-06"),
        ],
        [
            "content/events/2024-05-01-existing-singers.yaml:7:5: the event was observed on 2024-05-01, but the announcement itself said it on 2023-11-06, and 'deprecations', a copy of 2023-11-30, already shows it | leave out 'observed', or correct 'announced'",
        ],
    ),
    Case(
        "a date taken from a later copy than an event takes it from",
        events.first_copies_are_the_oldest,
        [
            _change(
                "2024-05-02-moved",
                "moved",
                "{announcement: 2023-06-13-first-larks, subject: lark-0301}",
                "shutdown: 2025-09-01",
            ),
            _later_row("subject: lark-0301", "shutdown: 2025-09-01"),
        ],
        [
            "content/announcements/2024-03-03-wrens.yaml:8:9: the date of 'lark-0301' is taken from a copy of 2024-06-30, but a copy of 2024-05-02 already has it: see content/events/2024-05-02-moved.yaml:1:1 | name the older copy as the source of the row, or write 'observed: 2024-05-02'",
        ],
    ),
    Case(
        "a period seen first in a copy, after one without an end",
        history.alias_periods_follow_each_other,
        [
            Edit(
                "models/lark.yaml",
                "since: 2023-12-11, certainty: planned}",
                "since: 2023-12-11, certainty: planned}\n  - {model: lark-0301, since: unknown, observed: 2024-03-01, source: archive}",
            ),
        ],
        [
            "content/models/lark.yaml:7:5: the period observed on 2024-03-01 overlaps the one before it, which has no end | add 'until: unknown' on line 6",
        ],
    ),
    Case(
        "a period that ends after its source was copied",
        history.sources_report_their_past,
        [
            Edit("models/lark.yaml", "since: 2023-12-11, certainty: planned}", "since: 2023-11-20}"),
            Edit("models/lark.yaml", "until: 2023-12-11}", "until: 2023-12-12}"),
        ],
        [
            "content/models/lark.yaml:5:5: this was observed to point there until 2023-12-12, but the source 'models' was copied on 2023-11-30 | correct the date, or name a later copy that shows it",
            "content/models/lark.yaml:6:5: the period from 2023-11-20 overlaps the one before it, until 2023-12-12 | end each period where the next begins: check 'until' on line 5 and 'since' here",
            "content/models/lark.yaml:16:65: the text names 2023-12-11; but its source 'models' is dated 2023-11-30 | say it in a second version or in another note or section, with a source of 2023-12-11 or later",
        ],
    ),
]

FACTS = [
    Case(
        "a fact of an earlier copy after one of a later copy",
        facts.facts_are_oldest_first,
        [Edit("models/lark-0613.yaml", "max_output: unknown", "max_output: [{value: 1, source: archive}, 2]")],
        [
            "content/models/lark-0613.yaml:5:43: 'max_output' holds from 2023-11-30 here, and the fact before it from 2024-06-30 | write the facts of a field oldest first",
        ],
    ),
    Case(
        "a fact since an earlier day after one since a later day",
        facts.facts_are_oldest_first,
        [
            Edit(
                "products/chorus.yaml",
                '  - {en: "It takes up to 16 voices.", zh: 至多 16 个声部。}',
                "  - - {en: It takes 16 voices., zh: 有 16 个声部。, since: 2024-03}\n"
                "    - {en: It takes 8 voices., zh: 有 8 个声部。, since: 2024-02-29}",
            )
        ],
        [
            "content/products/chorus.yaml:6:7: 'notes' holds from 2024-02-29 here, and the fact before it from 2024-03-01 | write the facts of a field oldest first",
        ],
    ),
    Case(
        "two facts of one source",
        facts.facts_of_a_day_are_one,
        [Edit("models/lark-0613.yaml", "max_output: unknown", "max_output: [1, 1]")],
        [
            "content/models/lark-0613.yaml:5:17: 'max_output' has two facts from the source 'models', both from 2023-11-30 | keep one; if the sources disagree, write a conflict in content/conflicts.yaml",
        ],
    ),
    Case(
        "two values from one day, of two sources of one rank",
        facts.facts_of_a_day_are_one,
        [Edit("models/lark-0613.yaml", "max_output: unknown", "max_output: [1, {value: 2, source: deprecations}]")],
        [
            "content/models/lark-0613.yaml:5:17: 'max_output' has two values from 2023-11-30, given by 'models' and 'deprecations', both official | keep one; if the sources disagree, write a conflict in content/conflicts.yaml",
        ],
    ),
]

KNOWN = [
    Case(
        "a later name in an announcement",
        knowledge.texts_name_what_their_source_knew,
        [
            Edit(
                "announcements/2023-06-13-first-larks.yaml",
                '{en: "A snapshot and an endpoint are to go.", zh: 一个快照和一个端点将停用。}',
                "{en: Use `lark-1106`., zh: 请用 `lark-1106`。}",
            )
        ],
        [
            "content/announcements/2023-06-13-first-larks.yaml:3:19: the text names `lark-1106`, on record since 2023-11-06; but the announcement is dated 2023-06-13 | say it in 'notes', with a source of 2023-11-06 or later",
        ],
    ),
    Case(
        "a later announcement in a text, and a later endpoint",
        knowledge.texts_name_what_their_source_knew,
        [
            Edit(
                "families/wren.yaml",
                "{en: One model that listens., zh: 一个会听的模型。}",
                "{en: 'See [it](announcement:2024-02-01-chorus).', zh: '见[公告](announcement:2024-02-01-chorus)。'}",
            ),
            Edit("endpoints/choirs.yaml", "first_seen: {value: 2023-11-06, source: archive}\n", ""),
            Edit(
                "models/wren-1.yaml",
                "{en: Wren writes down what it hears., zh: Wren 写下它听到的话。}",
                "{en: Not for `/v1/choirs`., zh: 不用于 `/v1/choirs`。}",
            ),
        ],
        [
            "content/families/wren.yaml:3:25: the text names the announcement '2024-02-01-chorus', on record since 2024-02-01; but its source 'models' is dated 2023-11-30 | say it in a second version or in another note or section, with a source of 2024-02-01 or later",
            "content/models/wren-1.yaml:11:23: the text names `/v1/choirs`, on record since 2024-06-30; but its source 'models' is dated 2023-11-30 | say it in a second version or in another note or section, with a source of 2024-06-30 or later",
        ],
    ),
    Case(
        "a day that no source had named yet",
        knowledge.texts_name_what_their_source_knew,
        [
            Edit("models/lark-0613.yaml", "on 13 June 2023.", "on 14 June 2024."),
            Edit("models/lark-0613.yaml", "2023年6月13日", "2024年6月14日"),
        ],
        [
            "content/models/lark-0613.yaml:10:39: the text names 2024-06-14; but its source 'models' is dated 2023-11-30 | say it in a second version or in another note or section, with a source of 2024-06-14 or later",
        ],
    ),
    Case(
        "a name and a date in a text without a source",
        knowledge.timeless_texts_are_timeless,
        [says("`lark` is of March 2023.", "`lark` 是 2023年3月的。")],
        [
            "content/pages/home.yaml:5:5: the text names `lark`, but it has no source and so no date | leave it out, or say it in a section or note, which has a source",
            "content/pages/home.yaml:5:18: the text names 2023-03, but it has no source and so no date | leave it out, or say it in a section or note, which has a source",
        ],
    ),
    Case(
        "a section of an early and a late copy, without an early version",
        knowledge.sections_do_not_mix_copies,
        [
            Edit("pages/policy.yaml", "- id: notice", "- id: notice\n    sources: [deprecations, archive]"),
        ],
        [
            "content/pages/policy.yaml:23:5: the section 'notice' is not shown before 2024-06-30, although its source 'deprecations' is dated 2023-11-30 | write a version before it, with the same id, that says what 'deprecations' alone says",
        ],
    ),
    Case(
        "a date in an announcement that its fields do not have",
        retold.dates_are_those_of_the_fields,
        [
            Edit(
                "announcements/2024-02-01-chorus.yaml",
                "{en: The chorus takes",
                "{en: 'Since 31 January 2024, the chorus takes",
            ),
            Edit(
                "announcements/2024-02-01-chorus.yaml",
                "no new voices., zh: 合唱",
                "no new voices.', zh: 自 2024年1月31日起，合唱",
            ),
        ],
        [
            "content/announcements/2024-02-01-chorus.yaml:5:41: the text gives 2024-01-31, but no field beside it does | write one of 2024-02-01, 2024-03-01, 2024-03-20, 2024-04-01, 2024-05-01, 2024-06-01, 2024-09-01, 2024-12-01, or correct the field",
        ],
    ),
    Case(
        "a date in an event that its fields do not have",
        retold.dates_are_those_of_the_fields,
        [
            Edit(
                "events/2024-05-01-training-stays.yaml",
                '{en: "The row is gone.", zh: "这一行不见了。"}',
                "{en: Gone since 30 April 2024., zh: 2024年4月30日起不见了。}",
            ),
        ],
        [
            "content/events/2024-05-01-training-stays.yaml:5:23: the text gives 2024-04-30, but no field beside it does | write one of 2024-02-01, 2024-03-01, 2024-05-01, 2024-06-01, or correct the field",
        ],
    ),
    Case(
        "a price in a summary that no field has",
        retold.prices_are_those_of_the_fields,
        [
            Edit(
                "models/lark-mini.yaml",
                "{en: A small lark., zh: 一只小百灵。}",
                "{en: 'Once $0.0010, now $0.0007.', zh: '原为 $0.0010，现为 $0.0007。'}",
            )
        ],
        [
            "content/models/lark-mini.yaml:16:34: the text gives $0.0007, but no price of 'lark-mini' has it | correct the text or the price",
        ],
    ),
]

CASES = [
    *(*NAMES, *RENAMED, *REFERENCES, *IN_PROSE, *SOURCES, *TIME, *DATES, *FACTS, *GROUPS, *CHANGED, *RETURNS),
    *(*MARKUP, *PARITY, *LANGUAGE, *CHINESE, *KNOWN, *CORRECTED),
]
