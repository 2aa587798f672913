// In every page that the development server sends. The class is a plugin of livereload.js, which tells the server its
// version when it connects: a page that missed a build, while it loaded or the server was away, is so reloaded.
window.LiveReloadPluginAlmanac = class {
  static identifier = "almanac";
  static version = document.currentScript.dataset.version;
};

{
  const sheet = new CSSStyleSheet(); // the page's policy would refuse a <style>
  sheet.replaceSync(`
    .build-faults { position: fixed; inset: auto 0 0; z-index: 9; max-height: 60vh; overflow: auto;
      padding: .75rem 1.25rem; border-top: 3px solid light-dark(#a8281d, #ef8b7f); box-shadow: 0 0 2rem #0006;
      color-scheme: light dark; color: light-dark(#1d1b16, #ece8dd); background: light-dark(#fff, #1d1c18);
      font: 15px/1.5 system-ui, sans-serif }
    .build-faults summary { cursor: pointer; font-weight: 600 }
    .build-faults pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace }
  `);
  document.adoptedStyleSheets.push(sheet);
}
