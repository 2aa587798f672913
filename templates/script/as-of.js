// Shows the page as of another day, by selecting one of the intervals computed at build time. status-history.js calls
// this function with them.
"use strict";
function almanacStatusHistory(histories) {
  const {
    root, edition, make, today, asOf, formatDeadline, formatCopy, withRemarks, remarkOn, parseHistory, intervalOn,
    statusSeal, reasons, titles,
  } = almanacShared;
  const { unknown, first, today: todayWord } = almanacWords;
  const builtOn = document.documentElement.dataset.day;
  const form = document.querySelector(".as-of");
  const input = form.querySelector("input");

  // At the top of a page, a summary for other days beside that for the day of the build.
  for (const answer of document.querySelectorAll("[data-built]")) {
    const other = make("p", { class: "answer then", hidden: true, "data-of": answer.dataset.built },
      make("span", { class: "seal" }), " ", make("span", { class: "until" }), " ", make("span", { class: "instead" }));
    other.style.minHeight = `${answer.offsetHeight}px`; // the same height, so that nothing below shifts
    answer.before(other);
  }

  // The id of a row ends in its name; other elements have an attribute.
  const nameOf = (element) => element.dataset.of ?? element.id.slice(element.id.indexOf("--") + 2);
  const shown = [...document.querySelectorAll("[data-of], tr[id*='--']")]
    .filter((element) => nameOf(element) in histories)
    .map((element) => ({ element, history: parseHistory(histories[nameOf(element)]) }));

  // In the catalog, shutdown date and replacements are the last two cells of a row.
  const part = (element, name) =>
    element.closest(".models") ? [...element.cells].at(name === "until" ? -2 : -1) : element.querySelector(`.${name}`);

  // A cell keeps its original content, to restore it for the day of the build.
  const put = (element, nodes) => {
    if (!element) return;
    element.built ??= [...element.childNodes];
    element.replaceChildren(...(nodes ?? element.built));
  };
  const statusOf = (name, day) => {
    const history = histories[name.startsWith("/") ? name.slice(4).replaceAll(/[/_]/g, "-") : name];
    return history && intervalOn(parseHistory(history), day)?.status;
  };
  const linked = ({ replacements, absent }, day) =>
    absent ? [reasons[absent]] : replacements.flatMap((name, at) => {
      const code = titles[name] ?? make("code", {}, name);
      const page = new URL(`${edition}/models/${name}.html`, root);
      const link = name.includes("/") ? code : make("a", { href: page }, code);
      const remark = withRemarks("", [remarkOn(statusOf(name, day))]);
      return [...(at ? [" · "] : []), link, remark];
    });
  const when = ({ shutdown, copy }, day) =>
    withRemarks(formatDeadline(shutdown), [shutdown === day && todayWord, copy && formatCopy(copy)]);

  const show = (day) => {
    const asBuilt = day === builtOn;
    for (const { element, history } of shown) {
      const interval = intervalOn(history, day);
      element.hidden = !interval || (asBuilt && element.matches(".then"));
      if (!interval) continue;
      const seal = element.querySelector(".seal");
      element.seal ??= seal;
      seal?.replaceWith(asBuilt ? element.seal : statusSeal(interval.status));
      put(part(element, "until"), asBuilt ? null : [when(interval, day)]);
      put(part(element, "instead"), asBuilt ? null : linked(interval, day));
    }
    // The id of an announcement starts with its date; a change starts with the date on which it was observed.
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

  // On first focus only, since they make the field narrower, which would shift its neighbours.
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
