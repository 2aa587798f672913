"""The house of the almanac: nouns travel, verbs work.

Nouns: `records` (what people write; `fields` takes its declarations apart), `plans` (announcements and what became of
them), `catalog` (the same as one world, true for one day), `draft` (the site to be); and `memory`, what earlier builds
worked out, which spares a verb some of its work and changes nothing of what it gives.
Verbs, in the order in which `build.py` calls them, each taking the last value and giving the next:

    load     content/ -> Content          each field read as what it must be, its file, line and column kept
    check    Content -> Sound             every rule upheld, or every fault told at once
    relate   Sound, a day -> Catalog      every cross-link drawn once; cannot fail
    render   Catalog -> Draft             pages and machine-readable files, still in memory
    proof    Draft -> Proofed             every link and anchor lands, every page has its twins
    write    Proofed -> site/             the only stage to touch the output

`serve` calls them all again for every change of content, templates or program, and shows the result in a browser.

A noun imports nouns, a verb imports nouns, no verb imports another verb. A test holds the house to it.
"""
