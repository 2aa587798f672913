// Shows another day. Every interval was worked out when the site was built; here is only the choice of one.
// An interval reads since|status|end|replacements; see almanac/render/browser/as_of.py. They come in status-history.js, as a call.
"use strict";
function almanacStatusHistory(turns) {
  const STATUSES = ["active", "legacy", "deprecated", "passed", "shut-down"];
  const root = new URL(".", document.currentScript.src);
  const form = document.querySelector(".as-of");
  const input = form.querySelector("input");
  const { statuses, noPlan, notRecorded, unknown, notBefore, first } = almanacWords;
  const { edition, day: built } = document.documentElement.dataset;
  const today = () => new Date().toISOString().slice(0, 10);
  const lang = document.documentElement.lang;

  const day = (iso) =>
    edition === "en-zh" ? iso : new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "zh-Hans-CN", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(iso));
  const end = (text) =>
    text === "" ? noPlan : text === "?" ? notRecorded : text[0] === ">" ? notBefore.replace("{day}", day(text.slice(1))) : day(text);
  const make = (element, properties) => Object.assign(document.createElement(element), properties);

  // At the head of a page, beside the answer for the day of the build, one for any other.
  for (const answer of document.querySelectorAll("[data-built]")) {
    const then = make("p", { className: "answer then", hidden: true });
    then.dataset.of = answer.dataset.built;
    then.append(make("span", { className: "seal" }), " ", make("span", { className: "until" }), " ", make("span", { className: "instead" }));
    then.style.minHeight = `${answer.offsetHeight}px`; // as much room, so that nothing below moves
    answer.before(then);
  }

  // A row's id ends in the name that it is about; elsewhere an attribute says it.
  const name = (element) => element.dataset.of ?? element.id.slice(element.id.indexOf("--") + 2);
  const shown = [...document.querySelectorAll("[data-of], tr[id*='--']")].filter((element) => name(element) in turns);
  const intervalOn = (element, on) =>
    turns[name(element)].split(";").map((turn) => turn.split("|")).filter(([since]) => since <= on).at(-1);

  // In the catalog, the last two cells of a row.
  const part = (element, which) =>
    element.closest(".models") ? [...element.cells].at(which === "until" ? -2 : -1) : element.querySelector(`.${which}`);

  // A cell keeps what it was built with, so that the day of the build shows exactly that again.
  const put = (element, nodes) => {
    if (!element) return;
    element.built ??= [...element.childNodes];
    element.replaceChildren(...(nodes ?? element.built));
  };
  const seal = (at) => make("span", { className: `seal ${STATUSES[at]}`, textContent: statuses[at] });
  const names = (text) =>
    text.split(" ").filter(Boolean).flatMap((name, at) => {
      const code = make("code", { textContent: name });
      const link = make("a", { href: new URL(`${edition}/models/${name}.html`, root) });
      link.append(code);
      const shown = name.includes("/") ? code : link;
      return at ? [" · ", shown] : [shown];
    });

  const show = (on) => {
    const asBuilt = on === built;
    for (const element of shown) {
      const interval = intervalOn(element, on);
      element.hidden = !interval || (asBuilt && element.matches(".then"));
      if (!interval) continue;
      const [, status, until = "", replacements = ""] = interval;
      const mark = element.querySelector(".seal");
      element.seal ??= mark;
      mark?.replaceWith(asBuilt ? element.seal : seal(status));
      put(part(element, "until"), asBuilt ? null : [end(until)]);
      put(part(element, "instead"), asBuilt ? null : names(replacements));
    }
    // An announcement is named for its day; a change says first when it was seen.
    for (const element of document.querySelectorAll(".announcement")) element.hidden = element.querySelector("h2").id.slice(0, 10) > on;
    for (const element of document.querySelectorAll(".change")) {
      const seen = element.querySelector("time");
      element.hidden = (seen.dateTime || seen.textContent) > on;
    }
    for (const element of document.querySelectorAll("[data-built]")) element.hidden = !asBuilt;
    form.querySelector("output").textContent = on < first ? unknown : "";
    document.dispatchEvent(new Event("almanac-day"));
  };
  const travel = (on, remember) => {
    input.value = on;
    show(on);
    if (remember) {
      const address = new URL(location.href);
      if (on === today()) address.searchParams.delete("as-of");
      else address.searchParams.set("as-of", on);
      history.replaceState(null, "", address);
    }
  };

  // Not before they are wanted: with them the field is narrower, and what stands beside it would move.
  const limit = () => Object.assign(input, { min: first, max: today() });
  form.addEventListener("focusin", limit);
  if (form.contains(document.activeElement)) limit();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    travel(today(), true);
  });
  input.addEventListener("change", () => input.value && travel(input.value, true));
  const asked = new URLSearchParams(location.search).get("as-of");
  travel(/^\d{4}-\d\d-\d\d$/.test(asked ?? "") ? asked : today(), false);
}
document.head.append(Object.assign(document.createElement("script"), { src: new URL("status-history.js", document.currentScript.src) }));
