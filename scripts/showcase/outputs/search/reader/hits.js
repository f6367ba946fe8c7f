/* Shows hits. All HTML stands in templates of `overrides/`; here it is filled, never written. */

const WORDING = {
  found: (count, exact) => (exact ? `找到 ${count} 条。` : `找到约 ${count} 条。`),
  browsing: (count) => `共 ${count} 条，新的在前。`,
  near: "没有完全相符的内容，下面是最接近的。",
  nothing: (text) => `没有找到“${text}”。可以换一个说法，或者从目录进入。`,
  nothingChosen: "没有同时符合这些条件的内容。",
  unavailable: "查找暂时用不了，请从目录进入。",
  all: "全部",
};

/** The first element within `scope` with the data attribute `data-search-<name>`. */
function part(scope, name) {
  return scope.querySelector("[data-search-" + name + "]");
}

/** Fills `element` with segments; what is marked stands in `<mark>`. */
function showSegments(element, parts) {
  element.textContent = "";
  parts.forEach(({ text, marked }) => {
    if (!marked) {
      element.appendChild(document.createTextNode(text));
      return;
    }
    const mark = document.createElement("mark");
    mark.textContent = text;
    element.appendChild(mark);
  });
}

/** The address of a page of the site; a folder has no index page when it is read as a file. */
function pageAddress(url) {
  const address = root + url;
  return location.protocol === "file:" && /\/$/.test(address) ? address + "index.html" : address;
}

/** One hit from `template`: whatever of title, kind, date and snippet the template has room for. */
function hitOf(template, record, query) {
  const hit = template.content.firstElementChild.cloneNode(true);
  const fill = (name, show) => {
    const element = part(hit, name);
    if (element) show(element);
  };
  const plain = (text) => (element) => {
    element.textContent = text;
    element.hidden = !text;
  };
  hit.setAttribute("data-record", record.key);
  const link = hit.matches("a") ? hit : hit.querySelector("a");
  link.href = pageAddress(record.url);
  const title = normalField(record, "title");
  fill("title", (element) => showSegments(element, markedField(record.title, title, query, true)));
  fill("kind", plain(record.kind));
  fill("when", plain(record.when));
  fill("snippet", (element) => showSegments(element, snippetOf(record, query)));
  return hit;
}

/** What to say about `answer`. */
function messageOf(answer, text, filtered) {
  if (!answer.total) return filtered ? WORDING.nothingChosen : WORDING.nothing(text.trim());
  if (answer.near) return WORDING.near;
  return answer.pieces.length
    ? WORDING.found(answer.total, answer.exact)
    : WORDING.browsing(answer.total);
}

/**
 * Runs searches one at a time: while one is under way the newest wish waits, older ones are
 * dropped. So nothing piles up on a slow line, and a quick one waits for nothing.
 * @param {function(): Promise} act one search, for what is wanted at that moment
 * @returns {function()} to be called at each change
 */
function oneAtATime(act) {
  let running = false;
  let again = false;
  const run = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    const next = () => {
      running = false;
      if (again) run();
    };
    act(() => again).then(next, next);
  };
  return run;
}

/**
 * Calls `changed` when the text of `input` changes, but not while an input method composes: what
 * stands there then is half-typed pinyin and not yet text.
 */
function onTyping(input, changed) {
  let composing = false;
  let last = input.value;
  const look = () => {
    if (composing || input.value === last) return;
    last = input.value;
    changed();
  };
  input.addEventListener("compositionstart", () => {
    composing = true;
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    look();
  });
  input.addEventListener("input", look);
}

/** Whether a key belongs to an input method that composes. */
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Calls `act` for the key `/`, unless it is being typed somewhere. */
function onSlash(act) {
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isComposing(event) || event.defaultPrevented) return;
    event.preventDefault();
    act();
  });
}
