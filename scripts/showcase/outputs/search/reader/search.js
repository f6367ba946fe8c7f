/*
 * The search itself: `showcaseSearch.search(query, {filters, sort, limit})`, in the manner of
 * Pagefind's, so that either can take the other's place.
 */

/** So many records are fetched and looked at before an answer is given. */
const FIRST_HITS = 10;
/** Of a long query's hits so many are looked at first: if they are wrong, the rest is not fetched. */
const PROBE = 2;

/**
 * @param {string} text what was typed; may be empty, to browse by filters
 * @param {{filters?: Object<string, string>, sort?: "relevance"|"date", limit?: number}} options
 * @returns {Promise<{results: {id: number, data: function(): Promise}[], total: number,
 *   exact: boolean, near: boolean, pieces: Object[], filters: Object[]|null}>}
 *   `exact`: whether `total` was counted to the end; `near`: whether nothing has all that was
 *   typed and these come nearest; `filters`: counts, if the facets are loaded
 */
function search(text, options) {
  const wanted = Object.assign({ filters: {}, sort: "relevance", limit: FIRST_HITS }, options);
  return attempt(text, wanted, false).catch((fault) => {
    // Of an index that was replaced by a smaller one, files are also gone.
    const replaced = fault instanceof StaleIndex || fault instanceof Unavailable;
    if (!replaced || !store.manifest) throw fault;
    forget();
    return attempt(text, wanted, true);
  });
}

function attempt(text, wanted, fresh) {
  return loadManifest(fresh).then(() => {
    const filtering = Object.keys(wanted.filters).some((name) => wanted.filters[name]);
    const query = pieces(text);
    const browsing = !query.length;
    const facets = filtering || browsing ? loadFacets() : null;
    const found = browsing ? everything() : candidates(query, wanted, facets);
    return Promise.all([found, facets]).then(([answer]) => finish(answer, query, wanted));
  });
}

/** All records, the newest first. */
function everything() {
  const ids = Array.from({ length: store.manifest.count }, (_, id) => id);
  return { ids, exact: true, near: false };
}

/** Sorts and filters what was found, and counts. */
function finish(answer, query, wanted) {
  const facets = isLoaded(["facets"]) ? store.arrived.get("facets").value : null;
  const tests = facets ? testsOf(facets, wanted.filters) : {};
  const ids = passing(answer.ids, tests);
  if (wanted.sort === "date") ids.sort((a, b) => a - b);
  return {
    results: ids.map((id) => ({ id, data: () => loadRecord(id) })),
    total: ids.length,
    exact: answer.exact,
    near: answer.near,
    pieces: query,
    filters: facets ? countsOf(facets, answer.ids, tests) : null,
  };
}

/** What `query` finds: `{ids, exact, near}`, best first. */
function candidates(query, wanted, facets) {
  if (query.length === 1 && query[0].single) return byCharacter(query);
  const letters = typedPinyin(query);
  const first = plan(query, ASKING[0]);
  if (!first.terms.length) return byCharacter(query);
  return Promise.all([tally(query, first.terms), letters ? byPinyin(letters) : [], facets]).then(
    ([result, spelt, loaded]) => {
      const ids = result.all();
      const sounding = spelt.filter((id) => !(result.terms[id] >= result.asked));
      if (sounding.length) {
        // The sounds are for marking what was meant.
        query[0].spelt = [letters];
        const all = { ids: ids.concat(sounding), exact: true, near: false };
        return loadSounds().then(() => all);
      }
      if (!ids.length) return nearest(query);
      const tests = loaded ? testsOf(loaded, wanted.filters) : {};
      const shown = (found) => {
        const kept = passing(found, tests);
        return wanted.sort === "date" ? kept.sort((a, b) => a - b) : kept;
      };
      return checked(query, result, 0, (found) => shown(found).slice(0, wanted.limit));
    }
  );
}

function byCharacter(query) {
  return characterTally(query[0].text).then(({ tally: result, more }) => {
    const ids = result.all();
    return ids.length ? { ids, exact: !more, near: false } : nearest(query);
  });
}

/**
 * Looks at the texts of the first hits: does what was typed stand there, or only its parts, apart?
 * If they are apart and not all was asked for yet, more is, unless the record of that name is
 * there. What remains apart goes behind the others.
 * @param {function(number[]): number[]} shown the first hits of those found, as they will be shown
 */
function checked(query, result, stage, shown) {
  const ids = result.all();
  const first = shown(ids);
  const { partial } = plan(query, ASKING[stage]);
  const more = partial && !result.named;
  const apartOf = (records) => records.filter((record) => !matchesAll(record, query));
  return Promise.all((more ? first.slice(0, PROBE) : first).map(loadRecord))
    .then((records) => (more && apartOf(records).length ? null : Promise.all(first.map(loadRecord))))
    .then((records) => {
      const apart = records ? apartOf(records).map(({ id }) => id) : [];
      if (more && (!records || apart.length)) {
        return tally(query, plan(query, ASKING[stage + 1]).terms).then((next) =>
          next.all().length ? checked(query, next, stage + 1, shown) : nearest(query)
        );
      }
      const exact = !partial || (!apart.length && records.length === ids.length);
      return { ids: behind(ids, records, apart), exact, near: false };
    });
}

/** `ids` with those of the first `records` that are `apart` behind the others of them. */
function behind(ids, records, apart) {
  const looked = records.map(({ id }) => id);
  const order = looked.filter((id) => apart.indexOf(id) < 0).concat(apart);
  return ids.map((id) => (looked.indexOf(id) < 0 ? id : order.shift()));
}

/** Records that come near: those that have a good part of it, else of the same sound first. */
function nearest(query) {
  return tally(query, plan(query, NEAR_PAIRS).terms, gapsOf(query)).then((result) => {
    const parts = result.near(NEAR_SHARE);
    if (result.near(GOOD_SHARE).length) return { ids: parts, exact: true, near: true };
    return byHomophone(query).then((sounding) => {
      const others = parts.filter((id) => sounding.indexOf(id) < 0);
      return { ids: sounding.concat(others), exact: true, near: true };
    });
  });
}

window.showcaseSearch = Object.assign(receive, { search });
