// Substring search in ids, paths, titles of both languages and texts. The indexes of almanac/render/browser/search call
// almanacIndex (names) and, after the first input, almanacTexts.
"use strict";
{
  const {
    root, edition, make, isComposing, onInput, edits, formatDay, formatDeadline, intervalOn, statuses, statusSeal,
  } = almanacShared;
  const SHOWN = 5; // per kind, until expanded
  const EXCERPT = 110; // characters
  const CALLS_SHOWN = 2; // per result

  // Ranks of matches, best first.
  const EXACT = 0; // equals its id
  const SAME = 1; // equals a title, the first parts of its id, or all its parts in another order
  const STARTS = 2; // prefix of its id or title
  const PART = 3; // prefix of a later part of its id
  const INSIDE = 4; // inside its id
  const IN_TITLE = 5; // inside a title
  const SHUFFLED = 6; // all parts inside its id
  const IN_TEXT = 7; // in its text
  const SCATTERED = 8; // all parts in id, titles or text
  const IN_CONTEXT = 9; // only in the labels of its kind and status
  const NONE = 10;

  // --- Normalisation ---

  const BREAK = "[\\s\\-\\u2010-\\u2015\\u2212_./:·]"; // separators between the parts of a name
  const breaks = new RegExp(`${BREAK}+`, "g");
  const han = /\p{Script=Han}/u;
  const afterHan = /(\p{Script=Han}) /gu;
  const beforeHan = / (\p{Script=Han})/gu;
  const pieces = /\p{Script=Han}+|[^\p{Script=Han}\s]+/gu;

  let simplified = new Map(); // traditional character -> its simplified form, for those of the site
  /** Half-width, lower case, separators as spaces, except beside Han characters, where spacing varies. */
  const normalised = (text) =>
    text.normalize("NFKC").toLowerCase().replace(breaks, " ").trim().replace(afterHan, "$1").replace(beforeHan, "$1");
  /** A query, normalised and in simplified characters. */
  const asked = (text) => [...normalised(text)].map((letter) => simplified.get(letter) ?? letter).join("");
  const joined = (text) => text.replaceAll(" ", "");
  const sorted = (parts) => [...parts].sort().join(" ");
  const term = (text) => {
    const spaced = asked(text);
    const parts = spaced.match(pieces) ?? [];
    return { spaced, joined: joined(spaced), parts, sorted: sorted(parts) };
  };
  const terms = (text) => text.trim().split(/\s+/).map(term).filter((word) => word.joined);

  // --- Items ---

  let kinds = [];
  let inOrder = []; // all items in the order of the index and of the texts
  let index;

  /** An item from its index entry; `whole` is the parent of a part. */
  const itemFrom = (written, kind, whole) => {
    const [place, name = "", title = "", others = "", status = "", day = "", replacement = "", , calls = ""] = written;
    const id = normalised(name);
    const titles = [title, ...others.split(" · ")].map(normalised).filter(Boolean);
    return {
      whole, name, title, others, status, day, replacement,
      text: "",
      place: whole ? whole.place + place : place,
      id: joined(id),
      spaced: ` ${id} `,
      sorted: sorted(id.split(" ")),
      titles,
      calls: calls.split(" ").filter(Boolean).map((call) => ({ call, joined: joined(normalised(call)) })),
      joined: titles.map(joined),
      words: normalised(`${replacement} ${day} ${inWords(day, "long")}`),
      context: normalised(`${index.kinds[kind][0]} ${status === "" ? "" : statuses[status][1]}`),
    };
  };

  // Equal matches are sorted by status, then by length of the name; prose and rows keep their order.
  const byStatus = (a, b) => a.status - b.status || a.name.length - b.name.length;

  const readIndex = () => {
    kinds = index.kinds.map(([label, several], kind) => {
      const items = several.flatMap((written) => {
        const whole = itemFrom(written, kind);
        return [whole, ...(written[7] ?? []).map((part) => itemFrom(part, kind, whole))];
      });
      inOrder = inOrder.concat(items);
      return { label, items: items.every(({ name, whole }) => name && !whole) ? [...items].sort(byStatus) : items };
    });
  };

  // --- Matching ---

  const byId = (item, word) => {
    if (!item.id) return NONE;
    if (item.id === word.joined) return EXACT;
    if (item.id.startsWith(word.joined)) return item.spaced.startsWith(` ${word.spaced} `) ? SAME : STARTS;
    if (word.parts.length > 1 && item.sorted === word.sorted) return SAME;
    if (item.spaced.includes(` ${word.spaced}`)) return PART;
    return item.id.includes(word.joined) ? INSIDE : NONE;
  };
  const byTitle = (item, word) => {
    let rank = NONE;
    for (const title of item.titles) {
      if (title.startsWith(word.spaced)) rank = Math.min(rank, STARTS);
      else if (title.includes(word.spaced)) rank = Math.min(rank, IN_TITLE);
    }
    return item.joined.includes(word.joined) ? SAME : rank;
  };
  /** A query without the client: `client.beta.assistants`, `openai.ChatCompletion`. */
  const asCall = (word) => joined(word.spaced.replace(/^(?:client|openai) /, ""));
  const callsLike = (item, word) => {
    const query = asCall(word);
    const isLong = query.length > 7;
    return item.calls.filter(({ joined: call }) =>
      call === query || (isLong && call.includes(query)) || (word.parts.length > 1 && call.startsWith(query)));
  };
  const byCall = (item, word) => {
    const found = callsLike(item, word);
    if (!found.length) return NONE;
    return found.some(({ joined: call }) => call === asCall(word)) ? SAME : IN_TITLE;
  };
  const byAll = (item, word) => {
    const rank = Math.min(byId(item, word), byTitle(item, word), byCall(item, word));
    return rank < NONE ? rank : item.words.includes(word.spaced) ? IN_TEXT : NONE;
  };

  const anywhere = (item, part) =>
    item.id.includes(part) || item.words.includes(part) || item.titles.some((title) => title.includes(part));
  const byParts = (item, word) => {
    if (word.parts.length > 1) {
      if (word.parts.every((part) => item.id.includes(part))) return SHUFFLED;
      if (word.parts.every((part) => anywhere(item, part))) return SCATTERED;
    }
    return item.context.includes(word.spaced) ? IN_CONTEXT : NONE;
  };

  const rankOf = (item, query) => {
    let nearest = byAll(item, query.whole);
    if (nearest < NONE) return nearest;
    let farthest = EXACT;
    for (const word of query.words) {
      let rank = query.words.length > 1 ? byAll(item, word) : NONE;
      if (rank === NONE) rank = byParts(item, word);
      if (rank === NONE) return NONE;
      nearest = Math.min(nearest, rank);
      farthest = Math.max(farthest, rank);
    }
    return nearest < IN_CONTEXT ? farthest : NONE;
  };

  /** Matches grouped by kind; groups and items are sorted by best match. */
  const search = (text) => {
    const query = { whole: term(text), words: terms(text) };
    if (!query.whole.joined) return [];
    return kinds
      .map(({ label, items }) => {
        const ranks = Array.from({ length: NONE }, () => []);
        for (const item of items) {
          const rank = rankOf(item, query);
          if (rank < NONE) ranks[rank].push(item);
        }
        return { label, rank: ranks.findIndex((several) => several.length), items: ranks.flat() };
      })
      .filter(({ items }) => items.length)
      .sort((a, b) => a.rank - b.rank);
  };

  // --- Nothing found: the nearest names ---

  const NEAR = 6; // results
  /** How many edits a query may be from a beginning of a name: none if it is short. A Han character counts double. */
  const mostEdits = (query) => {
    const length = query.length * (han.test(query) ? 2 : 1);
    return length < 5 ? 0 : length < 9 ? 1 : 2;
  };
  const nearest = (text) => {
    const { joined: query } = term(text);
    const most = mostEdits(query);
    if (!most) return [];
    const distance = (name) => {
      if (name.length < query.length - most) return Infinity;
      // Each letter that the name lacks costs an edit.
      if ([...query].filter((letter) => !name.includes(letter)).length > most) return Infinity;
      const { whole, start } = edits(query, name);
      return start > most ? Infinity : start + whole / 1000;
    };
    const found = inOrder.filter(({ whole }) => !whole)
      .map((item) => ({ item, far: Math.min(...[item.id, ...item.joined].filter(Boolean).map(distance)) }))
      .filter(({ far }) => far < Infinity)
      .sort((a, b) => a.far - b.far);
    return found.slice(0, NEAR).map(({ item }) => item);
  };

  // --- Display ---

  const page = document.documentElement;
  const iso = /\d{4}(-\d\d)?(-\d\d)?/;
  /** Formats a day of the index, with or without a qualifier: `not before 2024-06-13`. */
  const inWords = (text, month) => {
    const day = iso.exec(text)?.[0] ?? "";
    const words = index.words[text.slice(0, text.length - day.length).trim()] ?? "{day}";
    return text && words.replaceAll("{day}", day && formatDay(day, month));
  };

  /** A span with its `lang`, which may differ from the page's. */
  const localized = (text, pattern, attributes) => {
    const lang = han.test(text) ? "zh-Hans" : "en";
    return make("span", { ...attributes, lang: lang !== page.lang && lang }, ...highlighted(text, pattern));
  };
  const highlighted = (text, pattern) =>
    text.split(pattern).map((piece, at) => (at % 2 ? make("mark", {}, piece) : piece));

  /** Patterns for highlighting, in order of preference: the whole query, its words, their parts. */
  const patternsFor = (text) => {
    const words = terms(text);
    const parts = words.flatMap((word) => word.parts).filter((part) => part.length > 2 || han.test(part));
    const escaped = (letter) => letter.replace(/[\\^$*+?()[\]{}|]/, "\\$&");
    const loose = (word) => [...joined(word)].map(escaped).join(`${BREAK}*`);
    return [[term(text).joined], words.map((word) => word.joined), parts]
      .filter((several) => several.length)
      .map((several) => several.sort((a, b) => b.length - a.length).map(loose).join("|"))
      .map((several) => new RegExp(`(${several})`, "iu"));
  };
  const patternIn = (text, patterns) => patterns.find((pattern) => pattern.test(text)) ?? patterns[0];

  const excerpt = (whole, pattern) => {
    const lines = whole.split("\n");
    const text = lines.find((each) => pattern.test(each)) ?? lines[0];
    const at = Math.max(0, text.search(pattern));
    const space = text.indexOf(" ", at - EXCERPT / 3);
    const start = at < EXCERPT / 2 ? 0 : space >= 0 && space < at ? space + 1 : at - 10;
    const end = start + EXCERPT;
    return `${start ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  };

  const resultLink = (item, patterns, calls) => {
    const label = item.name || item.title;
    const pattern = patternIn(label, patterns);
    const name = item.name ? make("code", {}, ...highlighted(label, pattern)) : localized(label, pattern);
    const others = [item.name && item.title, ...item.others.split(" · ")].filter(Boolean);
    const isInPageLanguage = (other) =>
      han.test(other) ? page.lang !== "en" : page.lang === "en" || !other.includes(" ");
    const isShown = (other) =>
      edition === "en-zh" || (item.name && isInPageLanguage(other)) || patterns[0]?.test(other);
    const shown = others.filter(isShown)
      .flatMap((other) => [" ", localized(other, patternIn(other, patterns), { class: "muted" })]);
    shown.push(...calls.flatMap(({ call }) => [" ", make("code", { class: "muted" }, call)]));
    const facts = [
      [item.end ?? inWords(item.day), item.replacement && `→ ${item.replacement}`].filter(Boolean).join(" "),
      item.whole?.title,
      item.whole && inWords(item.whole.day),
    ].filter(Boolean);
    const inText = patternIn(item.text, patterns);
    const isSeen = [label, ...facts].some((each) => patterns[0].test(each));
    if (item.text && (!facts.length || (!isSeen && inText.test(item.text)))) facts.push(excerpt(item.text, inText));
    const summary = facts.flatMap((fact, at) => [at ? " · " : "", localized(fact, patternIn(fact, patterns))]);
    return make("a", { href: new URL(`${edition}/${item.place}`, root).href, tabindex: -1 },
      make("span", { class: "name" }, name, ...shown),
      item.status !== "" && statusSeal(item.status),
      summary.length && make("span", { class: "summary" }, ...summary));
  };

  // --- Search box and list ---

  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const output = make("output");
  const list = make("div", { id: "found", role: "listbox", "aria-label": input.ariaLabel });
  const panel = make("div", { class: "search-results", hidden: true }, output, list);
  // Replaced by the CSS at build time; the policy of every page names its hash.
  document.head.append(make("style", {}, "search-results.css"));
  box.append(panel);
  Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
  Object.assign(input, { autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "search" });
  input.setAttribute("aria-controls", "found");

  let options = [];
  let active = -1;

  const choose = (at) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const open = (isOpen) => {
    panel.hidden = !isOpen;
    input.ariaExpanded = String(isOpen && options.length > 0);
    if (!isOpen) choose(-1);
  };

  /** The item as of the day that the page shows; undefined if it was not known, or if no day is known for it. */
  const asShown = (item) => {
    const { dayShown: day, historyOf } = almanacShared;
    if (!day) return item;
    const announced = /deprecations\/(\d{4}-\d\d-\d\d)/.exec(item.place)?.[1];
    if (announced > day || /^(conflicts|sources)\.html#/.test(item.place)) return undefined;
    const [, kind, page, row] = /(?:^(\w+)\/)?([^/]*)\.html(?:#.*--(.*))?$/.exec(item.place) ?? [];
    const history = historyOf(row ?? (kind === "products" ? `product-${page}` : page));
    const then = history && intervalOn(history, day);
    if (history ? !then : item.whole && !announced) return undefined;
    const { status, shutdown = "", replacements = [] } = then ?? {};
    return {
      ...item, text: "", status: item.status && String(status ?? ""), day: "",
      end: shutdown && formatDeadline(shutdown), replacement: replacements.join(", "),
    };
  };
  const allAsShown = (items) => items.map(asShown).filter(Boolean);

  /** Shows the results; `unfolded` are the fully expanded kinds. */
  const show = (unfolded = new Set()) => {
    let groups = (index ? search(input.value) : [])
      .map((group) => ({ ...group, items: allAsShown(group.items) })).filter(({ items }) => items.length);
    const query = term(input.value);
    const patterns = patternsFor(input.value);
    const count = groups.reduce((sum, { items }) => sum + items.length, 0);
    const near = index && !count ? allAsShown(nearest(input.value)) : [];
    if (near.length) groups = [{ label: index.words.near, items: near }];
    options = [];
    list.replaceChildren(
      ...groups.map(({ label, items }, at) => {
        const heading = make("div", { id: `found-kind-${at}`, class: "kind", role: "presentation" }, label);
        const shown = unfolded.has(label) || near.length ? items : items.slice(0, SHOWN);
        const lines = shown.map((item) => resultLink(item, patterns, callsLike(item, query).slice(0, CALLS_SHOWN)));
        if (shown.length < items.length) {
          const rest = items.length - shown.length;
          const more = make("div", { class: "more" }, index.words.more.replaceAll("{count}", rest));
          more.onclick = () => {
            const next = options.indexOf(more);
            show(new Set([...unfolded, label]));
            choose(next);
          };
          lines.push(more);
        }
        for (const each of lines) {
          Object.assign(each, { role: "option", ariaSelected: "false", id: `found-${options.length}` });
          options.push(each);
        }
        return make("div", { role: "group", "aria-labelledby": heading.id }, heading, ...lines);
      }),
    );
    active = -1;
    list.scrollTop = 0;
    const words = index && input.value.trim() ? index.words[count ? "found" : "none"] : "";
    output.textContent = words.replaceAll("{count}", count);
    open(output.textContent !== "");
    if (count) choose(0); // not a guess: Enter leads only to what was asked for
  };

  // --- Events ---

  const remember = () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("find", input.value);
    else address.searchParams.delete("find");
    try {
      history.replaceState(history.state, "", address);
    } catch {} // some browsers refuse this on file: URLs
  };
  const typed = () => {
    if (index?.texts && input.value.trim()) {
      document.head.append(make("script", { src: new URL(index.texts, root) }));
      index.texts = "";
    }
    show();
  };

  const keys = {
    ArrowDown: () => (panel.hidden ? show() : choose((active + 1) % options.length)),
    ArrowUp: () => choose(active > 0 ? active - 1 : options.length - 1),
    Enter: () => options[active]?.click(),
    Escape: () => {
      if (!panel.hidden) return open(false);
      input.value = "";
      remember();
      input.blur();
    },
  };
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || !(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  onInput(input, typed);
  input.addEventListener("focus", () => input.value && show());
  box.addEventListener("focusout", (event) => {
    if (box.contains(event.relatedTarget)) return;
    open(false);
    remember(); // for the language switch and the back button
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    open(false);
    input.blur();
  });

  globalThis.almanacIndex = (names) => {
    index = names;
    readIndex();
    input.value ||= new URLSearchParams(location.search).get("find") ?? "";
    if (document.activeElement === input) typed();
  };
  globalThis.almanacTexts = (more) => {
    simplified = new Map(more.simplified);
    more.texts.forEach((text, at) => {
      inOrder[at].text = text;
      inOrder[at].words += ` ${normalised(text)}`;
    });
    if (!panel.hidden) show();
  };
  /** For the 404 page and for tests. */
  Object.assign(globalThis, { almanacSearch: search, almanacPages: () => inOrder.filter(({ whole }) => !whole) });
}
