// Shows the page as of another day: selects the intervals and versions that the page and status-history.js have.
// status-history.js calls this function; `almanacAsOf`, the phrases, precedes it: see almanac/render/browser.
"use strict";
function almanacStatusHistory(histories) {
  const {
    root, edition, make, today, isDay, formatDay, formatDeadline, formatCopy, withRemarks, remarkOn, parseHistory,
    intervalOn, statusSeal, reasons, titles, statuses,
  } = almanacShared;
  const words = almanacAsOf;
  const page = document.documentElement;
  const builtOn = page.dataset.day;
  const main = document.querySelector("main");
  const form = document.querySelector(".as-of");
  const input = form.querySelector("input");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const banner = make("div", { class: "day", role: "status", hidden: true });
  main.before(banner);

  // --- Status, shutdown date and replacements ---

  // At the top of a page, a summary for other days beside that for the day of the build.
  const colon = page.lang === "en" ? ": " : "：";
  const labelled = (label, name) => make("p", {}, label, colon, make("span", { class: name }));
  for (const answer of all("[data-built]"))
    answer.before(make("div", { class: "answer then", hidden: true, "data-of": answer.dataset.built },
      make("p", { class: "big" }, make("span", { class: "seal" })),
      labelled(words.shutdown, "until"), labelled(words.replacement, "instead")));

  // The id of a row ends in its name; other elements have an attribute.
  const nameOf = (element) => element.dataset.of ?? element.id.slice(element.id.indexOf("--") + 2);
  const parsed = new Map();
  const historyOf = (name) => {
    if (!parsed.has(name)) parsed.set(name, name in histories ? parseHistory(histories[name]) : undefined);
    return parsed.get(name);
  };
  const findNamed = () => all("[data-of], tr[id*='--']").filter((element) => nameOf(element) in histories);
  let named = findNamed();

  // In the catalog, shutdown date and replacements are the last two cells of a row.
  const part = (element, name) =>
    element.closest(".models") ? [...element.cells].at(name === "until" ? -2 : -1) : element.querySelector(`.${name}`);

  // A cell keeps its original content, to restore it for the day of the build.
  const put = (element, nodes) => {
    if (!element) return;
    element.built ??= [...element.childNodes];
    element.replaceChildren(...(nodes ?? element.built));
  };
  const slug = (name) => name.replace(/^\/v1\//, "").replaceAll(/[/_]/g, "-");
  const statusOf = (name, day) => intervalOn(historyOf(slug(name)) ?? [], day)?.status;
  const linked = ({ replacements, absent }, day) =>
    absent ? [reasons[absent]] : replacements.flatMap((name, at) => {
      const code = titles[name] ?? make("code", {}, name);
      const address = new URL(`${edition}/models/${name}.html`, root);
      const link = name.includes("/") ? code : make("a", { href: address }, code);
      const remark = withRemarks("", [remarkOn(statusOf(name, day))]);
      return [...(at ? [" · "] : []), link, remark];
    });
  const when = ({ shutdown, copy }, day) =>
    withRemarks(formatDeadline(shutdown), [
      shutdown === day && day === today() && almanacWords.today,
      copy && formatCopy(copy),
    ]);

  const showStatus = (element, interval, day, asBuilt) => {
    const seal = element.querySelector(".seal");
    element.seal ??= seal;
    seal?.replaceWith(asBuilt ? element.seal : statusSeal(interval.status));
    if (element.matches(".then")) element.className = `answer then ${statuses[interval.status][0]}`;
    const table = element.closest(".models");
    if (table) {
      element.classList.remove(...statuses.map(([name]) => name));
      element.classList.add(statuses[interval.status][0]);
      element.interval = asBuilt ? null : interval; // for filter.js
      element.brief ??= element.matches(".brief");
      element.classList.toggle("brief", asBuilt && element.brief);
    }
    const without = table && interval.shutdown === "";
    const blank = ["none", "not-applicable"].includes(interval.absent) ? "" : "–";
    const instead = asBuilt ? null : without ? [] : table && interval.absent ? [blank] : linked(interval, day);
    const isRunningOut = table && statuses[interval.status][0] === "deprecated";
    const until = isRunningOut && make("span", { class: "runs" }, `${table.dataset.runsUntil} `);
    put(part(element, "until"), asBuilt ? null : without ? [] : [until || "", when(interval, day)]);
    put(part(element, "instead"), instead);
    if (element.matches(".then") && !instead?.length) hide(element.querySelector(".instead").parentElement);
  };

  // --- What is known on the day ---

  const ITEMS =
    "dd > p, dd > .pair, .change, td.said, dd, li, tr, thead, [data-from], article, .operations, " +
    ".text > section, .text > p";
  all(".cited li").forEach((note, at) => (note.value = at + 1)); // so that each keeps its number
  const days = new Map(all(".cited [data-day]").map(({ id, dataset }) => [id, dataset.day]));
  /** The id of the footnote with a numeral's source. */
  const noteOf = (numeral) => `source-${numeral.textContent}`;
  const heads = all("h2, h3", main).filter((head) => !head.closest("caption, table"));

  const gone = new Set(all("[data-until], .then")); // all that is hidden
  const hide = (element) => {
    gone.add(element);
    if (element.matches("td")) element.classList.add("later"); // a cell keeps its place
    else element.hidden = true;
  };
  const showAll = () => {
    for (const element of gone) {
      element.hidden = false;
      element.classList.remove("later");
    }
    gone.clear();
  };
  const isGone = (element) => element.hidden || element.matches(".later");
  const areGone = (elements) => elements.length > 0 && elements.every(isGone);
  /** What follows a heading, up to the next one of its level. */
  const below = (head) => {
    const found = [];
    for (let each = head.nextElementSibling; each; each = each.nextElementSibling) {
      if (/^H[123]$/.test(each.tagName) && each.tagName <= head.tagName) break;
      found.push(each);
    }
    return found;
  };
  const described = (term) => {
    const found = [];
    for (let each = term.nextElementSibling; each?.tagName === "DD"; each = each.nextElementSibling) found.push(each);
    return found;
  };

  const hideLater = (day, isChosen) => {
    for (const element of all("[data-from], [data-until]")) {
      const { from, until } = element.dataset;
      if (element !== main && (from > day || until <= day)) hide(element);
    }
    if (isChosen && day !== builtOn) all("[data-derived]").forEach(hide);
    // What gives no day of its own is known from the latest copy that it cites.
    for (const mark of all(".src", main)) {
      const item = mark.closest(ITEMS);
      if (!item || item.matches("[data-from], .subtitle, .announcement") || days.get(noteOf(mark)) <= day) continue;
      hide(item.matches("thead") ? item.parentElement : item);
    }
    // The id of an announcement starts with its date.
    for (const element of all(".announcement")) if (element.querySelector("h2").id.slice(0, 10) > day) hide(element);
  };

  /** Tables, lists and headings with nothing left, and the entries of the contents and footnotes that lead to them. */
  const hideEmpty = () => {
    const hideIf = (element, parts) => areGone(parts) && hide(element);
    for (const row of all("tr.summary")) hideIf(row, [row.previousElementSibling]);
    for (const row of all("tr:has(.said)")) hideIf(row, all(".said", row));
    for (const body of all("main tbody")) hideIf(body, all("tr:not(.group, .summary)", body));
    for (const table of all("main table")) hideIf(table, [...table.tBodies]);
    for (const term of all("dt")) hideIf(term, described(term));
    for (const list of all("main :is(ul, ol, dl)").reverse()) hideIf(list, [...list.children]);
    for (const section of all("section, article", main))
      hideIf(section, [...section.children].filter((each) => !each.matches("h2, h3")));
    for (const head of heads.toReversed()) hideIf(head, below(head));
    for (const entry of all(".contents li")) {
      const target = document.getElementById(decodeURIComponent(entry.firstElementChild.hash.slice(1)));
      if (target?.closest("[hidden]")) hide(entry);
    }
    for (const contents of all(".contents")) hideIf(contents, all("li", contents));
    const seen = new Set(all(".src", main).filter((mark) => !mark.closest("[hidden], .later")).map(noteOf));
    for (const note of all(".cited li")) if (!seen.has(note.id)) hide(note);
    for (const list of all(".cited")) hideIf(list.parentElement, [...list.children]);
  };

  // --- The day ---

  const asked = () => new URLSearchParams(location.search).get("as-of");

  const show = () => {
    const chosen = isDay(asked()) ? asked() : null;
    const day = chosen ?? today();
    const same = (history) => intervalOn(history, day) === intervalOn(history, builtOn);
    const isBuilt = (history) => day === builtOn || (!chosen && same(history));

    showAll();
    for (const element of named) {
      const history = historyOf(nameOf(element));
      const interval = intervalOn(history, day);
      const asBuilt = isBuilt(history);
      if (!interval || (asBuilt && element.matches(".then"))) hide(element);
      if (interval) showStatus(element, interval, day, asBuilt);
    }
    for (const element of all("[data-built]")) if (!isBuilt(historyOf(element.dataset.built))) hide(element);
    // Without a chosen day, only statuses follow the day on which the page is read.
    hideLater(chosen ?? builtOn, !!chosen);
    if (chosen) hideEmpty();
    const isEmpty = !!chosen && main.dataset.from > day;
    page.classList.toggle("nothing", isEmpty);

    if (document.activeElement !== input) input.value = day; // it may have been typed while this script was loading
    const isWrong = asked() !== null && !chosen;
    banner.hidden = !chosen && !isWrong;
    const text = isWrong ? words.invalid.replaceAll("{text}", asked())
      : words.shown[isEmpty ? 2 : day > builtOn ? 1 : 0].replaceAll("{day}", formatDay(day, "long"));
    const back = make("button", { type: "button", click: () => choose(null) }, words.today);
    banner.replaceChildren(make("p", {}, text), back);
    if (banner.hidden) delete page.dataset.asOf;
    else page.dataset.asOf = day;
    Object.assign(almanacShared, { dayShown: chosen, historyOf }); // for search and the tools
    document.dispatchEvent(new Event("almanac-day"));
  };

  const choose = (day) => {
    const address = new URL(location.href);
    if (day) address.searchParams.set("as-of", day);
    else address.searchParams.delete("as-of");
    history.replaceState(history.state, "", address);
    show();
  };
  const submit = () => {
    const text = input.value.trim();
    const isWrong = !isDay(text);
    input.setAttribute("aria-invalid", isWrong);
    form.querySelector("output").textContent = isWrong ? words.invalid.replaceAll("{text}", text) : "";
    if (isWrong) return;
    choose(text === today() ? null : text);
    scrollTo(0, 0);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  // Links within the site keep the day while they are followed; their addresses, as copied, do not have it.
  const keepDay = ({ target }) => {
    const link = target.closest?.("a[href]");
    if (!almanacShared.dayShown || !link?.href.startsWith(root.href) || !/\.html$/.test(link.pathname)) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#")) return;
    const address = new URL(link.href);
    address.searchParams.set("as-of", almanacShared.dayShown);
    link.href = address;
    setTimeout(() => link.setAttribute("href", href));
  };
  addEventListener("click", keepDay, true);
  addEventListener("auxclick", keepDay, true);

  // The catalog gets more rows once they are needed.
  document.addEventListener("almanac-rows", () => {
    named = findNamed();
    show();
  });

  show();
  // Anchors are ASCII: what an address encodes is none of them.
  if (asked() && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
almanacAdd("status-history.js");
