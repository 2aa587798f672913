// In every page that the development server shows, before livereload.js, which takes this for a plugin and tells the
// server what it says of itself: what the page was made of. A page that missed a build while it was being loaded, or
// while the server was away, is so found out and loaded again.
{
  const { made } = document.currentScript.dataset;

  window.LiveReloadPluginAlmanac = class {
    static identifier = "almanac";
    static version = "1.0";
    analyze() {
      return { made };
    }
  };
}
