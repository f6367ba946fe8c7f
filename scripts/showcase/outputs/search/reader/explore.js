/*
 * The page /explore/: everything it shows follows from its address, `?q=…&kind=…&place=…&theme=…
 * &year=…&honour=…&sort=…`, so that Back and a link sent to others bring back the same.
 */

const PAGE_OF_HITS = 10;

/** Brings the page to life, if this is it. */
function startExplore() {
  const page = part(document, "page");
  if (!page) return false;
  new Explore(page).start();
  return true;
}

class Explore {
  constructor(page) {
    this.page = page;
    this.form = part(page, "form");
    this.input = this.form.querySelector("input[type=search]");
    this.region = page.querySelector("[data-search-state]");
    this.list = part(page, "hits");
    this.status = part(page, "status");
    this.more = part(page, "more");
    this.panel = part(page, "filters");
    this.template = part(page, "hit");
    this.selects = Array.from(this.form.querySelectorAll("select[name]"));
    this.answer = null;
    /** Whether the newest entry of the history is a state that Back should bring back. */
    this.settled = true;
    this.update = oneAtATime((outdated) => this.run(outdated));
  }

  start() {
    this.form.hidden = false;
    onTyping(this.input, () => this.changed(false));
    this.input.addEventListener("change", () => (this.settled = true));
    this.selects.forEach((select) => select.addEventListener("change", () => this.changed(true)));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed(true);
    });
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.restore("");
      this.changed(true);
      this.input.focus();
    });
    this.panel.addEventListener("toggle", () => this.panel.open && this.begin());
    this.more.addEventListener("click", () => this.showMore());
    this.page.addEventListener("keydown", (event) => this.walk(event));
    window.addEventListener("popstate", () => {
      this.restore(location.search);
      this.begin();
    });
    onSlash(() => this.input.select());
    this.restore(location.search);
    this.begin();
  }

  /** The state of the form: `{q, filters, sort}`. */
  state() {
    const filters = {};
    let sort = "relevance";
    this.selects.forEach(({ name, value }) => {
      if (name === "sort") sort = value || sort;
      else if (value) filters[name] = value;
    });
    return { q: this.input.value, filters, sort };
  }

  /** Sets the form to an address. */
  restore(address) {
    const parameters = new URLSearchParams(address);
    this.input.value = parameters.get("q") || "";
    this.selects.forEach((select) => choose(select, parameters.get(select.name) || ""));
    const { filters, sort } = this.state();
    if (Object.keys(filters).length || sort !== "relevance") this.panel.open = true;
  }

  /** After a change by the reader: keeps the address in step, and searches. */
  changed(settled) {
    const parameters = new URLSearchParams();
    const { q, filters, sort } = this.state();
    if (q.trim()) parameters.set("q", q);
    Object.keys(filters).forEach((name) => parameters.set(name, filters[name]));
    if (sort !== "relevance") parameters.set("sort", sort);
    const address = location.pathname + (parameters.toString() ? "?" + parameters : "");
    if (address !== location.pathname + location.search) {
      // Typing makes one entry in the history, not one for each letter.
      if (this.settled || settled) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    }
    this.settled = settled;
    this.begin();
  }

  /** Shows that a search is wanted, and has it run. */
  begin() {
    this.region.setAttribute("data-search-state", "loading");
    this.list.setAttribute("aria-busy", "true");
    this.update();
  }

  run(outdated) {
    const { q, filters, sort } = this.state();
    const asked = q.trim() || Object.keys(filters).length;
    if (!asked && !this.panel.open) {
      this.show(null, [], "");
      this.finish("idle");
      return Promise.resolve();
    }
    const wanted = this.panel.open ? loadManifest().then(loadFacets) : Promise.resolve();
    return wanted
      .then(() => search(q, { filters, sort, limit: PAGE_OF_HITS }))
      .then((answer) => {
        if (outdated()) return null;
        const first = answer.results.slice(0, answer.first).map((result) => result.data());
        return Promise.all(first).then((records) => {
          if (outdated()) return;
          this.show(answer, records, messageOf(answer, q, Object.keys(filters).length > 0));
          this.finish("done");
        });
      })
      .catch((fault) => {
        if (outdated()) return;
        this.show(null, [], WORDING.unavailable);
        this.region.setAttribute("data-search-failed", fault.message);
        this.finish("done");
      });
  }

  finish(state) {
    this.list.setAttribute("aria-busy", "false");
    this.region.setAttribute("data-search-state", state);
  }

  /** Shows an answer with its first records, in place of what was shown. */
  show(answer, records, message) {
    this.answer = answer;
    this.list.textContent = "";
    this.region.removeAttribute("data-search-failed");
    this.region.removeAttribute("data-search-near");
    if (answer && answer.near) this.region.setAttribute("data-search-near", "");
    this.status.textContent = message;
    this.append(records);
    if (answer && answer.filters) this.showCounts(answer.filters);
  }

  append(records) {
    records.forEach((record) =>
      this.list.appendChild(hitOf(this.template, record, this.answer.pieces))
    );
    this.more.hidden = !this.answer || this.list.children.length >= this.answer.total;
  }

  /** The next hits below those shown; the focus goes to the first of them. */
  showMore() {
    const answer = this.answer;
    const shown = this.list.children.length;
    const next = answer.results.slice(shown, shown + PAGE_OF_HITS).map((result) => result.data());
    Promise.all(next).then(
      (records) => {
        if (answer !== this.answer) return;
        this.append(records);
        this.list.children[shown].querySelector("a").focus();
      },
      () => (this.status.textContent = WORDING.unavailable)
    );
  }

  /** The values that would find something, each with how much. */
  showCounts(facets) {
    facets.forEach(({ name, values }) => {
      const select = this.selects.find((element) => element.name === name);
      if (!select) return;
      const chosen = select.value;
      select.textContent = "";
      select.add(new Option(WORDING.all, ""));
      values.forEach(({ title, count }) => {
        if (count || title === chosen) select.add(new Option(`${title}（${count}）`, title));
      });
      choose(select, chosen);
    });
  }

  /** Up and down between the input and the hits. */
  walk(event) {
    if (isComposing(event) || !/^Arrow(Up|Down)$/.test(event.key)) return;
    if (event.target.tagName === "SELECT") return;
    const stops = [this.input].concat(Array.from(this.list.querySelectorAll("a[href]")));
    const at = stops.indexOf(event.target);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
}

/** Chooses `value`, which may not have come yet. */
function choose(select, value) {
  if (value && !Array.from(select.options).some((option) => option.value === value)) {
    select.add(new Option(value, value));
  }
  select.value = value;
}
