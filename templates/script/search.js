// Finds what is typed, letter for letter, wherever it stands: in ids and paths, in titles of both languages, in texts.
// almanac/render/browser/search makes the indexes: they call almanacIndex (names) and, once one types, almanacTexts.
"use strict";
{
  const SHOWN = 5; // of each kind, until one asks for more
  const EXCERPT = 110; // characters

  // How near a thing comes to what was asked, nearest first.
  const EXACT = 0; // its id
  const SAME = 1; // its title; its id with the parts in another order, or the first parts of it
  const STARTS = 2; // its id or title starts so
  const PART = 3; // a later part of its id starts so
  const INSIDE = 4; // somewhere in its id
  const TITLED = 5; // somewhere in its title
  const SHUFFLED = 6; // all parts of it somewhere in its id
  const TOLD = 7; // in its text
  const SCATTERED = 8; // all parts of it somewhere
  const ASIDE = 9; // only in the words for its kind and status
  const MISSED = 10;

  // --- Words, as they are held against each other ---

  const BREAK = "[\\s\\-\\u2010-\\u2015\\u2212_./:·]"; // what stands between the parts of a name
  const breaks = new RegExp(`${BREAK}+`, "g");
  const han = /\p{Script=Han}/u;
  const afterHan = /(\p{Script=Han}) /gu;
  const beforeHan = / (\p{Script=Han})/gu;
  const pieces = /\p{Script=Han}+|[^\p{Script=Han}\s]+/gu;

  /** Full-width as half-width, small letters, every break a space; none beside Han, where it is a matter of taste. */
  const folded = (text) =>
    text.normalize("NFKC").toLowerCase().replace(breaks, " ").trim().replace(afterHan, "$1").replace(beforeHan, "$1");
  const joined = (text) => text.replaceAll(" ", "");
  const sorted = (parts) => [...parts].sort().join(" ");
  const asked = (text) => {
    const spaced = folded(text);
    const parts = spaced.match(pieces) ?? [];
    return { spaced, joined: joined(spaced), parts, sorted: sorted(parts) };
  };

  // --- What can be found ---

  const root = new URL(".", document.currentScript.src);
  let kinds = [];
  let inOrder = []; // as the index has them, and the texts
  let index;

  const thing = (written, kind, whole) => {
    const [place, name = "", title = "", others = "", status = "", day = "", instead = ""] = written;
    const id = folded(name);
    const titles = [title, ...others.split(" · ")].map(folded).filter(Boolean);
    return {
      whole, name, title, others, status, day, instead,
      text: "",
      place: whole ? whole.place + place : place,
      id: joined(id),
      spaced: ` ${id} `,
      sorted: sorted(id.split(" ")),
      titles,
      joined: titles.map(joined),
      told: folded(`${instead} ${day} ${spoken(day, "long")}`),
      aside: folded(`${index.kinds[kind][0]} ${status === "" ? "" : index.statuses[status][1]}`),
    };
  };

  // Of those that match alike, what lives comes first, then the shorter name; prose and rows keep their order.
  const earlier = (a, b) => a.status - b.status || a.name.length - b.name.length;

  const understand = () => {
    kinds = index.kinds.map(([label, several], kind) => {
      const things = several.flatMap((written) => {
        const whole = thing(written, kind);
        return [whole, ...(written[7] ?? []).map((part) => thing(part, kind, whole))];
      });
      inOrder = inOrder.concat(things);
      return { label, things: things.every(({ name, whole }) => name && !whole) ? [...things].sort(earlier) : things };
    });
  };

  // --- Matching ---

  const byId = (it, word) => {
    if (!it.id) return MISSED;
    if (it.id === word.joined) return EXACT;
    if (it.id.startsWith(word.joined)) return it.spaced.startsWith(` ${word.spaced} `) ? SAME : STARTS;
    if (word.parts.length > 1 && it.sorted === word.sorted) return SAME;
    if (it.spaced.includes(` ${word.spaced}`)) return PART;
    return it.id.includes(word.joined) ? INSIDE : MISSED;
  };
  const byTitle = (it, word) => {
    let rank = MISSED;
    for (const title of it.titles) {
      if (title.startsWith(word.spaced)) rank = Math.min(rank, STARTS);
      else if (title.includes(word.spaced)) rank = Math.min(rank, TITLED);
    }
    return it.joined.includes(word.joined) ? SAME : rank;
  };
  const byAll = (it, word) => {
    const rank = Math.min(byId(it, word), byTitle(it, word));
    return rank < MISSED ? rank : it.told.includes(word.spaced) ? TOLD : MISSED;
  };

  const anywhere = (it, part) =>
    it.id.includes(part) || it.told.includes(part) || it.titles.some((title) => title.includes(part));
  const byParts = (it, word) => {
    if (word.parts.length > 1) {
      if (word.parts.every((part) => it.id.includes(part))) return SHUFFLED;
      if (word.parts.every((part) => anywhere(it, part))) return SCATTERED;
    }
    return it.aside.includes(word.spaced) ? ASIDE : MISSED;
  };

  const nearness = (it, query) => {
    let nearest = byAll(it, query.whole);
    if (nearest < MISSED) return nearest;
    let farthest = EXACT;
    for (const word of query.words) {
      let rank = query.words.length > 1 ? byAll(it, word) : MISSED;
      if (rank === MISSED) rank = byParts(it, word);
      if (rank === MISSED) return MISSED;
      nearest = Math.min(nearest, rank);
      farthest = Math.max(farthest, rank);
    }
    return nearest < ASIDE ? farthest : MISSED;
  };

  /** What matches, in groups: the kind with the nearest thing first, in each the nearest first. */
  const search = (text) => {
    const query = { whole: asked(text), words: text.trim().split(/\s+/).map(asked).filter((word) => word.joined) };
    if (!query.whole.joined) return [];
    return kinds
      .map(({ label, things }) => {
        const ranks = Array.from({ length: MISSED }, () => []);
        for (const it of things) {
          const rank = nearness(it, query);
          if (rank < MISSED) ranks[rank].push(it);
        }
        return { label, rank: ranks.findIndex((several) => several.length), things: ranks.flat() };
      })
      .filter(({ things }) => things.length)
      .sort((a, b) => a.rank - b.rank);
  };

  // --- How it is said ---

  const page = document.documentElement;
  const iso = /\d{4}(-\d\d)?(-\d\d)?/;
  const day = (text, month) => {
    if (index.edition === "en-zh") return text;
    const style = { year: "numeric", timeZone: "UTC" };
    if (text.length > 4) style.month = month;
    if (text.length > 7) style.day = "numeric";
    return new Intl.DateTimeFormat(page.lang === "en" ? "en-GB" : "zh-Hans-CN", style).format(new Date(text));
  };
  const days = new Map(); // a formatter is slow, and days are few
  const spoken = (text, month = "short") => {
    const key = text + month;
    if (text && !days.has(key)) {
      const date = iso.exec(text)?.[0] ?? "";
      const words = index.words[text.slice(0, text.length - date.length).trim()] ?? "{day}";
      days.set(key, words.replaceAll("{day}", date && day(date, month)));
    }
    return text && days.get(key);
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  /** Words in a language that may be another than the page's. */
  const said = (text, marks, properties) => {
    const lang = han.test(text) ? "zh-Hans" : "en";
    return element("span", { ...properties, ...(lang !== page.lang && { lang }) }, ...marked(text, marks));
  };
  const marked = (text, marks) =>
    text.split(marks).map((piece, at) => (at % 2 ? element("mark", {}, piece) : piece));

  /** Finds what was asked in words as they are written: whole, else its words, else their parts. */
  const marksFor = (text) => {
    const whole = asked(text);
    const words = text.trim().split(/\s+/).map(asked).filter((word) => word.joined);
    const parts = words.flatMap((word) => word.parts).filter((part) => part.length > 2 || han.test(part));
    const plain = (letter) => letter.replace(/[\\^$*+?()[\]{}|]/, "\\$&");
    const loose = (word) => [...joined(word)].map(plain).join(`${BREAK}*`);
    return [[whole.joined], words.map((word) => word.joined), parts]
      .filter((several) => several.length)
      .map((several) => new RegExp(`(${several.sort((a, b) => b.length - a.length).map(loose).join("|")})`, "iu"));
  };
  const marksIn = (text, all) => all.find((marks) => marks.test(text)) ?? all[0];

  const excerpt = (whole, marks) => {
    const lines = whole.split("\n");
    const text = lines.find((each) => marks.test(each)) ?? lines[0];
    const at = Math.max(0, text.search(marks));
    const space = text.indexOf(" ", at - EXCERPT / 3);
    const start = at < EXCERPT / 2 ? 0 : space >= 0 && space < at ? space + 1 : at - 10;
    const end = start + EXCERPT;
    return `${start ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  };

  const seal = (status) => {
    const [name, word] = index.statuses[status];
    return element("span", { className: `seal ${name}` }, word);
  };

  const line = (it, all) => {
    const called = it.name || it.title;
    const names = marksIn(called, all);
    const name = it.name ? element("code", {}, ...marked(called, names)) : said(called, names);
    const others = [it.name && it.title, ...it.others.split(" · ")].filter(Boolean);
    const own = (other) => it.name && (han.test(other) ? page.lang !== "en" : page.lang === "en" || !other.includes(" "));
    const shownToo = others.filter((other) => index.edition === "en-zh" || own(other) || all[0]?.test(other));
    const option = element("a", { href: new URL(`${index.edition}/${it.place}`, root).href, tabIndex: -1 });
    const also = shownToo.flatMap((other) => [" ", said(other, marksIn(other, all), { className: "muted" })]);
    option.append(element("span", { className: "name" }, name, ...also));
    if (it.status !== "") option.append(seal(it.status));
    const facts = [
      [spoken(it.day), it.instead && `→ ${it.instead}`].filter(Boolean).join(" "),
      it.whole?.title,
      it.whole && spoken(it.whole.day),
    ].filter(Boolean);
    const hits = marksIn(it.text, all);
    const seen = [called, ...facts].some((each) => all[0].test(each));
    if (it.text && (!facts.length || (!seen && hits.test(it.text)))) facts.push(excerpt(it.text, hits));
    const told = facts.flatMap((fact, at) => [at ? " · " : "", said(fact, marksIn(fact, all))]);
    if (told.length) option.append(element("span", { className: "summary" }, ...told));
    return option;
  };

  // --- The box and the list under it ---

  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const status = element("output", {});
  const list = element("div", { id: "found", role: "listbox", ariaLabel: input.ariaLabel });
  const sheet = element("div", { className: "search-results", hidden: true }, status, list);
  const style = new CSSStyleSheet();
  style.replaceSync("search-results.css"); // in its place the style itself
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  box.append(sheet);
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
  const open = (shown) => {
    sheet.hidden = !shown;
    input.ariaExpanded = String(shown && options.length > 0);
    if (!shown) choose(-1);
  };

  const show = (whole = new Set()) => {
    const groups = index ? search(input.value) : [];
    const all = marksFor(input.value);
    const count = groups.reduce((sum, { things }) => sum + things.length, 0);
    options = [];
    list.replaceChildren(
      ...groups.map(({ label, things }, at) => {
        const heading = element("div", { id: `found-kind-${at}`, className: "kind", role: "presentation" }, label);
        const group = element("div", { role: "group" }, heading);
        group.setAttribute("aria-labelledby", heading.id);
        const shown = whole.has(label) ? things : things.slice(0, SHOWN);
        const lines = shown.map((it) => line(it, all));
        if (shown.length < things.length) {
          const rest = things.length - shown.length;
          const more = element("div", { className: "more" }, index.words.more.replaceAll("{count}", rest));
          more.onclick = () => {
            const next = options.indexOf(more);
            show(new Set([...whole, label]));
            choose(next);
          };
          lines.push(more);
        }
        for (const each of lines) {
          Object.assign(each, { role: "option", ariaSelected: "false", id: `found-${options.length}` });
          options.push(each);
        }
        group.append(...lines);
        return group;
      }),
    );
    active = -1;
    list.scrollTop = 0;
    const words = index && input.value.trim() ? index.words[count ? "found" : "none"] : "";
    status.textContent = words.replaceAll("{count}", count);
    open(status.textContent !== "");
    if (count) choose(0);
  };

  // --- What one does ---

  const remember = () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("find", input.value);
    else address.searchParams.delete("find");
    try {
      history.replaceState(history.state, "", address);
    } catch {} // from the disk, some browsers refuse
  };
  const load = (file) => {
    const script = element("script", { src: new URL(file, root).href });
    document.head.append(script);
  };
  const typed = () => {
    if (index?.texts && input.value.trim()) {
      load(index.texts);
      index.texts = "";
    }
    show();
  };

  const keys = {
    ArrowDown: () => (sheet.hidden ? show() : choose((active + 1) % options.length)),
    ArrowUp: () => choose(active > 0 ? active - 1 : options.length - 1),
    Enter: () => options[Math.max(active, 0)]?.click(),
    Escape: () => {
      if (!sheet.hidden) return open(false);
      input.value = "";
      remember();
      input.blur();
    },
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", (event) => event.isComposing || typed());
  input.addEventListener("compositionend", typed);
  input.addEventListener("focus", () => input.value && show());
  box.addEventListener("focusout", (event) => {
    if (box.contains(event.relatedTarget)) return;
    open(false);
    remember(); // so that another edition, or the way back, finds it again
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return;
    open(false);
    input.blur();
  });

  globalThis.almanacIndex = (names) => {
    index = names;
    understand();
    input.value ||= new URLSearchParams(location.search).get("find") ?? "";
    if (document.activeElement === input) typed();
  };
  globalThis.almanacTexts = (texts) => {
    texts.forEach((text, at) => {
      inOrder[at].text = text;
      inOrder[at].told += ` ${folded(text)}`;
    });
    if (!sheet.hidden) show();
  };
  globalThis.almanacSearch = search; // for those who hold it to its word
}
