"""The program: stages, and the values that they pass on.

Values are modules in this folder: `records` (what people write; `fields` parses its declarations), `plans`
(announcements and their later changes, as histories), `catalog` (the same facts with all relations, as of one day),
`addresses` (paths and anchors), `draft` (the site before it is written; `spool` keeps its bytes on disk), and `cache`
(pages of earlier builds; it does not change the result). `file_names` and `printable` make file names and printed text
safe.

Stages are folders. `build.py` calls them in this order; each takes the value of the one before:

    load     content/ -> Content          each field is read as declared, with file, line and column
    check    Content -> Sound             every rule holds, or all errors are reported at once
    relate   Sound, a day -> Catalog      every relation is computed once; cannot fail
    render   Catalog -> Draft             pages and data files, not yet in the output
    proof    Draft -> Proofed             every link and anchor has a target, every page has its twins
    write    Proofed -> site/             the only stage that writes the output

`serve` runs them again after every change and shows the result in a browser.

No stage imports another; a test checks this. ARCHITECTURE.md follows a fact through all stages.
"""
