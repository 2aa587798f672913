"""The phrases that pages take from content/ui.yaml: each key, with the {placeholders} that are filled in.

Whoever adds a phrase declares it here: `check` then asks for it in both languages, and refuses what no page uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_BY_PLACEHOLDERS = {
    "": """
        about-models about-models-description about-models-lead absent-none absent-not-applicable absent-not-stated
        absent-unknown abuse-monitoring after after-change alias all all-endpoints all-parameters also-changes
        also-timeline announced answer answer-is-conditional answer-is-no answer-is-unknown answer-is-yes
        answer-unconfirmed-models answer-unconfirmed-targets answer-unconfirmed-undated answer-unconfirmed-unsupported
        answer-unconfirmed-whole answer-undated appearance appearance-auto appearance-dark appearance-light
        application-state as-of as-of-show as-of-today badge-legacy badge-new badge-preview badge-unsupported
        badge-updated badges batch-price because-absent because-absent-deprecated because-absent-examples because-all
        because-all-other-kind because-endpoint-later because-excepted because-later because-listed because-no-list
        because-not-stated because-stated before before-change both-editions by-family by-way-of calendar-cancelled
        calendar-name capabilities capability-distillation capability-evals capability-file-uploads
        capability-fine-tuning capability-function-calling capability-image-editing capability-image-generation
        capability-image-variations capability-improved-function-calling capability-inpainting
        capability-instruction-following capability-json-mode capability-language-identification
        capability-parallel-function-calling capability-predicted-outputs capability-prompt-caching capability-reasoning
        capability-reproducible-outputs capability-speech-recognition capability-speech-translation
        capability-stored-completions capability-streaming capability-structured-output capability-system-messages chain
        chain-dead-end chain-ends-first chain-repeats change change-corrected change-moved change-replacement-changed
        change-restored change-the-name change-withdrawn changed-access-limited changed-active changed-added
        changed-announced changed-corrected changed-data-use changed-date-known changed-due changed-legacy changed-moved
        changed-price changed-released changed-replacement-changed changed-restored changed-shut-down changed-since
        changed-specification changed-unconfirmed changed-withdrawn changes changes-all changes-announced
        changes-corrected changes-deadline changes-description changes-every changes-kinds changes-latest
        changes-latest-five changes-lead changes-months changes-released changes-replacement changes-shut-down
        changes-status changes-values changes-years cited compare-hint compare-pick compare-with-others conflicts
        conflicts-here contents context context-window copied copy copy-dated criterion criterion-default-effort
        criterion-endpoints criterion-features criterion-fine-tuning criterion-image-qualities criterion-input-price
        criterion-output-price criterion-reasoning-efforts criterion-window cutoff dead-end dead-ends
        default-reasoning-effort default-retention derived-replacement did-you-mean discontinued edit editions endpoint
        endpoints-administration endpoints-agents endpoints-assistants endpoints-audio endpoints-batch endpoints-chat
        endpoints-embeddings endpoints-evals endpoints-files endpoints-fine-tuning endpoints-images endpoints-legacy
        endpoints-models endpoints-moderation endpoints-no endpoints-of-model endpoints-realtime endpoints-responses
        endpoints-unrecorded endpoints-videos entry entry-removed every-endpoint fact-history facts facts-count-one
        families family fast-price feed-not-confirmed feed-title field filter-clear filter-context-any filter-cutoff-any
        filter-endpoint-any filter-family-any filter-feature-any filter-input-any filter-more filter-none
        filter-output-any filter-price-any filter-released-any filter-table filter-text fine-tuned-price first-listed
        first-seen flex-price follow follow-badge follow-calendar follow-cite follow-feed follow-mark follow-report
        former-conflict found-announcements found-answer found-none found-pages found-products found-some free from
        history-older home-find home-lives home-of-en home-of-en-zh home-of-zh input input-per-million itself-deprecated
        itself-passed itself-shut-down kept-filter-all kept-filter-nothing kept-filter-until-deleted kept-filter-zero
        kept-nothing kept-nothing-with-exceptions kept-until-deleted kept-until-deleted-or-expired kind kind-audio
        kind-base kind-chat kind-code kind-completion kind-computer-use kind-deep-research kind-edit kind-embedding
        kind-image kind-moderation kind-realtime kind-reasoning kind-search kind-speech-to-text kind-text-to-speech
        kind-unknown kind-video label last-seen library-node-3 library-python-0 life life-announced life-not-before
        life-open life-planned life-released life-shut-down life-snapshot life-today lives llms-about llms-changes
        llms-data llms-endpoints llms-families llms-first llms-index llms-models llms-optional llms-pages llms-products
        llms-retirements long-context-from main markdown-tool matrix max max-output max-tokens modalities modality-audio
        modality-embedding modality-image modality-pdf modality-scores modality-text modality-video model
        models-not-recorded models-of-en models-of-en-zh models-of-endpoint models-of-family models-of-zh models-table
        more moved names names-count-one names-counted nav-changes nav-check nav-compare nav-conflicts nav-corrections
        nav-data nav-deprecations nav-endpoints nav-examples nav-glossary nav-models nav-more nav-my-models nav-notice
        nav-parameters nav-policy nav-retention nav-sources nav-timeline nav-upcoming next next-30-days next-then
        no-corrections no-plan no-plans no-policies not-described note notice notice-chart-explained notice-days
        notice-description notice-given notice-none notice-policy older-retention open-end other-announcements
        other-notes output output-limit output-per-million parameter parameter-call parameter-default parameter-field
        parameter-header parameter-path parameter-tool parameter-value parameters parameters-changed parameters-dated
        parameters-description parameters-lead parameters-none parameters-over parameters-page parameters-undated
        per-hour per-image per-million per-million-characters per-minute per-second permalink plans points-to
        policies-explained preferred preset-embeddings preset-images preset-next preset-speech presets price
        price-announced price-free price-from purpose rank-archived rank-official rank-secondary reason-fine-tuning
        reason-no-reasoning reason-reasoning reasoning-efforts released replacement-named replacement-none
        replacement-not-applicable replacement-not-stated replacement-unknown replaces result result-better
        result-differs result-same result-unknown result-worse retained retention retention-by-endpoint
        retention-not-recorded row-changes running runs-until safety-retention says-instead scope-fine-tuned
        scope-fine-tuning scope-inference scope-training sdk-calls search search-hint search-stop-words seen
        selecting-header shutdown shutdown-short since skip snapshot-of snapshots-are source sources sources-differ
        status status-active status-badge-active status-badge-legacy status-badge-unconfirmed status-badge-undated
        status-deprecated status-legacy status-passed status-shut-down status-unconfirmed subject
        summary-replacement-none summary-replacement-not-applicable summary-replacement-not-stated
        summary-replacement-unknown supports-conditional supports-no supports-unknown supports-unknown-names
        supports-yes table-legend temporary-snapshots timeline timeline-all timeline-by-date timeline-dates timeline-day
        timeline-description timeline-families timeline-from timeline-lead timeline-to timeline-unreleased today tokens
        tokens-audio tokens-image tomorrow tool-add tool-add-it tool-azure tool-azure-dates tool-chain-ends tool-check
        tool-check-description tool-check-private tool-check-what tool-clear tool-compare tool-compare-description
        tool-compare-what tool-copied tool-copy-markdown tool-copy-text tool-cost tool-cost-note tool-cost-uncached
        tool-differences tool-endpoints-and-retention tool-family tool-findings tool-fine-tuned tool-less
        tool-lines-head tool-model-or-endpoint tool-more-expensive tool-my-calendar tool-my-ci tool-my-description
        tool-my-feeds tool-my-keep tool-my-models tool-my-names tool-my-none tool-my-share tool-my-what tool-my-year
        tool-name-apply-patch tool-name-code-interpreter tool-name-computer-use tool-name-file-search
        tool-name-function-calling tool-name-hosted-shell tool-name-image-generation tool-name-mcp tool-name-skills
        tool-name-tool-search tool-name-web-search tool-needs-script tool-no-difference tool-none-known tool-none-needed
        tool-nothing-known tool-only-differences tool-paste tool-remove-it tool-replacement tool-shutdown tool-status
        tool-tokens-cached tool-tokens-input tool-tokens-output tool-too-few tool-too-many tool-unknown-names
        tool-verdict-drop-in tool-verdict-not-known tool-verdict-other-endpoint tool-verdict-parameters-differ tools
        training-cutoff training-never training-price training-unless-opted-in unchanged-values undated until upcoming
        upcoming-all upcoming-description usage-price used-by used-for-training value verdict-is-drop-in
        verdict-is-not-known verdict-is-other-endpoint verdict-is-parameters-differ what-to-change zero-eligible
        zero-eligible-except zero-eligible-with-limitations zero-not-applicable zero-not-eligible zero-pending
        zero-retention
    """,
    "a b": """
        and and-listed comma or or-listed semicolon
    """,
    "address day horizon site title": """
        citation
    """,
    "after before": """
        reason-context-window reason-default-effort reason-image-qualities reason-max-output
    """,
    "all running": """
        home-models timeline-running
    """,
    "all shown": """
        filter-count
    """,
    "all soon": """
        home-deprecations
    """,
    "amount": """
        amount-months amount-weeks price-for-cache-write price-for-cached-input price-for-cached-input-audio
        price-for-cached-input-image price-for-input price-for-input-audio price-for-input-image price-for-output
        price-for-output-audio price-for-output-image price-for-usage price-per-hour price-per-image
        price-per-minute price-per-second price-training-hour
    """,
    "amount days kind": """
        policy-missed
    """,
    "amount days kind names": """
        policy-missed-several
    """,
    "amount kind": """
        policy-met
    """,
    "amount per": """
        price-cache-write price-cached-input price-cached-input-audio price-cached-input-image price-input
        price-input-audio price-input-image price-output price-output-audio price-output-image price-per-character
        price-training price-usage
    """,
    "announced observed": """
        plan-withdrawn
    """,
    "announced past worded": """
        dead-ends-summary
    """,
    "announcements rows": """
        see-history
    """,
    "answer name replacement summary": """
        entry-description
    """,
    "as_of horizon": """
        facts-as-of
    """,
    "condition thing": """
        under-condition
    """,
    "count": """
        compare-them corrected-entries endpoints-unknown facts-count filter-unknown found found-more
        home-lives-explained matrix-explained models-more names-count names-further operations tool-unknown-count
    """,
    "criteria": """
        tool-not-known
    """,
    "criterion result": """
        tool-point
    """,
    "dates names soon": """
        upcoming-total
    """,
    "day": """
        accessed-on announced-on answer-ends answer-ends-in answer-ends-today answer-not-before
        answer-not-before-passed answer-not-before-today answer-passed answer-shut-down as-of-ahead as-of-banner
        as-of-unknown changed-announced-on feed-confirmed first-announced-for limited-from limited-since limited-was
        not-before planned-for pointing-observed status-badge-deprecated status-badge-not-before status-badge-passed
        status-badge-shut-down status-badge-unconfirmed-since timeline-told told-archived told-later told-secondary
        told-sentence-archived told-sentence-secondary tool-unconfirmed
    """,
    "day ending fine found gone lines unconfirmed": """
        tool-summary
    """,
    "day family": """
        announced-for-family
    """,
    "day left": """
        answer-ends-on
    """,
    "day model": """
        points-from points-planned points-then
    """,
    "day name": """
        snapshot-from
    """,
    "day summary": """
        announcement-description
    """,
    "day title": """
        announcement-title dated
    """,
    "days": """
        days kept-days kept-days-after-deletion kept-nothing-or-days-if-stored moved-earlier moved-later
    """,
    "effort": """
        reason-reasoning-default
    """,
    "endpoints": """
        home-retention
    """,
    "ends name": """
        chain-leads-to
    """,
    "facts": """
        used-by-facts
    """,
    "family": """
        announced-for
    """,
    "features": """
        because-all-deprecated because-all-with-feature because-all-without-feature
    """,
    "field name new old": """
        feed-corrected
    """,
    "field right was": """
        correction-change
    """,
    "horizon": """
        answer-active-unseen answer-legacy-unseen no-upcoming stale
    """,
    "horizon publisher seen": """
        answer-active answer-legacy
    """,
    "input output": """
        input-to-output
    """,
    "items": """
        tool-missing
    """,
    "kept": """
        search-kept
    """,
    "label value": """
        labelled
    """,
    "least most": """
        days-range
    """,
    "left": """
        days-left
    """,
    "library": """
        earlier-versions
    """,
    "line": """
        tool-line
    """,
    "lines": """
        tool-lines tool-nothing
    """,
    "logs state": """
        retained-with-state
    """,
    "longest middle names shortest": """
        notice-summary
    """,
    "million price": """
        price-million
    """,
    "month": """
        copied-in copied-once
    """,
    "more": """
        tool-more-lines tool-more-unknown
    """,
    "name": """
        because-dated-release because-dated-release-deprecated because-fine-tuned-only compare-name example-question
        feed-entry-removed kept-by price-of-million replacement-dead-end replacement-deprecated replacement-passed
        replacement-shut-down tool-dead-end tool-derived tool-meant tool-my-event tool-remove tool-unknown-name
        verdict-drop-in verdict-not-known verdict-other-endpoint verdict-parameters-differ
    """,
    "name new": """
        feed-access-limited feed-added feed-announced feed-due feed-restored feed-shut-down
    """,
    "name new old": """
        feed-active feed-announced-again feed-date-known feed-legacy feed-moved feed-replacement-changed
        feed-unconfirmed
    """,
    "name old": """
        feed-removed feed-withdrawn
    """,
    "name written": """
        tool-alike tool-renamed
    """,
    "names": """
        change-added-date change-added-row listed-date listed-row reason-by-others reason-endpoints
        reason-endpoints-instead reason-features reason-input reason-output reason-reasoning-efforts same-points
        unknown-points
    """,
    "names text": """
        what-to-change-from
    """,
    "new old": """
        compare-with
    """,
    "number": """
        source-number
    """,
    "old": """
        moved-to
    """,
    "part title": """
        page-part
    """,
    "period": """
        changes-of changes-of-description history-of history-of-description
    """,
    "price": """
        price-long-context
    """,
    "prices": """
        price-of-long-context price-of-tokens
    """,
    "publisher seen": """
        answer-unconfirmed-unseen
    """,
    "ratio result": """
        result-ratio
    """,
    "replacement": """
        summary-replacement summary-replacement-was
    """,
    "retention zero": """
        tool-retention
    """,
    "since": """
        change-access-limited
    """,
    "text": """
        as-of-invalid in-parentheses
    """,
    "thing": """
        calendar-title feed-of
    """,
    "title": """
        family-title feed-announcement feed-source
    """,
    "value": """
        filter-context filter-cutoff filter-input filter-output filter-price filter-released
    """,
    "was": """
        correction-removed
    """,
    "written": """
        tool-argument tool-call tool-constant tool-header tool-tuned tool-tuned-plans
    """,
}

PHRASES: Mapping[str, frozenset[str]] = MappingProxyType(
    {key: frozenset(names.split()) for names, keys in _BY_PLACEHOLDERS.items() for key in keys.split()}
)
