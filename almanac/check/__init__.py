"""Content -> Sound: all rules hold, or all errors of all rules are raised together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from operator import attrgetter

from almanac.cache import BuildCache
from almanac.check import (
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
from almanac.check.texts import texts
from almanac.records import Content, ContentErrors, Problem, RecordKind, Sound

__all__ = ["RULES", "Rule", "content"]

Rule = Callable[[Content], Iterator[Problem]]
"""Reports every violation of its docstring, but none that may only follow from unparsed records."""

RULES: tuple[Rule, ...] = (
    # names
    identity.ids_are_unique,
    identity.anchors_are_unique,
    identity.anchors_are_free,
    identity.anchors_are_plain,
    identity.endpoints_are_named_by_their_path,
    identity.addresses_are_unique,
    identity.former_ids_are_free,
    identity.models_have_one_family,
    identity.families_are_listed,
    references.references_exist,
    references.links_in_prose_have_targets,
    references.keywords_have_targets,
    references.names_in_code_exist,
    references.names_in_prose_are_code,
    # sources
    source_rules.sources_are_registered,
    source_rules.addresses_are_safe,
    source_rules.conflicts_are_settled,
    source_rules.the_nearer_source_is_preferred,
    # time
    history.announcements_have_a_day,
    history.announcements_announce_something,
    history.rows_are_observed_after_their_announcement,
    history.shutdowns_follow_their_announcement,
    history.sources_report_their_past,
    history.plans_are_unique,
    history.names_are_listed_once,
    history.price_columns_are_complete,
    groups.exceptions_are_of_a_family,
    groups.family_rows_say_whom_they_reach,
    groups.group_rows_reach_something,
    replacements.nothing_replaces_itself,
    replacements.replacements_form_no_circle,
    replacements.replacements_exist_when_they_are_named,
    required_changes.changes_are_for_what_is_replaced,
    required_changes.changes_of_the_endpoint_fit_the_model,
    history.alias_periods_follow_each_other,
    history.aliases_lead_to_a_model,
    history.snapshots_are_of_another_name,
    dates.snapshots_are_of_the_day_in_their_id,
    dates.copies_are_of_the_day_in_their_id,
    dates.models_exist_before_they_end,
    dates.models_know_only_their_past,
    dates.snapshots_are_taken_before_their_release,
    dates.aliases_point_to_what_exists,
    dates.sources_are_read_after_they_were_copied,
    dates.shutdowns_are_near,
    # facts
    facts.facts_are_oldest_first,
    facts.facts_of_a_day_are_one,
    # later changes
    events.events_revise_a_plan,
    events.events_have_a_day,
    events.events_follow_what_they_revise,
    events.events_say_what_changed,
    events.events_change_something,
    events.events_take_effect,
    events.plans_change_once_a_day,
    events.events_are_named_by_their_day,
    events.first_copies_are_the_oldest,
    events.added_names_are_new,
    # our own mistakes
    corrections.corrections_name_a_record,
    corrections.corrections_name_a_row,
    corrections.corrections_change_something,
    corrections.corrections_are_made_once_a_day,
    # prose
    markup_rules.markup_is_supported,
    markup_rules.markup_is_not_left_over,
    markup_rules.texts_are_one_paragraph_where_one_is_shown,
    markup_rules.characters_are_visible,
    markup_rules.nesting_is_shallow,
    markup_rules.links_are_safe,
    # two languages
    parity.inline_code_is_the_same,
    parity.links_are_the_same,
    parity.days_are_the_same,
    parity.numbers_are_the_same,
    parity.blocks_are_the_same,
    parity.names_are_spelled_alike,
    phrases.placeholders_are_filled_in,
    language_rules.english_is_english,
    language_rules.chinese_is_chinese,
    language_rules.spaces_are_single,
    language_rules.brackets_are_closed,
    glossary_words.glossary_does_not_contradict_itself,
    glossary_words.chinese_words_are_those_of_the_glossary,
    glossary_words.english_words_are_those_of_the_glossary,
    english.english_is_plain,
    chinese.punctuation_is_full_width,
    chinese.scripts_are_spaced,
    chinese.punctuation_has_no_space,
    chinese.han_are_not_spaced,
    chinese.han_are_upright,
    chinese.readers_are_addressed_as_ni,
    knowledge.texts_name_what_their_source_knew,
    knowledge.timeless_texts_are_timeless,
    knowledge.sections_do_not_mix_copies,
    retold.dates_are_those_of_the_fields,
    retold.prices_are_those_of_the_fields,
)


# The order of `Problem`, in a fifth of the time: a hostile file may have 200,000 problems.
_IN_ORDER = attrgetter("at.path", "at.line", "at.column", "message", "hint")


def content(
    content: Content, today: date = date.max, cache: BuildCache | None = None, used: Collection[str] = ()
) -> Sound:
    """The same content if it is complete and all rules hold; otherwise `ContentErrors`.

    The texts of the user interface are those that are `used`, unless nothing says which. No copy is of a day after
    `today`, and no correction was made later. Only the parsed texts are cached; every rule is applied each time.
    """
    texts(content, cache)  # for all rules
    problems = {
        *content.unparsed.problems,
        *(problem for rule in RULES for problem in rule(content)),
        *corrections.made_after(today, content.corrections),
        *dates.copies_of_the_future(content.sources, today),
    }
    if used and not content.unparsed.some(RecordKind.UI_TEXT):
        problems |= {*phrases.phrases_are_those_of_pages(used, content.ui_texts)}
    if problems:
        raise ContentErrors(tuple(sorted(problems, key=_IN_ORDER)))
    return Sound(content)
