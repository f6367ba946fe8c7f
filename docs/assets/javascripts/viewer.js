// Opens a page's pictures in place: arrow keys, swipes, buttons; Escape or Back closes. Every picture
// is a link to its largest copy, so without this file nothing is lost.
(() => {
  const viewer = document.querySelector("[data-sc-viewer]");
  if (!viewer || !viewer.showModal) return;
  const links = [...document.querySelectorAll("a.sc-photo__link")];
  // Made here: a picture without an address is no HTML.
  const picture = document.createElement("img");
  picture.className = "sc-viewer__picture";
  picture.alt = "";
  viewer.querySelector(".sc-viewer__figure").prepend(picture);
  const count = viewer.querySelector(".sc-viewer__count");
  const caption = viewer.querySelector(".sc-viewer__caption");
  const steps = viewer.querySelectorAll("[data-sc-step]");
  let at = 0;
  let from = null;
  let pushed = false;

  // The largest copy this browser can show: it chose WebP for the page, or it did not.
  const address = (link) => {
    const source = link.querySelector("source");
    const shown = link.querySelector("img").currentSrc;
    if (!source || !/\.webp$/.test(shown)) return link.href;
    return source.srcset.split(", ").pop().split(" ")[0];
  };

  const show = (index) => {
    at = (index + links.length) % links.length;
    const link = links[at];
    const small = link.querySelector("img");
    const words = link.parentElement.querySelector("figcaption");
    picture.removeAttribute("src");
    picture.width = small.getAttribute("width");
    picture.height = small.getAttribute("height");
    picture.alt = small.alt;
    picture.src = address(link);
    count.textContent = links.length > 1 ? `${at + 1}／${links.length}` : "";
    caption.textContent = words
      ? [...words.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join("　")
      : small.alt;
    if (links.length > 1) new Image().src = address(links[(at + 1) % links.length]);
  };

  const open = (link) => {
    from = link;
    for (const button of steps) button.hidden = links.length < 2;
    show(links.indexOf(link));
    viewer.showModal();
    viewer.querySelector("[data-sc-close]").focus();
    // A phone's Back closes the picture, not the page.
    history.pushState({ viewer: true }, "");
    pushed = true;
  };

  for (const link of links) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(link);
    });
  }

  viewer.addEventListener("close", () => {
    picture.removeAttribute("src");
    if (pushed) {
      pushed = false;
      history.back();
    }
    // To the picture that was looked at last, so that the reader goes on from there.
    (links[at] || from).focus();
  });
  addEventListener("popstate", () => {
    if (!viewer.open) return;
    pushed = false;
    viewer.close();
  });

  viewer.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && links.length > 1) {
      event.preventDefault();
      show(at + step);
    }
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      show(event.key === "Home" ? 0 : links.length - 1);
    }
  });
  for (const button of steps) {
    button.addEventListener("click", () => show(at + Number(button.dataset.scStep)));
  }
  viewer.querySelector("[data-sc-close]").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => {
    if (event.target === viewer || event.target.classList.contains("sc-viewer__figure")) viewer.close();
  });

  let start = null;
  viewer.addEventListener("touchstart", (event) => {
    start = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  viewer.addEventListener("touchend", (event) => {
    // Someone who has zoomed in moves the picture, and does not turn the page.
    if (!start || links.length < 2 || (window.visualViewport && visualViewport.scale > 1.05)) return;
    const end = event.changedTouches[0];
    const across = end.clientX - start.clientX;
    if (Math.abs(across) > 48 && Math.abs(across) > 2 * Math.abs(end.clientY - start.clientY)) {
      show(at + (across < 0 ? 1 : -1));
    }
    start = null;
  }, { passive: true });
})();
