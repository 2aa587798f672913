// Substring search in ids, paths, titles of both languages and texts, and answers to questions with names in them. The
// indexes of almanac/render/browser/search call almanacIndex (names), from the first key on almanacNames (more of
// them), and almanacTexts once texts are needed.
"use strict";
{
  const {
    root, edition, make, isComposing, onInput, edits, formatDay, formatDeadline, withRemarks, separator,
    intervalOn, statuses, statusSeal,
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
  /** The parts in one order for all; a version, as 4.5, is one part. */
  const sorted = (text) => normalised(text.replace(/(\d)\.(?=\d)/g, "$1")).split(" ").sort().join(" ");
  const term = (text) => {
    const spaced = asked(text);
    const parts = spaced.match(pieces) ?? [];
    return { spaced, joined: joined(spaced), parts, sorted: sorted(text) };
  };
  const terms = (text) => text.trim().split(/\s+/).map(term).filter((word) => word.joined);

  // --- Items ---

  let kinds = [];
  let inOrder = []; // all items in the order of the index and of the texts
  let named = new Map(); // id without separators -> the item with a page of its own
  let stopWords = [];
  let index;

  /** Calls of which those of the same resource as the one before are in short: files.create .list. */
  const inFull = (calls) => {
    let before = "";
    return calls.split(" ").filter(Boolean)
      .map((call) => (before = call[0] === "." ? before.replace(/\.\w+$/, call) : call));
  };
  /** An item from its index entry; `whole` is the parent of a part. */
  const itemFrom = (written, kind, whole) => {
    const [
      path, name = "", title = "", others = "", status = "", day = "", replacement = "", keywords = "", , calls = "",
    ] = written;
    const place = path || `models/${name}.html`;
    const id = normalised(name);
    const anchor = place.split("#")[1] ?? "";
    const titles = [title, ...others.split(" · "), ...keywords.split(" · "), anchor].map(normalised).filter(Boolean);
    return {
      whole, name, title, others, status, day, replacement, keywords,
      text: "",
      place: whole ? whole.place + place : place,
      id: joined(id),
      spaced: ` ${id} `,
      sorted: sorted(name),
      titles,
      calls: inFull(calls).map((call) => ({ call, joined: joined(normalised(call)) })),
      joined: titles.map(joined),
      words: normalised(`${replacement} ${day} ${inWords(day, "long")}`),
      context: normalised(`${kind} ${status === "" ? "" : statuses[status][1]}`),
    };
  };

  // Equal matches are sorted by how all words match, status and length of the name; prose and rows keep their order.
  const priority = ({ status }) => (statuses[status]?.[0] === "unconfirmed" ? statuses.length : status);
  const byStatus = (a, b) => priority(a) - priority(b) || a.name.length - b.name.length;
  const ofDay = /(?: \d{4}| \d{4} \d\d \d\d) $/;
  /** What was found, with its ranks: the items, each alias before its snapshots if it matches as well. */
  const aliasesFirst = (ranked) => {
    const all = new Map(ranked.map((each) => [each[0].spaced, each]));
    return [...new Set(ranked.flatMap(([item, rank]) => {
      const [alias, its] = all.get(item.spaced.replace(ofDay, " ")) ?? [];
      return alias && Math.floor(its) === Math.floor(rank) ? [alias, item] : [item];
    }))];
  };

  const readKinds = (read) => {
    for (const [label, several] of read) {
      const items = several.flatMap((written) => {
        const whole = itemFrom(written, label);
        return [whole, ...(written[8] ?? []).map((part) => itemFrom(part, label, whole))];
      });
      inOrder = inOrder.concat(items);
      const known = kinds.find((kind) => kind.label === label)?.items ?? [];
      const all = [...known, ...items];
      const isNamed = all.every(({ name, whole }) => name && !whole);
      const kind = { label, isNamed, items: isNamed ? all.sort(byStatus) : all };
      kinds = known.length ? kinds.map((each) => (each.label === label ? kind : each)) : [...kinds, kind];
    }
  };
  const readNames = (read) => {
    readKinds(read);
    const wholes = inOrder.filter(({ whole }) => !whole);
    const products = wholes.filter(({ place }) => place.startsWith("products/"));
    named = new Map(products.flatMap((item) => item.joined.map((title) => [title, item])));
    for (const item of wholes) if (item.id) named.set(item.id, item);
  };
  const readIndex = () => {
    [kinds, inOrder] = [[], []];
    readNames(index.kinds);
    stopWords = (index.stopWords ?? "").split(/[,、\s]+/);
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

  /** The rank of the worst match among the words, plus a fraction that is smaller where the others match better. */
  const rankOf = (item, query) => {
    let nearest = byAll(item, query.whole);
    if (nearest < NONE) return nearest;
    let farthest = EXACT;
    let sum = 0;
    for (const word of query.words) {
      let rank = query.words.length > 1 ? byAll(item, word) : NONE;
      if (rank === NONE) rank = byParts(item, word);
      if (rank === NONE) return NONE;
      nearest = Math.min(nearest, rank);
      farthest = Math.max(farthest, rank);
      sum += rank;
    }
    return nearest < IN_CONTEXT ? farthest + Math.min(sum, 999) / 1000 : NONE;
  };

  /** Matches grouped by kind; groups and items are sorted by best match. */
  const search = (text) => {
    const query = { whole: term(text), words: terms(text) };
    if (!query.whole.joined) return [];
    return kinds
      .map(({ label, isNamed, items }) => {
        const ranked = items.map((item) => [item, rankOf(item, query)])
          .filter(([, rank]) => rank < NONE)
          .sort(([, a], [, b]) => (isNamed ? a - b : Math.floor(a) - Math.floor(b)));
        const matches = isNamed ? aliasesFirst(ranked) : ranked.map(([item]) => item);
        const rank = Math.floor(ranked[0]?.[1]);
        // Where only a beginning or a part of a title matches, a whole page is meant rather than one of its sections;
        // where all of it does, something general rather than a section about a family.
        const first = matches[0];
        const isLess = first?.whole && (rank > SAME || first.place.startsWith("families/"));
        return { label, items: matches, rank: isLess ? rank + 0.5 : rank };
      })
      .filter(({ items }) => items.length)
      .sort((a, b) => a.rank - b.rank);
  };

  // --- Questions ---

  const LONGEST = 12; // words of a name that is written with spaces
  const word = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{Pd}_./·\u2212])+/gu;
  /** What a text names, or the end of an address: https://api.openai.com/v1/edits, openai/gpt-4o. */
  const itemOf = (text) => {
    const path = text.replace(/\.html$/, "");
    for (let at = 0; at >= 0; at = path.indexOf("/", at + 1)) {
      const item = named.get(joined(normalised(path.slice(at))));
      if (item) return item;
    }
  };
  /** The names in a text, in its order, and the other words. */
  const namesIn = (text) => {
    const words = text.normalize("NFKC").match(word) ?? [];
    const names = [];
    const rest = [];
    for (let at = 0; at < words.length; ) {
      let length = Math.min(LONGEST, words.length - at);
      const name = () => itemOf(words.slice(at, at + length).join(" "));
      while (length && !name()) length--;
      if (length) names.push(name());
      else rest.push(asked(words[at]));
      at += length || 1;
    }
    return { names: [...new Set(names)], rest: rest.filter(Boolean) };
  };
  /** Words without those that only make a question; Chinese words are not separated, so these are cut out. */
  const meaningful = (words) => {
    const cut = stopWords.filter((word) => han.test(word)).sort((a, b) => b.length - a.length);
    return words.flatMap((word) =>
      han.test(word)
        ? cut.reduce((left, each) => left.replaceAll(each, " "), word).split(" ").filter(Boolean)
        : stopWords.includes(word) ? [] : [word]);
  };

  /** What matches some of the words, weighted by their rarity; of Chinese words, every two characters. */
  const searchSome = (words) => {
    const pairs = (word) => (han.test(word) ? [...word].slice(1).map((letter, at) => word[at] + letter) : [word]);
    const weights = new Map();
    let whole = 0;
    for (const part of new Set(words.flatMap(pairs))) {
      const query = term(part);
      const found = inOrder.map((item) => [item, byAll(item, query)]).filter(([, rank]) => rank < NONE);
      const rarity = Math.log((inOrder.length + 1) / (found.length + 1));
      whole += rarity;
      for (const [item, rank] of found)
        weights.set(item, (weights.get(item) ?? 0) + rarity * (rank < IN_TEXT ? 1 : 0.5));
    }
    return [...weights].filter(([, weight]) => weight > whole / 3).sort(([, a], [, b]) => b - a).map(([item]) => item);
  };

  // --- Nothing found: the nearest names ---

  const NEAR = 6; // results, also of some of the words
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
    const meant = item.keywords.split(" · ").filter((word) => word && patterns[0]?.test(word));
    const shown = [...others.filter(isShown), ...meant]
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

  /** The groups of results: what is asked about by name, what is found, or else what comes near it. */
  const answersTo = (text) => {
    const literal = search(text);
    let { names, rest } = namesIn(text);
    // "similarity babbage" is not about `babbage`, but a part of a longer name.
    if (names.length && rest.length && literal[0]?.rank <= SHUFFLED) [names, rest] = [[], []];
    const left = meaningful(rest).join(" ");
    const answers = allAsShown(names).slice(0, NEAR);
    const shown = (groups) =>
      groups.map((group) => ({ ...group, items: allAsShown(group.items.filter((item) => !names.includes(item))) }))
        .filter(({ items }) => items.length);
    let found = shown(literal);
    if (left && left !== rest.join(" ")) {
      const better = shown(search(left));
      if (better.length && !(found[0]?.rank <= better[0].rank)) found = better;
    }
    const answer = { label: index.words.answer, items: answers, isAnswer: true };
    if (answers.length) return { isFound: true, groups: [answer, ...found] };
    if (found.length) return { isFound: true, groups: found };
    const near = allAsShown(nearest(left || text));
    if (near.length) return { groups: [{ label: index.words.near, items: near }] };
    const some = allAsShown(searchSome(left.split(" "))).slice(0, NEAR);
    return { groups: some.length ? [{ label: index.words.some, items: some }] : [] };
  };
  /** A name that the query is about: its status, shutdown date and replacement. */
  const answerLink = (item) => {
    const date = iso.exec(item.day)?.[0] ?? "";
    const end = item.end ?? (item.day ? inWords(item.day, "long") : almanacWords.noPlan);
    const left = !almanacShared.dayShown && date.length === 10 && almanacDistance(date, page.lang);
    return make("a", { href: new URL(`${edition}/${item.place}`, root).href, tabindex: -1, class: "answer" },
      make("span", { class: "name" }, item.name ? make("code", {}, item.name) : item.title),
      item.status !== "" && statusSeal(item.status),
      make("span", { class: "summary" },
        withRemarks(end, [left]), item.replacement && [" → ", localized(item.replacement, /(?!)/)],
        item.text.match(/^· .*/gm)?.flatMap((kept) => [" ", localized(kept, /(?!)/)])));
  };
  const compareLink = (items) => {
    const address = new URL(`${edition}/${index.compare}`, root);
    for (const { name } of items) address.searchParams.append("m", name);
    const names = items.flatMap(({ name }, at) => [at ? separator : " ", make("code", {}, name)]);
    const label = make("span", { class: "name" }, index.words.compare, ...names);
    return make("a", { href: address.href, tabindex: -1 }, label);
  };
  const answerLines = (items) => {
    const models = items.filter(({ place }) => place.startsWith("models/")).slice(0, 4);
    return [...items.map(answerLink), ...(models.length > 1 ? [compareLink(models)] : [])];
  };

  /** Shows the results; `unfolded` are the fully expanded kinds. */
  const show = (unfolded = new Set()) => {
    const { groups, isFound } = index ? answersTo(input.value) : { groups: [] };
    const query = term(input.value);
    const patterns = patternsFor(input.value);
    const count = isFound ? groups.reduce((sum, { items }) => sum + items.length, 0) : 0;
    options = [];
    list.replaceChildren(
      ...groups.map(({ label, items, isAnswer }, at) => {
        const heading = make("div", { id: `found-kind-${at}`, class: "kind", role: "presentation" }, label);
        const shown = unfolded.has(label) || !isFound ? items : items.slice(0, SHOWN);
        const link = (item) => resultLink(item, patterns, callsLike(item, query).slice(0, CALLS_SHOWN));
        const lines = isAnswer ? answerLines(items) : shown.map(link);
        if (!isAnswer && shown.length < items.length) {
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
  /** Whether a query may be found in texts alone: it is more than a letter, and no name begins like it. */
  const needsTexts = (text) => {
    const { joined: query } = term(text);
    return query.length >= (han.test(query) ? 2 : 3) && !inOrder.some(({ id }) => id.startsWith(query));
  };
  let missing = 0; // parts of the names that are on their way
  let afterNames = []; // what waits for them
  const loadNames = () => {
    const more = index.more?.splice(0) ?? [];
    missing += more.length;
    more.forEach(almanacAdd);
  };
  const typed = () => {
    if (index && input.value.trim()) loadNames();
    if (index?.texts && !missing && needsTexts(input.value)) index.texts.splice(0).forEach(almanacAdd);
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
  globalThis.almanacNames = (more) => {
    readNames(more);
    if (--missing) return;
    for (const each of afterNames.splice(0)) each();
    if (!panel.hidden) typed();
  };
  globalThis.almanacTexts = (more) => {
    if (more.simplified) simplified = new Map(more.simplified);
    readKinds(more.kinds ?? []);
    more.texts.forEach((text, at) => {
      const item = inOrder[at + (more.first ?? 0)];
      item.text = text;
      item.words += ` ${normalised(text)}`;
    });
    if (!panel.hidden) show();
  };
  /** For the 404 page: calls back with all pages. */
  const pages = (then) => {
    loadNames();
    const act = () => then(inOrder.filter(({ whole }) => !whole));
    if (missing) afterNames.push(act);
    else act();
  };
  /** The search also for tests. */
  Object.assign(globalThis, { almanacSearch: search, almanacPages: pages });
}
