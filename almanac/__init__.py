"""The almanac as a program: values travel between stages.

Values are modules here: `records` (what people write; `fields` takes its declarations apart), `plans` (announcements
and their later changes, as histories), `catalog` (the same facts with all relations, as of one day), `addresses` (paths
and anchors), `draft` (the site in memory); and `cache`, pages of earlier builds, which changes no byte of the result.
`file_names` and `printable` keep what is written and printed safe.

Stages are folders, in the order in which `build.py` calls them, each taking the last value and giving the next:

    load     content/ -> Content          each field read as what its declaration says, with file, line and column
    check    Content -> Sound             every rule holds, or all errors are reported at once
    relate   Sound, a day -> Catalog      every relation worked out once; cannot fail
    render   Catalog -> Draft             pages and data files, in memory
    proof    Draft -> Proofed             every link and anchor has a target, every page has its twins
    write    Proofed -> site/             the only stage to touch the output

`serve` runs them again after every change and shows the result in a browser.

No stage imports another. ARCHITECTURE.md follows a fact through all of them; a test holds the imports to the plan.
"""
