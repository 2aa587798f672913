// On the 404 page: the pages whose addresses are nearest to the one asked for.
"use strict";
{
  const { root, edition, make, edits } = almanacShared;
  const MOST = 5;
  const FAR = 0.35; // edits for each letter
  const UP = 2; // edits for each folder that is left out
  const FURTHER = 1; // edits more than the nearest page needs

  const plain = (path) =>
    path.normalize("NFKC").toLowerCase().replace(/\.html?$/, "").replace(/(^|\/)index$/, "").replace(/^\/|\/$/g, "");
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };
  const below = decoded(location.pathname.slice(root.pathname.length));
  const [, first, rest] = below.match(/^(?:(en-zh|en|zh)(?:\/|$))?(.*)$/s);
  const asked = plain(rest);
  // The address as a whole, then its segments, the last one first.
  const segments = asked.split("/").map(plain).filter(Boolean).reverse();

  const distance = (text, other) => {
    const { whole } = edits(text, other);
    return whole <= Math.max(text.length, other.length) * FAR ? whole : Infinity;
  };
  const far = (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return Math.min(distance(asked, path), ...segments.map((each, up) => distance(each, name) + 0.5 + UP * up));
  };
  const box = document.querySelector("[data-load]");
  const link = ({ page: { place, name, title, others } }) => {
    const titles = [title, ...others.split(" · ")].filter(Boolean).slice(0, 2).join(" · ");
    const href = new URL(`${first ?? edition}/${place}`, root).href;
    return make("li", {}, make("a", { href }, name ? make("code", {}, name) : titles));
  };
  const show = (pages) => {
    const near = pages
      .filter(({ place }) => !place.includes("#"))
      .map((page) => ({ page, far: far(plain(page.place)) }))
      .filter(({ far }) => far < Infinity)
      .sort((a, b) => a.far - b.far)
      .filter(({ far }, _, [nearest]) => far <= nearest.far + FURTHER)
      .slice(0, MOST);
    box.querySelector("ul").append(...near.map(link));
    box.hidden = !near.length;
  };
  if (asked) almanacPages(show);
}
