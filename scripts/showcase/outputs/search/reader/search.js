/*
 * The search itself: `showcaseSearch.search(query, {filters, sort, limit})`, in the manner of
 * Pagefind's, so that either can take the other's place.
 */

/** So many records are fetched and looked at before an answer is given. */
const FIRST_HITS = 10;
/** Of a long query's hits so many are looked at first: if they are wrong, the rest is not fetched. */
const PROBE = 2;
/** Pairs that stand together in so many times more records than by chance are a phrase. */
const BEYOND_CHANCE = 4;
/** Of hits that only come near, or were found by sound, so many are shown at first. */
const FIRST_NEAR = 5;
const FIRST_SOUNDING = 9;

/**
 * @param {string} text what was typed; may be empty, to browse by filters
 * @param {{filters?: Object<string, string>, sort?: "relevance"|"date", limit?: number}} options
 * @returns {Promise<{results: {id: number, data: function(): Promise}[], total: number,
 *   exact: boolean, near: boolean, first: number, pieces: Object[], filters: Object[]|null}>}
 *   `exact`: whether `total` was counted to the end; `near`: whether nothing has all that was
 *   typed and these come nearest; `filters`: counts, if the facets are loaded;
 *   `first`: how many to show at first
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
  const { count } = store.manifest;
  const ids = Array.from({ length: count }, (_, at) => count - 1 - at);
  return { ids, exact: true, near: false };
}

/** Sorts and filters what was found, and counts. */
function finish(answer, query, wanted) {
  const facets = isLoaded(["facets"]) ? store.arrived.get("facets").value : null;
  const tests = facets ? testsOf(facets, wanted.filters) : {};
  const ids = passing(answer.ids, tests);
  if (wanted.sort === "date") ids.sort((a, b) => b - a);
  return {
    results: ids.map((id) => ({ id, data: () => loadRecord(id) })),
    total: ids.length,
    exact: answer.exact,
    near: answer.near,
    first: Math.min(wanted.limit, answer.first || FIRST_HITS),
    pieces: query,
    filters: facets ? countsOf(facets, answer.ids, tests) : null,
  };
}

/** What `query` finds: `{ids, exact, near}`, best first. */
function candidates(query, wanted, facets) {
  const letters = typedPinyin(query);
  // With filters one pair less: the list of filters is a request too.
  const asking = facets ? [1].concat(ASKING.slice(1)) : ASKING;
  const first = plan(query, asking[0]);
  return Promise.all([tally(query, first.terms), letters ? byPinyin(letters) : [], facets]).then(
    ([result, spelt, loaded]) => {
      const ids = result.all();
      const sounding = spelt.filter((id) => !(result.terms[id] >= result.asked));
      if (sounding.length) return sounded(query, letters, ids.concat(sounding));
      if (!ids.length) {
        return (letters ? byMixedPinyin(letters) : Promise.resolve([])).then((mixed) =>
          mixed.length
            ? sounded(query, letters, mixed).then((found) =>
                Object.assign(found, { first: FIRST_NEAR })
              )
            : nearest(query)
        );
      }
      const tests = loaded ? testsOf(loaded, wanted.filters) : {};
      const shown = (found) => {
        const kept = passing(found, tests);
        return wanted.sort === "date" ? kept.sort((a, b) => b - a) : kept;
      };
      return checked(query, result, asking, shown, wanted.limit);
    }
  );
}

/** Hits by the sound of their names. The sounds are for marking what was meant. */
function sounded(query, letters, ids) {
  query[0].spelt = [letters];
  return loadSounds().then(() => ({ ids, exact: true, near: false, first: FIRST_SOUNDING }));
}

/**
 * Looks at the texts of the first hits: does what was typed stand there, or only its parts, apart?
 * If not all was asked for yet and the parts are apart, or so many records have them as would by
 * chance, more is asked for, unless the first hit has that very name. What remains apart goes behind
 * the others.
 * @param {number[]} asking how many pairs were asked for, and will be
 * @param {function(number[]): number[]} shown those found, as they will be shown
 * @param {number} limit so many of them are shown
 */
function checked(query, result, asking, shown, limit) {
  const ids = result.all();
  const hits = shown(ids);
  const first = hits.slice(0, limit);
  const { partial } = plan(query, asking[0]);
  const more = partial && asking.length > 1;
  const next = () =>
    tally(query, plan(query, asking[1]).terms).then((better) =>
      better.all().length
        ? checked(query, better, asking.slice(1), shown, limit)
        : nearest(query)
    );
  const apartOf = (records) => records.filter((record) => !matchesAll(record, query));
  const load = (some) => Promise.all(some.map(loadRecord));
  const chance = hits.length > limit && ids.length < result.expected * BEYOND_CHANCE;
  if (more && chance && !result.named) return next();
  return load(more ? first.slice(0, result.named ? 1 : PROBE) : [])
    .then((probe) => (apartOf(probe).length ? null : load(first)))
    .then((records) => {
      const apart = records ? apartOf(records).map(({ id }) => id) : [];
      const unsure = !result.named && apart.length && hits.length > limit;
      if (more && (!records || unsure)) return next();
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
  const answer = (ids) => ({ ids, exact: true, near: true, first: FIRST_NEAR });
  // Of four characters the ends are enough: one wrong character leaves one of them.
  const most = query.length === 1 && query[0].text.length === SHORT_NAME ? 2 : NEAR_PAIRS;
  return tally(query, plan(query, most).terms, gapsOf(query)).then((result) => {
    const parts = result.near(NEAR_SHARE);
    if (result.near(GOOD_SHARE).length) return answer(parts);
    return byHomophone(query).then((sounding) =>
      answer(sounding.concat(parts.filter((id) => sounding.indexOf(id) < 0)))
    );
  });
}

window.showcaseSearch = Object.assign(receive, { search });
