// Finds every known name in pasted text and tells how it stands. All of it happens here: the page can reach no one.
"use strict";
{
  const form = document.querySelector(".check");
  const input = form.querySelector("textarea");
  const results = document.querySelector("#findings");
  const status = form.querySelector("output");

  // --- Reading ---

  // What a name can be made of, or be mistaken for: full-width letters and the hyphen's look-alikes too.
  const RUN = /[\w.:/\-\u2010-\u2013\u2212\uff0d-\uff5a]+/g;
  const ENDPOINT = /\/v1\/[\w/-]+/g;
  const FINE_TUNED = /^(?:ft:([^:]+)(?::|$)|([^:]+):ft-)/;

  /** As a name would be spelled: ASCII, small letters, plain hyphens. */
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2010-\u2013\u2212]/g, "-");
  /** As some write or must write it, such as hosts that allow no full stop in a name: gpt-35-turbo, gpt4. */
  const loose = (text) => plain(text).replace(/^gpt-?35(?=-|$)/, "gpt-3.5").replace(/^gpt(?=\d)/, "gpt-");

  const reader = (known) => {
    const names = Object.keys(known.models);
    const spelled = new Map(names.map((name) => [plain(name), name]));
    // A name that may be a word or a variable too (ada, o1) counts only as a whole value: in quotes or a path, after
    // = or :, alone in its line, or in a line of names.
    const isWord = (name) => /^[A-Za-z]+\d?$/.test(name);
    const QUOTED = [/["'`/]$/, /^(?:$|["'`/,;)\]}\s])/];
    const SET = [/[=:]\s*$/, /^\s*(?:$|[,;)\]}#]|\/\/)/];
    const ALONE = [/^\s*(?:(?:[-*•]|\d+[.)])\s*)?$/, /^\s*[,;]?\s*$/];
    const isOneOf = ([before, after], head, tail) => before.test(head) && after.test(tail);
    const isOfNames = (line) => line.split(/[\s,;]+/).filter(Boolean).every((word) => known.things.has(word));

    const nameIn = (piece, head, tail) => {
      const isValue = () => [QUOTED, SET, ALONE].some((form) => isOneOf(form, head, tail)) || isOfNames(head + piece + tail);
      if (known.things.has(piece)) return !isWord(piece) || isValue() ? { name: piece, how: "exact" } : undefined;
      const alike = spelled.get(plain(piece));
      if (alike) return !isWord(alike) || isOneOf(QUOTED, head, tail) ? { name: alike, how: "alike" } : undefined;
      const likely = spelled.get(loose(piece));
      return likely && isValue() ? { name: likely, how: "alike" } : undefined;
    };
    /** Longer than a name that is known, and beginning like it: `gpt-4-foo`. */
    const isLikeName = (piece) => {
      if (!/^[a-z][\w.-]*-[\w.-]+$/i.test(piece) || /\.(?:py|js|ts|json|md|ya?ml|txt|html|sh|toml)$/.test(piece)) return false;
      for (let at = piece.lastIndexOf("-"); at > 0; at = piece.lastIndexOf("-", at - 1))
        if (known.things.has(piece.slice(0, at)) && !/^[A-Za-z]+$/.test(piece.slice(0, at))) return true;
      return false;
    };

    function* inPiece(piece, line, start) {
      const found = nameIn(piece, line.slice(0, start), line.slice(start + piece.length));
      if (found) return yield { ...found, written: piece, start };
      const base = piece.match(FINE_TUNED);
      const tuned = base && nameIn(base[1] ?? base[2], `"`, `"`);
      if (tuned) return yield { name: tuned.name, how: "tuned", written: piece, start };
      if (piece.includes(":")) {
        let at = start;
        for (const part of piece.split(":")) {
          if (part) yield* inPiece(part, line, at);
          at += part.length + 1;
        }
      } else if (isLikeName(piece)) yield { name: piece, how: "unknown", written: piece, start };
    }

    function* inRun(run, line, start) {
      for (const match of run.matchAll(ENDPOINT)) {
        let path = match[0];
        while (path && !known.endpoints[path]) path = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
        if (path) yield { name: path, how: "exact", written: path, start: start + match.index };
      }
      let at = start;
      for (const part of run.split("/")) {
        // A full stop or a colon beside a name ends a sentence or a key.
        const piece = part.replace(/^[.:]+|[.:]+$/g, "");
        if (piece) yield* inPiece(piece, line, at + part.indexOf(piece));
        at += part.length + 1;
      }
    }

    /** Every name in a text, with its line counted from 1. */
    return function* (text) {
      let number = 0, offset = 0;
      for (const line of text.split("\n")) {
        number += 1;
        for (const match of line.matchAll(RUN)) {
          // In "\ngpt-4" the n belongs to the escape.
          const skip = line[match.index - 1] === "\\" && /^[nrt]/.test(match[0]) ? 1 : 0;
          for (const found of inRun(match[0].slice(skip), line, match.index + skip))
            yield { ...found, line: number, offset: offset + found.start };
        }
        offset += line.length + 1;
      }
    };
  };

  // --- Telling ---

  const LINES_SHOWN = 12;
  let found = [];

  /** What no longer works comes first, then what is to end, by its day. */
  const urgency = (entry) => [{ 4: 0, 3: 1, 2: 2, 1: 3, 0: 4 }[entry.place], /\d/.test(entry.end) ? entry.end.replace(">", "") : "9"];
  const byUrgency = (a, b) => {
    const [x, y] = [urgency(a), urgency(b)];
    return x[0] - y[0] || x[1].localeCompare(y[1]) || a.name.localeCompare(b.name);
  };

  const check = () => {
    const known = globalThis.almanac;
    if (!known) return;
    performance.clearMarks("read");
    performance.mark("read");
    const on = known.asOf();
    const entries = new Map();
    const strangers = new Map();
    for (const one of reader(known)(input.value)) {
      const into = one.how === "unknown" ? strangers : entries;
      if (!into.has(one.name)) into.set(one.name, { name: one.name, places: [], ...known.statusOn(one.name, on) });
      into.get(one.name).places.push(one);
    }
    found = [...entries.values()].sort(byUrgency);
    for (const entry of found) entry.ends = known.lives(entry.place) ? [] : known.livingEnds(entry.name, on);
    show(known, on, [...strangers.values()]);
    performance.measure("check", "read");
  };

  const show = (known, on, strangers) => {
    const { say, make } = known;
    const count = (...places) => found.filter((entry) => places.includes(entry.place)).length;
    const lines = input.value.split("\n").length;
    status.textContent = !input.value.trim() ? ""
      : !found.length ? say("tool-nothing", { lines })
      : say("tool-summary", { found: found.length, lines, gone: count(3, 4), ending: count(2), fine: count(0, 1), day: known.day(on) });
    const heads = ["model-or-endpoint", "status", "shutdown", "instead"].map((key) => say(`tool-${key}`));
    const row = (entry) => make("tr", {},
      make("th", { scope: "row" }, known.link(entry.name), notes(known, entry), at(known, entry.places)),
      make("td", { "data-th": heads[1] }, known.seal(entry.place)),
      make("td", { "data-th": heads[2] }, make("span", {}, known.end(entry.end), soft(make, known.left(entry.end, on)))),
      make("td", { "data-th": heads[3] }, make("div", {}, instead(known, entry))));
    results.hidden = !found.length && !strangers.length;
    results.querySelector("table")?.remove();
    results.querySelector(".unknown-names")?.remove();
    if (found.length) results.append(make("table", { class: "findings" },
      make("caption", { class: "visually-hidden" }, say("tool-findings")),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, found.map(row))));
    if (strangers.length) results.append(make("div", { class: "unknown-names" },
      make("p", {}, say("tool-strangers")),
      make("ul", {}, strangers.map((each) => make("li", {}, make("code", {}, each.name), at(known, each.places))))));
    for (const button of results.querySelectorAll("[data-copy]")) button.hidden = !found.length;
  };

  const soft = (make, words) => (words ? make("span", { class: "muted" }, ` ${words}`) : "");
  /** How it is written where that is not letter for letter. */
  const remarks = ({ say }, entry) => [
    ...new Set(entry.places.filter(({ how }) => how !== "exact").map(({ how, written }) => say(`tool-${how}`, { written, name: entry.name }))),
  ];
  const notes = (known, entry) => remarks(known, entry).map((words) => known.make("span", { class: "note" }, words));
  /** What the record does not say of a replacement, or that it says nothing against it. */
  const caveat = ({ say }, told) => told?.unknown || (told && !told.points.length ? say("tool-no-difference") : "");
  const differences = (known, entry, end) => known.models[entry.name]?.differs[end];
  const instead = (known, entry) => {
    const { say, make } = known;
    if (known.lives(entry.place)) return say("tool-none-needed");
    if (!entry.ends.length) return say(entry.instead.length ? "tool-dead-end" : "tool-none-named");
    return entry.ends.map((end) => {
      const told = differences(known, entry, end);
      const points = (told?.points ?? []).map(([criterion, result, was, is]) => make("li", {}, `${say("tool-point", { criterion, result })} `, make("span", { class: "muted" }, `${was} → ${is}`)));
      return make("div", {}, "→ ", known.link(end), points.length ? make("ul", {}, points) : "", make("span", { class: "note" }, caveat(known, told)));
    });
  };
  const between = (known) => (known.edition === "zh" ? "、" : ", ");
  const at = (known, places) => {
    const { say, make } = known;
    const lines = [...new Map(places.map((each) => [each.line, each])).values()];
    const jump = (place) => (event) => {
      event.preventDefault();
      input.focus();
      input.setSelectionRange(place.offset, place.offset + place.written.length);
      input.scrollTop = (place.line - 3) * parseFloat(getComputedStyle(input).lineHeight);
    };
    const links = () => lines.slice(0, LINES_SHOWN).flatMap((place, at) =>
      [at ? between(known) : "", make("a", { href: "#code", "aria-label": say("tool-line", { line: place.line }), click: jump(place) }, `${place.line}`)]);
    const more = lines.length > LINES_SHOWN ? say("tool-more-lines", { more: lines.length - LINES_SHOWN }) : "";
    // In each language of the edition the numbers are within its words.
    return make("span", { class: "lines" }, say("tool-lines").split("{lines}").flatMap((words, at) => (at ? [...links(), words] : [words])), more && ` ${more}`);
  };

  // --- Copying ---

  const linesOf = (known, entry) => [...new Set(entry.places.map(({ line }) => line))].join(between(known));
  const told = (known, on) => found.map((entry) => ({
    name: entry.name,
    status: known.statuses[entry.place][1],
    end: [known.end(entry.end), known.left(entry.end, on)].filter(Boolean).join(" · "),
    ends: entry.ends,
    instead: entry.ends.length ? known.list(entry.ends.map(known.title)) : known.lives(entry.place) ? known.say("tool-none-needed") : known.say(entry.instead.length ? "tool-dead-end" : "tool-none-named"),
    points: entry.ends.flatMap((end) => {
      const told = differences(known, entry, end);
      const points = (told?.points ?? []).map(([criterion, result, was, is]) => `${known.say("tool-point", { criterion, result })} ${was} → ${is}`);
      return [...points, caveat(known, told)].filter(Boolean).map((words) => `${known.title(end)} · ${words}`);
    }),
    remarks: remarks(known, entry),
    lines: linesOf(known, entry),
  }));
  const FORMS = {
    text: (known, on) => told(known, on).map((each) => [
      `${each.name} · ${each.status} · ${each.end}`,
      `  → ${each.instead}`,
      ...[...each.points, ...each.remarks].map((words) => `  - ${words}`),
      `  ${known.say("tool-lines", { lines: each.lines })}`,
    ].join("\n")).join("\n\n"),
    markdown: (known, on) => {
      const cell = (words) => words.replaceAll("|", "\\|");
      const code = (words) => `\`${words}\``;
      const heads = [...["model-or-endpoint", "status", "shutdown", "instead", "differences"].map((key) => known.say(`tool-${key}`)), known.say("tool-lines-head")];
      const rows = told(known, on).map((each) => [
        code(each.name), each.status, each.end,
        each.ends.length ? each.ends.map((end) => (known.products[end] ? known.title(end) : code(end))).join(" · ") : each.instead,
        [...each.points, ...each.remarks].join("<br>"), each.lines,
      ]);
      return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
    },
  };
  const copy = async (form) => {
    const known = globalThis.almanac;
    const text = `${FORMS[form](known, known.asOf())}\n`;
    await almanacCopy(text);
    results.querySelector("output").textContent = known.say("tool-copied");
  };

  // --- Starting ---

  // Before there is anything to keep, the page may connect to no one any more: a policy that comes later only forbids more.
  const close = () => document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "Content-Security-Policy", content: "connect-src 'none'" }));
  let waiting = 0;
  input.addEventListener("focus", almanacKnow);
  for (const beginning of ["focus", "dragenter", "input"]) input.addEventListener(beginning, close, { once: true });
  input.addEventListener("input", () => {
    almanacKnow();
    clearTimeout(waiting);
    waiting = setTimeout(check, 100);
  });
  document.addEventListener("almanac-known", check);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(check));
  for (const button of results.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button.dataset.copy));
  if (input.value) {
    close();
    almanacKnow();
  }
}
