// Puts the reader's choices in force before anything is painted: text size and colours.
// Blocking and small on purpose. site.js holds the buttons.
(() => {
  const root = document.documentElement;
  const dark = document.getElementById("sc-dark");
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Storage may be refused (private windows, embedded browsers): then a choice lasts one page.
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const apply = () => {
    const size = read("showcase.size");
    if (/^[123]$/.test(size)) root.dataset.size = size;
    const chosen = read("showcase.scheme");
    const scheme = /^(light|dark)$/.test(chosen) ? chosen : system.matches ? "dark" : "light";
    root.dataset.scheme = scheme;
    dark.media = scheme === "dark" ? "screen" : "not all";
  };

  root.classList.replace("no-js", "js");
  apply();
  system.addEventListener("change", apply);
})();
