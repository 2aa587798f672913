// Finds every known name in pasted text and shows its status, all in the browser: the page cannot connect to a server.
"use strict";
{
  const {
    make, onInput, asOf, edits, formatDay, formatDeadline, withRemarks, remarkOn, spaced, reasons, statuses, statusSeal,
    separator,
  } = almanacShared;
  const form = document.querySelector(".check");
  const input = form.querySelector("textarea");
  const results = document.querySelector("#findings");
  const output = form.querySelector("output");
  const { lang } = document.documentElement;
  const AZURE_DATES = "https://learn.microsoft.com/azure/ai-services/openai/concepts/model-retirements";

  const LINES_SHOWN = 12;
  const UNKNOWN_SHOWN = 100;
  const PAUSE = 100; // milliseconds after a key, before the text is checked
  const SLICE = 12; // milliseconds of work before the page may react
  const ROWS = 3; // milliseconds of making rows in one frame: their layout takes more
  let findings = [];
  let unknown = []; // names, the first hundred
  let moreUnknown = 0;

  // --- Findings ---

  /** Sorts by status, shut down first; among those that are past their date the last first, of others the next. */
  const isPast = (status) => status >= 4;
  const day = (shutdown) => (/\d/.test(shutdown) ? shutdown.replace(">", "") : "9");
  const byUrgency = (a, b) =>
    b.status - a.status || day(a.shutdown).localeCompare(day(b.shutdown)) * (isPast(a.status) ? -1 : 1)
    || a.name.localeCompare(b.name);

  /** Like a name, but not on record: the name that was probably meant, which has the same digits. */
  const digits = (text) => text.replace(/\D+/g, "");
  const meant = ({ models }, name) => {
    const own = digits(name);
    const near = Object.keys(models).filter((each) => Math.abs(each.length - name.length) <= 2 && digits(each) === own);
    const far = (each) => edits(name, each).whole;
    return near.filter((each) => far(each) <= 2).sort((a, b) => far(a) - far(b))[0];
  };

  /** Lets the page react; sooner than a timer, which waits for some milliseconds when it is set again and again. */
  const turn = () => new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resume(port1.close());
    port2.postMessage(0);
  });

  const frame = () => new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));

  let readers = []; // the reader of the data that are loaded
  let checks = 0; // a later check ends those before it
  const check = async () => {
    const data = globalThis.almanac;
    if (!data) return;
    performance.clearMarks("read");
    performance.mark("read");
    const mine = ++checks;
    let until = performance.now() + SLICE;
    /** Lets the page react if it is time; whether this check is still the last. */
    const goesOn = async () => {
      if (performance.now() > until) {
        await turn();
        until = performance.now() + SLICE;
      }
      return mine === checks;
    };
    if (readers[0] !== data) readers = [data, almanacRecognition(data)];
    const text = input.value, on = asOf();
    const found = { known: new Map(), unknown: new Map(), more: new Set() };
    for (const list of readers[1].read(text)) {
      for (const one of list) add(data, found, one, on);
      if (!(await goesOn())) return;
    }
    const strangers = [...found.unknown.values()];
    const all = [...found.known.values()].sort(byUrgency);
    for (const each of strangers) {
      each.meant = meant(data, each.name);
      if (!(await goesOn())) return;
    }
    for (const each of all) {
      each.named = data.isAvailable(each.status) ? [] : namedBy(data, each, on);
      if (!(await goesOn())) return;
    }
    [findings, unknown, moreUnknown] = [all, strangers, found.more.size];
    const heads = ["model-or-endpoint", "status", "shutdown", "replacement"].map((key) => data.phrase(`tool-${key}`));
    show(data, on, lineCount(text), heads);
    performance.measure("answer", "read");
    const body = results.querySelector("tbody");
    until = performance.now() + ROWS;
    for (const each of all) {
      body.append(row(data, each, heads, on));
      if (performance.now() < until) continue;
      await frame();
      if (mine !== checks) return;
      until = performance.now() + ROWS;
    }
    performance.measure("check", "read");
  };

  const lineCount = (text) => {
    let count = 1;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) count++;
    return text.length > 1 && text.endsWith("\n") ? count - 1 : count;
  };

  /** Adds a place to the finding of its name: fine-tuned models and those of other hosts have findings of their own.
   * The first unknown names have findings; the others are only counted. */
  const add = (data, found, { name, how, written, host, line, offset, length }, on) => {
    const isUnknown = how === "unknown", isTuned = how === "tuned";
    const key = `${name} ${host} ${isTuned}`;
    const findings = isUnknown ? found.unknown : found.known;
    let finding = findings.get(key);
    if (!finding) {
      if (isUnknown && findings.size === UNKNOWN_SHOWN) return void found.more.add(key);
      const hasPlans = isTuned && Boolean(data.models[name]?.tuned);
      const state = isUnknown ? {} : data.statusOn(name, on, hasPlans ? "tuned" : "history");
      finding = { name, host, isTuned, hasPlans, places: new Map(), spellings: new Map(), ...state };
      findings.set(key, finding);
    }
    const { places, spellings } = finding;
    if (!places.has(line)) places.set(line, { line, offset, length });
    if (how !== "exact" && spellings.size < LINES_SHOWN) spellings.set(`${how} ${written}`, { how, written });
  };

  /** The replacements named last; for each that is itself deprecated or shut down, the available ends of its chain. */
  const namedBy = (data, { name, replacements }, day) => replacements.map((other) => {
    const status = data.statusOn(other, day)?.status;
    const gone = status !== undefined && !data.isAvailable(status);
    const remarks = [...(data.entries.get(name).beside[other] ?? []), remarkOn(status)];
    return { name: other, remarks, gone, ends: gone ? data.availableEnds(other, day) : [] };
  });

  const show = (data, on, lines, heads) => {
    const { phrase } = data;
    const count = (...several) => findings.filter(({ status }) => several.includes(status)).length;
    const counts = { found: findings.length, lines, gone: count(4, 5), ending: count(3), unconfirmed: count(2),
      fine: count(0, 1) };
    const sums = [
      findings.length ? phrase("tool-summary", { ...counts, day: formatDay(on) }) : phrase("tool-nothing", { lines }),
      unknown.length ? phrase("tool-unknown-count", { count: unknown.length + moreUnknown }) : "",
    ];
    output.textContent = input.value.trim() ? sums.filter(Boolean).join(lang === "zh-Hans" ? "" : " ") : "";
    results.hidden = !findings.length && !unknown.length;
    results.querySelector("table")?.remove();
    results.querySelector(".unknown-names")?.remove();
    if (findings.length) results.append(make("table", { class: "findings" },
      make("caption", { class: "visually-hidden" }, phrase("tool-findings")),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody")));
    const item = (each) => make("li", {},
      make("code", {}, each.name), each.meant && [" ", phrase("tool-meant", { name: each.meant })],
      lineLinks(data, each.places));
    if (unknown.length) results.append(make("div", { class: "unknown-names" },
      make("p", {}, phrase("tool-unknown-names")),
      make("ul", {}, unknown.map(item)),
      moreUnknown > 0 && make("p", {}, phrase("tool-more-unknown", { more: moreUnknown }))));
  };
  const row = (data, finding, heads, on) => make("tr", {},
    make("th", { scope: "row" }, data.link(finding.name), muted(kind(data, finding)), notes(data, finding),
      finding.host && azure(data), lineLinks(data, finding.places)),
    make("td", { "data-th": heads[1] }, statusSeal(finding.status)),
    make("td", { "data-th": heads[2] },
      make("span", {}, formatDeadline(finding.shutdown), muted(countdown(data, finding, on)))),
    make("td", { "data-th": heads[3] }, make("div", {}, replacements(data, finding))));
  /** "fine-tuned", where the finding is of models fine-tuned from the name. */
  const kind = ({ phrase }, { isTuned }) => (isTuned ? phrase("tool-fine-tuned") : "");
  /** The days left; none on Azure, which keeps its own dates. */
  const countdown = ({ daysLeft }, { shutdown, host }, on) => (host ? "" : daysLeft(shutdown, on));
  const azure = ({ phrase }) => make("span", { class: "note" },
    phrase("tool-azure"), " ", make("a", { href: AZURE_DATES, rel: "noreferrer" }, phrase("tool-azure-dates")));

  const muted = (words) => (words ? make("span", { class: "muted" }, ` ${words}`) : "");
  /** Notes on variant spellings. */
  const remarks = ({ phrase }, { name, host, hasPlans, spellings }) => {
    // On Azure, gpt-35-turbo is correct.
    const other = [...spellings.values()].filter(({ how }) => !(host && how === "alike"));
    const said = ({ how, written }) =>
      phrase(`tool-${hasPlans ? "tuned-plans" : how}`, { written: written.replace(/\s+/g, " "), name });
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
        make("li", {}, spaced(words), make("span", { class: "muted" }, change)));
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
  const inOrder = (places) => [...places.values()].sort((a, b) => a.line - b.line);
  const lineLinks = ({ phrase }, places) => {
    const lines = inOrder(places);
    const jump = (place) => (event) => {
      event.preventDefault();
      input.focus();
      input.setSelectionRange(place.offset, place.offset + place.length);
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
    const all = [...points.map(({ words, change }) => `${spaced(words)}${change}`.trim()), caveat].filter(Boolean);
    return all.map((words) => `${data.title(end)} · ${words}`);
  };
  const LINES_COPIED = 100;
  const lineNumbers = (data, places) => {
    const more = places.size - LINES_COPIED;
    const numbers = inOrder(places).slice(0, LINES_COPIED).map(({ line }) => line).join(separator);
    return more > 0 ? `${numbers} ${data.phrase("tool-more-lines", { more })}` : numbers;
  };
  const inWords = (data, day) => findings.map((finding) => {
    const { name, status, shutdown, named, places, host } = finding;
    return {
      name: withRemarks(data.title(name), [kind(data, finding)]),
      isTitled: data.title(name) !== name || finding.isTuned,
      status: statuses[status][1],
      shutdown: [formatDeadline(shutdown), countdown(data, finding, day)].filter(Boolean).join(" · "),
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
      remarks: [...remarks(data, finding), ...(host ? [data.phrase("tool-azure")] : [])],
      lines: lineNumbers(data, places),
    };
  });
  /** The unknown names as a list, with a heading; nothing if there are none. */
  const unknownInWords = (data, code) => {
    if (!unknown.length) return [];
    const { phrase } = data;
    const lines = unknown.map(({ name, meant, places }) => {
      const where = phrase("tool-lines", { lines: lineNumbers(data, places) });
      const parts = [code(name), meant && phrase("tool-meant", { name: code(meant) }), where];
      return `- ${parts.filter(Boolean).join(" · ")}`;
    });
    const more = moreUnknown ? [phrase("tool-more-unknown", { more: moreUnknown })] : [];
    return [[phrase("tool-unknown-names"), "", ...lines, ...more].join("\n")];
  };
  const FORMS = {
    text: (data, day) => [...inWords(data, day).map((each) => [
      `${each.name} · ${each.status} · ${each.shutdown}`,
      `  → ${each.replacement}`,
      ...[...each.points, ...each.remarks].map((words) => `  - ${words}`),
      `  ${data.phrase("tool-lines", { lines: each.lines })}`,
    ].join("\n")), ...unknownInWords(data, (name) => name)].join("\n\n"),
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
      const table = [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`);
      return [...(rows.length ? [table.join("\n")] : []), ...unknownInWords(data, code)].join("\n\n");
    },
  };
  const copy = async (form) => {
    const data = globalThis.almanac;
    await almanacCopy(`${FORMS[form](data, asOf())}\n`);
    results.querySelector("output").textContent = data.phrase("tool-copied");
  };

  // --- Start ---

  let waiting = 0;
  input.addEventListener("focus", almanacLoadData);
  onInput(input, (event) => {
    almanacLoadData();
    clearTimeout(waiting);
    waiting = setTimeout(check, event.inputType === "insertFromPaste" ? 0 : PAUSE);
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
  if (input.value) almanacLoadData();
}
