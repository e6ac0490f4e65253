// Which pages answer a query, the best first, each with its sections in that order: those that
// have all of its words before those that have some.
(search => {
  'use strict';

  // How much of a section's worth is its page's: what its other sections say of the query.
  const OF_PAGE = 0.35;

  // For one word of the query: in which sections it is meant, and how strongly.
  const strengths = meant => {
    const found = new Map();
    const raise = (section, strength) => {
      if ((found.get(section) ?? 0) < strength) found.set(section, strength);
    };
    for (const [term, sure] of meant.ways) {
      for (const [section, weight] of term.places) raise(section, sure * weight);
    }
    for (const { terms, sure } of meant.together) {
      for (const section of terms[0].places.keys()) {
        const weights = terms.map(term => term.places.get(section) ?? 0);
        raise(section, sure * Math.min(...weights));
      }
    }
    return found;
  };

  // How surely one of the query's words stands for a word of a phrase.
  const likeness = (meant, term, loose) => (meant.word.key === term.key ? 1 : Math.max(
    meant.ways.get(term) ?? 0,
    meant.word.loose === loose ? 0.85 : 0,
  ));

  const rank = (library, query) => {
    const meaning = new search.Meaning(library, query);
    const words = meaning.words.map(meant => ({ meant, places: strengths(meant) }));
    if (words.length === 0) return { pages: [], meaning, all: false };
    const count = library.sections.length;
    // A word that stands everywhere tells little.
    for (const word of words) word.rare = Math.log(1 + count / (1 + word.places.size));
    const whole = words.reduce((sum, word) => sum + word.rare, 0);

    const told = new Map();
    for (const { section, weight, terms, loose } of library.phrases) {
      let [said, worth] = [0, 0];
      const open = new Set(terms.keys());
      for (const { meant, rare } of words) {
        let [best, where] = [0, -1];
        for (const at of open) {
          const like = likeness(meant, terms[at], loose[at]);
          if (like > best) [best, where] = [like, at];
        }
        if (where < 0) continue;
        open.delete(where);
        said += best;
        worth += best * rare;
      }
      if (said === 0) continue;
      const score = weight * worth * (said / terms.length) ** 1.5 * (worth / whole);
      if ((told.get(section) ?? 0) < score) told.set(section, score);
    }

    const pages = new Map();
    for (const section of library.sections) {
      const found = words.map(word => word.places.get(section.number) ?? 0);
      const phrase = told.get(section.number) ?? 0;
      if (phrase === 0 && found.every(strength => strength === 0)) continue;
      const worth = words.reduce((sum, word, at) => sum + word.rare * found[at], 0);
      const covered = words.reduce((sum, word, at) => sum + (found[at] > 0 ? word.rare : 0), 0) / whole;
      const entry = { section, score: worth * covered + phrase, all: found.every(Boolean) };
      let page = pages.get(section.page);
      if (!page) pages.set(section.page, page = { entries: [], best: words.map(() => 0) });
      page.entries.push(entry);
      found.forEach((strength, at) => { page.best[at] = Math.max(page.best[at], strength); });
    }
    for (const page of pages.values()) {
      page.entries.sort((a, b) => b.score - a.score);
      const worth = words.reduce((sum, word, at) => sum + word.rare * page.best[at], 0);
      const covered = words.reduce((sum, word, at) => sum + (page.best[at] > 0 ? word.rare : 0), 0) / whole;
      page.score = page.entries[0].score + OF_PAGE * worth * covered ** 2;
      page.all = page.best.every(Boolean);
    }
    const ordered = [...pages.values()].sort((a, b) => b.score - a.score);
    return { pages: ordered, meaning, all: ordered.some(page => page.all) };
  };

  search.rank = rank;
})(window.bookSearch ??= {});
