// Finds every known name in pasted text and shows its status, all in the browser: the page cannot connect to a server.
"use strict";
{
  const {
    make, onInput, asOf, formatDay, formatDeadline, withRemarks, remarkOn, reasons, statuses, statusSeal, separator,
  } = almanacShared;
  const form = document.querySelector(".check");
  const input = form.querySelector("textarea");
  const results = document.querySelector("#findings");
  const output = form.querySelector("output");

  // --- Parsing ---

  // Characters of names and their look-alikes: full-width letters and other hyphens.
  const RUN = /[\w.:/\-\u2010-\u2013\u2212\uff0d-\uff5a]+/g;
  const FINE_TUNED = /^(?:ft:([^:]+)(?::|$)|([^:]+):ft-)/;

  /** Normalised spelling: ASCII, lower case, plain hyphens. */
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2010-\u2013\u2212]/g, "-");
  /** Also accepts variants such as gpt-35-turbo and gpt4; some hosts do not allow full stops in names. */
  const loose = (text) => plain(text).replace(/^gpt-?35(?=-|$)/, "gpt-3.5").replace(/^gpt(?=\d)/, "gpt-");

  const namesIn = ({ entries, models, former, present }) => {
    const names = [...Object.keys(models), ...Object.keys(former)];
    const isKnown = (name) => entries.has(present(name));
    const spelled = new Map(names.map((name) => [plain(name), name]));
    // A name that may also be a word or a variable (ada, o1) counts only as a whole value: in quotes or a path, after
    // = or :, alone on its line, or in a line of names.
    const isWord = (name) => /^[A-Za-z]+\d?$/.test(name);
    const QUOTED = [/["'`/]$/, /^(?:$|["'`/,;)\]}\s])/];
    const SET = [/[=:]\s*$/, /^\s*(?:$|[,;)\]}#]|\/\/)/];
    const ALONE = [/^\s*(?:(?:[-*•]|\d+[.)])\s*)?$/, /^\s*[,;]?\s*$/];
    const isOneOf = ([before, after], head, tail) => before.test(head) && after.test(tail);
    const isOfNames = (line) => line.split(/[\s,;]+/).filter(Boolean).every(isKnown);

    const called = (name, how) => ({ name: present(name), how: present(name) === name ? how : "renamed" });
    const nameIn = (piece, head, tail) => {
      const isValue = () =>
        [QUOTED, SET, ALONE].some((form) => isOneOf(form, head, tail)) || isOfNames(head + piece + tail);
      if (isKnown(piece)) return !isWord(piece) || isValue() ? called(piece, "exact") : undefined;
      const alike = spelled.get(plain(piece));
      if (alike) return !isWord(alike) || isOneOf(QUOTED, head, tail) ? called(alike, "alike") : undefined;
      const likely = spelled.get(loose(piece));
      return likely && isValue() ? called(likely, "alike") : undefined;
    };
    /** Whether it starts with a known name and a hyphen: `gpt-4-foo`. */
    const isLikeName = (piece) => {
      if (!/^[a-z][\w.-]*-[\w.-]+$/i.test(piece)) return false;
      if (/\.(?:py|js|ts|json|md|ya?ml|txt|html|sh|toml)$/.test(piece)) return false;
      for (let at = piece.lastIndexOf("-"); at > 0; at = piece.lastIndexOf("-", at - 1))
        if (isKnown(piece.slice(0, at)) && !/^[A-Za-z]+$/.test(piece.slice(0, at))) return true;
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
      let at = start;
      for (const part of run.split("/")) {
        // A full stop or a colon next to a name is punctuation.
        const piece = part.replace(/^[.:]+|[.:]+$/g, "");
        if (piece) yield* inPiece(piece, line, at + part.indexOf(piece));
        at += part.length + 1;
      }
    }

    /** Every name in a text. */
    return function* (text) {
      let offset = 0;
      for (const line of text.split("\n")) {
        for (const match of line.matchAll(RUN)) {
          // In "\ngpt-4" the n is part of the escape.
          const skip = line[match.index - 1] === "\\" && /^[nrt]/.test(match[0]) ? 1 : 0;
          for (const found of inRun(match[0].slice(skip), line, match.index + skip))
            yield { ...found, offset: offset + found.start };
        }
        offset += line.length + 1;
      }
    };
  };

  // --- Endpoints and products: calls of SDKs, headers and paths, by almanac/render/browser/tools_data/patterns.py ---

  // Each character is read a bounded number of times, so that the time grows linearly, on one line too.
  const CHAIN = /[\w$]+(?:\s*\??\.[\w$]+)*|[)\]](?:\s*\??\.[\w$]+)*/g;
  const PATH = /\/v1(?:\/[\w.~:{}<>$-]+)+/g;
  const HEADER = /(openai-beta)\W{1,12}([\w=., -]{1,80})/gi;
  const WRAPPER = /^with_(?:raw|streaming)_response$/;
  const LOOK_BACK = 80; // characters

  const endpointsIn = ({ calls, headers, paths, endpoints, present }) => {
    const named = new Map(); // call -> names
    const resources = new Set(); // the first words of calls
    for (const [name, several] of Object.entries(calls)) {
      for (const [resource, ...methods] of several.map((each) => each.split(" "))) {
        resources.add(resource.split(".", 1)[0]);
        for (const method of methods.length ? methods : [""]) {
          const call = method ? `${resource}.${method}` : resource;
          named.set(call, [...(named.get(call) ?? []), name]);
        }
      }
    }
    const longest = Math.max(0, ...[...named.keys()].map((call) => call.split(".").length));

    const snake = (word) => /^[a-z]/.test(word) ? word.replace(/([a-z0-9])(?=[A-Z])/g, "$1_").toLowerCase() : word;
    /** How many words a call has: `createImageVariation` and `images.create_variation` have three. */
    const size = (call) => call.replace(/([a-z0-9])(?=[A-Z])/g, "$1_").split(/[._]/).length;

    function* callsIn(text) {
      const isOpenAI = /openai/i.test(text);
      const mayBe = isOpenAI || !/\b(?:import|require|using)\b/.test(text); // a fragment does not say what it uses
      const clients = new Set();
      for (const { index } of text.matchAll(/OpenAI(?:Api)?\s{0,9}\(/g)) {
        const before = text.slice(Math.max(0, index - LOOK_BACK), index);
        const [, client] = /([\w$]+)\s*(?::[^=]*)?=\s*(?:await\s+)?(?:new\s+)?[\w.]*$/.exec(before) ?? [];
        if (client) clients.add(client);
      }
      const isClient = (word) => clients.has(word) || /(?:client|openai|oai)$/i.test(word);
      const isMadeBefore = (at) =>
        isOpenAI && /(?:client|openai)\w*\([^()]*\)$/i.test(text.slice(Math.max(0, at - LOOK_BACK), at + 1));

      for (const chain of text.matchAll(CHAIN)) {
        if (!chain[0].includes(".")) continue;
        const isExpression = /^[)\]]/.test(chain[0]);
        const words = [...chain[0].matchAll(/[\w$]+/g)]
          .map(({ 0: written, index: at }) => ({ written, word: snake(written), at, end: at + written.length }))
          .filter(({ word }) => !WRAPPER.test(word));
        // A call of few words, such as files.create, could be of any library.
        const isMeant = (call, start) => {
          const before = words[start - 1];
          const count = size(call);
          if (before && resources.has(before.word)) return false;
          if (count === 1) return before?.written === "openai";
          if (before) return count > 2 ? mayBe || isClient(before.written) : mayBe && isClient(before.written);
          return count > 2 ? mayBe && (isExpression || call.includes(".")) : isExpression && isMadeBefore(chain.index);
        };
        const found = () => {
          for (let start = 0; start < words.length; start++) {
            if (!resources.has(words[start].word)) continue;
            for (let end = Math.min(words.length, start + longest); end > start; end--) {
              const call = words.slice(start, end).map(({ word }) => word).join(".");
              if (named.has(call) && isMeant(call, start)) return { call, start, end };
            }
          }
        };
        const call = found();
        if (!call) continue;
        const from = words[Math.max(0, call.start - 1)].at;
        const written = chain[0].slice(from, words[call.end - 1].end);
        for (const name of named.get(call.call)) yield { name, how: "call", written, offset: chain.index + from };
      }
    }

    function* headersIn(text) {
      for (const { 0: written, 1: header, 2: values, index } of text.matchAll(HEADER)) {
        for (const value of values.split(",").map((each) => each.trim())) {
          for (const name of headers[`${header.toLowerCase()}: ${value}`] ?? [])
            yield { name, how: "header", written: `${header}: ${value}`, offset: index, length: written.length };
        }
      }
    }

    const templates = Object.entries(paths).map(([path, endpoint]) => [path.split("/"), endpoint]);
    /** The endpoint of a path, by its longest beginning that is known. */
    const endpointOf = (segments) => {
      for (let length = segments.length; length > 2; length--) {
        const path = segments.slice(0, length).join("/");
        const name = present(path);
        if (Object.hasOwn(endpoints, name)) return { name, written: path, how: name === path ? "exact" : "renamed" };
        const fits = ([template]) =>
          template.length === length && template.every((each, at) => each === "{}" || each === segments[at]);
        const template = templates.find(fits);
        if (template) return { name: template[1], written: path, how: "exact" };
      }
    };
    function* pathsIn(text) {
      for (const { 0: path, index } of text.matchAll(PATH)) {
        const plainly = (segment) => (/^[\w-]/.test(segment) ? segment.replace(/[^\w-].*$/, "") : segment);
        const found = endpointOf(path.split("/", 12).map(plainly));
        if (found) yield { ...found, offset: index };
      }
    }

    return function* (text) {
      yield* callsIn(text);
      yield* headersIn(text);
      yield* pathsIn(text);
    };
  };

  /** Everything found in a text, in its order, with the line number from 1. */
  const reader = (data) => {
    const several = [namesIn(data), endpointsIn(data)];
    return (text) => {
      const found = several.flatMap((read) => [...read(text)]).sort((a, b) => a.offset - b.offset);
      let line = 1, at = 0;
      for (const each of found) {
        for (let end = text.indexOf("\n", at); end >= 0 && end < each.offset; end = text.indexOf("\n", at)) {
          line += 1;
          at = end + 1;
        }
        each.line = line;
      }
      return found;
    };
  };

  // --- Findings ---

  const LINES_SHOWN = 12;
  let findings = [];

  /** Sorts by status, shut down first, then by shutdown date. */
  const urgency = ({ status, shutdown }) => [-status, /\d/.test(shutdown) ? shutdown.replace(">", "") : "9"];
  const byUrgency = (a, b) => {
    const [x, y] = [urgency(a), urgency(b)];
    return x[0] - y[0] || x[1].localeCompare(y[1]) || a.name.localeCompare(b.name);
  };

  const check = () => {
    const data = globalThis.almanac;
    if (!data) return;
    performance.clearMarks("read");
    performance.mark("read");
    const day = asOf();
    const known = new Map();
    const unknown = new Map();
    for (const one of reader(data)(input.value)) {
      const names = one.how === "unknown" ? unknown : known;
      if (!names.has(one.name)) names.set(one.name, { name: one.name, places: [], ...data.statusOn(one.name, day) });
      names.get(one.name).places.push(one);
    }
    findings = [...known.values()].sort(byUrgency);
    for (const each of findings) each.named = data.isAvailable(each.status) ? [] : namedBy(data, each, day);
    show(data, day, [...unknown.values()]);
    performance.measure("check", "read");
  };

  /** The replacements named last; for each that is itself deprecated or shut down, the available ends of its chain. */
  const namedBy = (data, { name, replacements }, day) => replacements.map((other) => {
    const status = data.statusOn(other, day)?.status;
    const gone = status !== undefined && !data.isAvailable(status);
    const remarks = [...(data.entries.get(name).beside[other] ?? []), remarkOn(status)];
    return { name: other, remarks, gone, ends: gone ? data.availableEnds(other, day) : [] };
  });

  const show = (data, day, unknown) => {
    const { phrase, link, daysLeft } = data;
    const count = (...several) => findings.filter(({ status }) => several.includes(status)).length;
    const lines = input.value.split("\n").length;
    const counts = { found: findings.length, lines, gone: count(4, 5), ending: count(3), unconfirmed: count(2),
      fine: count(0, 1) };
    output.textContent = !input.value.trim() ? ""
      : !findings.length ? phrase("tool-nothing", { lines })
      : phrase("tool-summary", { ...counts, day: formatDay(day) });
    const heads = ["model-or-endpoint", "status", "shutdown", "replacement"].map((key) => phrase(`tool-${key}`));
    const row = (finding) => make("tr", {},
      make("th", { scope: "row" }, link(finding.name), notes(data, finding), lineLinks(data, finding.places)),
      make("td", { "data-th": heads[1] }, statusSeal(finding.status)),
      make("td", { "data-th": heads[2] },
        make("span", {}, formatDeadline(finding.shutdown), muted(daysLeft(finding.shutdown, day)))),
      make("td", { "data-th": heads[3] }, make("div", {}, replacements(data, finding))));
    results.hidden = !findings.length && !unknown.length;
    results.querySelector("table")?.remove();
    results.querySelector(".unknown-names")?.remove();
    if (findings.length) results.append(make("table", { class: "findings" },
      make("caption", { class: "visually-hidden" }, phrase("tool-findings")),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, findings.map(row))));
    const item = ({ name, places }) => make("li", {}, make("code", {}, name), lineLinks(data, places));
    if (unknown.length) results.append(make("div", { class: "unknown-names" },
      make("p", {}, phrase("tool-unknown-names")),
      make("ul", {}, unknown.map(item))));
    for (const button of results.querySelectorAll("[data-copy]")) button.hidden = !findings.length;
  };

  const muted = (words) => (words ? make("span", { class: "muted" }, ` ${words}`) : "");
  /** Notes on variant spellings. */
  const remarks = ({ phrase }, { name, places }) => {
    const other = places.filter(({ how }) => how !== "exact");
    const said = ({ how, written }) => phrase(`tool-${how}`, { written: written.replace(/\s+/g, " "), name });
    return [...new Set(other.map(said))];
  };
  const notes = (data, finding) => remarks(data, finding).map((words) => make("span", { class: "note" }, words));
  /** Verdict, what to change and differences, with a note on unknown criteria or on the absence of differences. */
  const differences = ({ phrase, models }, finding, end) => {
    const report = models[finding.name]?.differs[end];
    const points = (report?.points ?? []).map(([criterion, result, before, after]) =>
      ({ words: phrase("tool-point", { criterion, result }), change: `${before} → ${after}` }));
    const said = report ? [report.verdict, ...report.changes].map((words) => ({ words, change: "" })) : [];
    const caveat = report?.unknown || (report && !points.length ? phrase("tool-no-difference") : "");
    return { points: [...said, ...points], caveat };
  };
  /** The text shown instead of replacements. */
  const noReplacement = ({ isAvailable, noShutdown }, { name, status, absent }) =>
    isAvailable(status) ? noShutdown(name, status) : reasons[absent || "not-stated"];
  const asText = (data, { name, remarks }) => withRemarks(data.title(name), remarks);
  const replacements = (data, finding) => {
    if (!finding.named.length) return noReplacement(data, finding);
    const option = (name, remarks, ...more) => {
      const { points, caveat } = differences(data, finding, name);
      const items = points.map(({ words, change }) =>
        make("li", {}, `${words} `, make("span", { class: "muted" }, change)));
      const list = items.length ? make("ul", {}, items) : "";
      const note = caveat && make("span", { class: "note" }, caveat);
      return make("div", {}, "→ ", data.link(name), muted(withRemarks("", remarks)), list, note, ...more);
    };
    return finding.named.map(({ name, remarks, gone, ends }) => option(name, remarks,
      gone && make("span", { class: "note" }, chain(data, name, ends)),
      ends.map((end) => option(end, []))));
  };
  /** Where the chain of a replacement leads that is itself deprecated or shut down: our derivation. */
  const chain = ({ phrase, title }, name, ends) =>
    phrase(ends.length ? "tool-derived" : "tool-dead-end", { name: title(name) });
  const lineLinks = ({ phrase }, places) => {
    const lines = [...new Map(places.map((each) => [each.line, each])).values()];
    const jump = (place) => (event) => {
      event.preventDefault();
      input.focus();
      input.setSelectionRange(place.offset, place.offset + (place.length ?? place.written.length));
      input.scrollTop = (place.line - 3) * parseFloat(getComputedStyle(input).lineHeight);
    };
    const link = (place) => {
      const label = phrase("tool-line", { line: place.line });
      return make("a", { href: "#code", "aria-label": label, click: jump(place) }, `${place.line}`);
    };
    const links = () => lines.slice(0, LINES_SHOWN).flatMap((place, at) => [at ? separator : "", link(place)]);
    const more = lines.length - LINES_SHOWN;
    // The phrase may contain {lines} twice, once for each language.
    return make("span", { class: "lines" },
      phrase("tool-lines").split("{lines}").flatMap((words, at) => (at ? [...links(), words] : [words])),
      more > 0 && ` ${phrase("tool-more-lines", { more })}`);
  };

  // --- Copy ---

  const differing = (data, finding, end) => {
    const { points, caveat } = differences(data, finding, end);
    const all = [...points.map(({ words, change }) => `${words} ${change}`.trim()), caveat].filter(Boolean);
    return all.map((words) => `${data.title(end)} · ${words}`);
  };
  const inWords = (data, day) => findings.map((finding) => {
    const { name, status, shutdown, named, places } = finding;
    return {
      name: data.title(name),
      isTitled: data.title(name) !== name,
      status: statuses[status][1],
      shutdown: [formatDeadline(shutdown), data.daysLeft(shutdown, day)].filter(Boolean).join(" · "),
      named,
      replacement: named.length ? data.list(named.map((each) => asText(data, each))) : noReplacement(data, finding),
      points: named.flatMap((each) => {
        const leads = each.gone ? [[chain(data, each.name, each.ends), data.list(each.ends.map(data.title))]] : [];
        return [
          ...differing(data, finding, each.name),
          ...leads.map((words) => words.filter(Boolean).join(" → ")),
          ...each.ends.flatMap((end) => differing(data, finding, end)),
        ];
      }),
      remarks: remarks(data, finding),
      lines: [...new Set(places.map(({ line }) => line))].join(separator),
    };
  });
  const FORMS = {
    text: (data, day) => inWords(data, day).map((each) => [
      `${each.name} · ${each.status} · ${each.shutdown}`,
      `  → ${each.replacement}`,
      ...[...each.points, ...each.remarks].map((words) => `  - ${words}`),
      `  ${data.phrase("tool-lines", { lines: each.lines })}`,
    ].join("\n")).join("\n\n"),
    markdown: (data, day) => {
      const cell = (words) => words.replaceAll("|", "\\|");
      const code = (words) => `\`${words}\``;
      const named = ({ name, remarks }) =>
        withRemarks(data.title(name) === name ? code(name) : data.title(name), remarks);
      const heads = ["model-or-endpoint", "status", "shutdown", "replacement", "differences", "lines-head"]
        .map((key) => data.phrase(`tool-${key}`));
      const rows = inWords(data, day).map((each) => [
        each.isTitled ? each.name : code(each.name), each.status, each.shutdown,
        each.named.length ? each.named.map(named).join(" · ") : each.replacement,
        [...each.points, ...each.remarks].join("<br>"), each.lines,
      ]);
      return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
    },
  };
  const copy = async (form) => {
    const data = globalThis.almanac;
    await almanacCopy(`${FORMS[form](data, asOf())}\n`);
    results.querySelector("output").textContent = data.phrase("tool-copied");
  };

  // --- Start ---

  // From first use on, before there is any text, a CSP forbids connections; an added policy can only forbid more.
  const policy = { "http-equiv": "Content-Security-Policy", content: "connect-src 'none'" };
  const close = () => document.head.append(make("meta", policy));
  let waiting = 0;
  input.addEventListener("focus", almanacLoadData);
  for (const first of ["focus", "dragenter", "input"]) input.addEventListener(first, close, { once: true });
  onInput(input, () => {
    almanacLoadData();
    clearTimeout(waiting);
    waiting = setTimeout(check, 100);
  });
  document.addEventListener("almanac-data", check);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(check));
  for (const button of results.querySelectorAll("[data-copy]"))
    button.addEventListener("click", () => copy(button.dataset.copy));
  // Code that was pasted into the search field.
  try {
    input.value ||= sessionStorage.code ?? "";
    sessionStorage.removeItem("code");
  } catch {} // storage may be disabled
  if (input.value) {
    close();
    almanacLoadData();
  }
}
