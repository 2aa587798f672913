// Shows the page as of another day. Every interval was worked out when the site was built; here one of them is chosen.
// They come in status-history.js, as a call.
"use strict";
function almanacStatusHistory(histories) {
  const { root, edition, make, today, asOf, formatDeadline, parseHistory, intervalOn, statusSeal } = almanacShared;
  const { unknown, first } = almanacWords;
  const builtOn = document.documentElement.dataset.day;
  const form = document.querySelector(".as-of");
  const input = form.querySelector("input");

  // At the head of a page, beside the answer for the day of the build, one for any other.
  for (const answer of document.querySelectorAll("[data-built]")) {
    const other = make("p", { class: "answer then", hidden: true, "data-of": answer.dataset.built },
      make("span", { class: "seal" }), " ", make("span", { class: "until" }), " ", make("span", { class: "instead" }));
    other.style.minHeight = `${answer.offsetHeight}px`; // as much room, so that nothing below moves
    answer.before(other);
  }

  // The id of a row ends in the name that it is about; elsewhere an attribute has it.
  const nameOf = (element) => element.dataset.of ?? element.id.slice(element.id.indexOf("--") + 2);
  const shown = [...document.querySelectorAll("[data-of], tr[id*='--']")]
    .filter((element) => nameOf(element) in histories)
    .map((element) => ({ element, history: parseHistory(histories[nameOf(element)]) }));

  // In the catalog, the last two cells of a row.
  const part = (element, name) =>
    element.closest(".models") ? [...element.cells].at(name === "until" ? -2 : -1) : element.querySelector(`.${name}`);

  // A cell keeps what it was built with, so that the day of the build shows exactly that again.
  const put = (element, nodes) => {
    if (!element) return;
    element.built ??= [...element.childNodes];
    element.replaceChildren(...(nodes ?? element.built));
  };
  const linked = (names) =>
    names.flatMap((name, at) => {
      const code = make("code", {}, name);
      const page = new URL(`${edition}/models/${name}.html`, root);
      const link = name.includes("/") ? code : make("a", { href: page }, code);
      return at ? [" · ", link] : [link];
    });

  const show = (day) => {
    const asBuilt = day === builtOn;
    for (const { element, history } of shown) {
      const interval = intervalOn(history, day);
      element.hidden = !interval || (asBuilt && element.matches(".then"));
      if (!interval) continue;
      const seal = element.querySelector(".seal");
      element.seal ??= seal;
      seal?.replaceWith(asBuilt ? element.seal : statusSeal(interval.status));
      put(part(element, "until"), asBuilt ? null : [formatDeadline(interval.shutdown)]);
      put(part(element, "instead"), asBuilt ? null : linked(interval.replacements));
    }
    // The id of an announcement begins with its day; a change begins with the day on which it was seen.
    for (const element of document.querySelectorAll(".announcement"))
      element.hidden = element.querySelector("h2").id.slice(0, 10) > day;
    for (const element of document.querySelectorAll(".change")) {
      const seen = element.querySelector("time");
      element.hidden = (seen.dateTime || seen.textContent) > day;
    }
    for (const element of document.querySelectorAll("[data-built]")) element.hidden = !asBuilt;
    form.querySelector("output").textContent = day < first ? unknown : "";
    document.dispatchEvent(new Event("almanac-day"));
  };
  const choose = (day) => {
    input.value = day;
    show(day);
  };
  const chooseAndRemember = (day) => {
    choose(day);
    const address = new URL(location.href);
    if (day === today()) address.searchParams.delete("as-of");
    else address.searchParams.set("as-of", day);
    history.replaceState(null, "", address);
  };

  // Not before they are needed: with them the field is narrower, and what stands beside it would move.
  const limit = () => Object.assign(input, { min: first, max: today() });
  form.addEventListener("focusin", limit);
  if (form.contains(document.activeElement)) limit();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    chooseAndRemember(today());
  });
  input.addEventListener("change", () => input.value && chooseAndRemember(input.value));
  choose(asOf());
}
document.head.append(almanacShared.make("script", { src: new URL("status-history.js", almanacShared.root) }));
