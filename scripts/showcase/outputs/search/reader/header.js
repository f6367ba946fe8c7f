/*
 * The search in the header of every page: a dialog with a combobox. It is a template until it is
 * opened for the first time, and its opener is a link to /explore/, for browsers without scripts.
 */

const DIALOG_HITS = 8;
/** What opens the search: the link in the header. */
const OPENERS = "[data-search-open]";

class SearchDialog {
  constructor(template) {
    this.dialog = template.content.firstElementChild.cloneNode(true);
    this.input = this.dialog.querySelector("input[type=search]");
    this.form = this.dialog.querySelector("form");
    this.list = part(this.dialog, "options");
    this.status = part(this.dialog, "message");
    this.option = part(this.dialog, "option");
    this.active = -1;
    this.update = oneAtATime((outdated) => this.run(outdated));
    this.form.action = pageAddress("explore/");
    part(this.dialog, "all").href = pageAddress("explore/");
    document.body.appendChild(this.dialog);
    this.listen();
  }

  listen() {
    onTyping(this.input, () => this.update());
    this.dialog.addEventListener("keydown", (event) => this.pressed(event));
    part(this.dialog, "close").addEventListener("click", () => this.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
  }

  open(opener) {
    this.opener = opener;
    this.dialog.hidden = false;
    document.documentElement.classList.add("sc-searching");
    this.input.select();
    this.input.focus();
    // What the first query needs comes while the reader types it.
    loadManifest().catch(() => this.say(WORDING.unavailable));
  }

  close() {
    this.dialog.hidden = true;
    this.activate(-1);
    document.documentElement.classList.remove("sc-searching");
    if (this.opener) this.opener.focus();
  }

  say(message) {
    this.status.textContent = message;
  }

  run(outdated) {
    const text = this.input.value.trim();
    part(this.dialog, "all").href =
      pageAddress("explore/") + (text ? "?q=" + encodeURIComponent(text) : "");
    if (!text) {
      this.show([], []);
      this.say("");
      return Promise.resolve();
    }
    return search(text, { limit: DIALOG_HITS })
      .then((answer) => {
        if (outdated()) return null;
        const first = answer.results.slice(0, answer.first).map((result) => result.data());
        return Promise.all(first).then((records) => {
          if (outdated()) return;
          this.show(records, answer.pieces);
          this.say(messageOf(answer, text, false));
        });
      })
      .catch(() => {
        this.show([], []);
        this.say(WORDING.unavailable);
      });
  }

  show(records, query) {
    this.list.textContent = "";
    records.forEach((record, at) => {
      const option = hitOf(this.option, record, query);
      option.id = "sc-search-option-" + at;
      this.list.appendChild(option);
    });
    this.list.hidden = !records.length;
    this.input.setAttribute("aria-expanded", String(records.length > 0));
    this.activate(-1);
  }

  /** Makes one option the active one; -1 for none. The focus stays in the input. */
  activate(at) {
    const options = Array.from(this.list.children);
    this.active = at;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (isComposing(event)) return;
    const count = this.list.children.length;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab") {
      this.keepFocus(event);
    } else if (event.target === this.input && count && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: none, so that Enter means the text again.
      this.activate(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.target === this.input && event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.list.children[this.active].click();
    }
  }

  /** Lets Tab go round within the dialog. */
  keepFocus(event) {
    const stops = Array.from(this.dialog.querySelectorAll("input, button, a[href]")).filter(
      (element) => element.tabIndex >= 0 && !element.hidden
    );
    const last = stops[stops.length - 1];
    const edge = event.shiftKey ? stops[0] : last;
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? last : stops[0]).focus();
  }
}

/** Makes the links to /explore/ in the header open the dialog. */
function startHeader() {
  const template = part(document, "dialog");
  if (!template) return;
  let dialog = null;
  const open = (opener) => {
    dialog = dialog || new SearchDialog(template);
    dialog.open(opener);
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest(OPENERS);
    if (!opener || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(opener);
  });
  onSlash(() => open(document.querySelector(OPENERS)));
}

/** On /explore/ the page itself is the search: what opens the dialog elsewhere leads to its input. */
function start() {
  if (!startExplore()) {
    startHeader();
    return;
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest(OPENERS)) return;
    event.preventDefault();
    part(document, "form").querySelector("input[type=search]").focus();
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
