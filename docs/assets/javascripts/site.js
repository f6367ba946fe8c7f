// The shell's buttons and the section list. Every page can be read and used without this file.
(() => {
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);

  const remember = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // Refused: the choice holds for this page.
    }
  };

  const setSize = (size) => {
    if (size) root.dataset.size = size;
    else delete root.dataset.size;
    remember("showcase.size", size);
    showSize();
  };

  const showSize = () => {
    for (const button of all("[data-sc-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.scSize === root.dataset.size));
    }
  };

  const setScheme = (scheme) => {
    root.dataset.scheme = scheme;
    document.getElementById("sc-dark").media = scheme === "dark" ? "screen" : "not all";
    remember("showcase.scheme", scheme);
  };

  const toggles = {
    size: () => setSize(root.dataset.size ? "" : "1"),
    scheme: () => setScheme(root.dataset.scheme === "dark" ? "light" : "dark"),
  };

  for (const button of all("[data-sc-toggle]")) {
    button.addEventListener("click", toggles[button.dataset.scToggle]);
  }
  for (const button of all("[data-sc-size]")) {
    button.addEventListener("click", () => setSize(button.dataset.scSize));
  }
  showSize();

  const menu = document.querySelector(".sc-masthead__menu");
  const setMenu = (open) => menu.setAttribute("aria-expanded", String(open));
  menu.addEventListener("click", () => setMenu(menu.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") {
      setMenu(false);
      menu.focus();
    }
  });

  const sections = document.querySelector("[data-sc-sections]");
  if (!sections) return;

  // Beside the text the list stands open; above it (phones, large text) it starts closed.
  const beside = () => getComputedStyle(sections.parentElement).position === "sticky";
  sections.open = beside();
  matchMedia("(min-width: 1100px)").addEventListener("change", () => {
    sections.open = beside();
  });
  sections.addEventListener("click", (event) => {
    if (event.target.closest("a") && !beside()) sections.open = false;
  });

  const links = new Map();
  for (const link of sections.querySelectorAll("a")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target).setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const target of links.keys()) seen.observe(target);
})();
