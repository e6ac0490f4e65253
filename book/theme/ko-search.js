// Search for the Korean edition. mdBook builds its index for English: it keeps
// ASCII letters only, so a Korean word is never found. The index file also
// carries each section's text, though, and that is what this searches, word by
// word of the query, anywhere in the text. The rest (the search bar, the list of
// results, the addresses) stays mdBook's.
(() => {
  'use strict';

  // Not for the English edition; and this file is loaded twice (see head.hbs).
  const korean = document.documentElement.lang === 'ko';
  if (!korean || Object.hasOwn(window, 'elasticlunr')) return;

  // One text, one spelling: a Mac may hand over Hangul in single letters.
  const normal = text => text.normalize('NFC').toLowerCase();
  const words = text => normal(text).split(/\s+/).filter(Boolean);

  // What may follow a noun: endings that make a verb of it, and particles.
  const ENDING = new RegExp(
    '(?:' + [
      '(?:하|되)(?:는|다|고|면|며|기|지|지만|려면|려고|도록|였다|었다)', '합니다', '됩니다', '했다', '됐다',
      '한다', '된다', '하여', '되어', '해서', '돼서', '했습니다', '됐습니다', '되었습니다',
      '에서는', '에서도', '에게서', '으로부터', '로부터', '이라고', '이라는', '이라도', '까지', '부터',
      '에서', '에게', '에는', '에도', '으로', '라고', '라는', '처럼', '보다', '마다', '들은', '들이', '들을',
      '들의', '이나', '이란', '은', '는', '이', '가', '을', '를', '의', '에', '와', '과', '도', '로', '만',
    ].join('|') + ')$');

  // The noun in a word of a query, if two syllables or more of it are left.
  const noun = word => {
    const bare = word.replace(ENDING, '');
    return bare.length >= 2 && /[가-힣]$/.test(bare) ? bare : word;
  };

  const count = (text, part) => text.split(part).length - 1;

  // How well one word fits one section; 0 if it does not occur there at all. A
  // heading tells more than the text below it, and a text that repeats a word
  // is about it, up to a point. The word as typed counts more than its noun.
  const fit = (section, word) => {
    const part = noun(word);
    const body = count(section.body, part);
    const found = 20 * Math.min(count(section.title, part), 1)
      + 5 * Math.min(count(section.crumbs, part), 1)
      + Math.min(body, 8);
    if (found === 0) return 0;
    const heading = section.title === part || section.title === word ? 20 : 0;
    const typed = part !== word && (section.title + section.body).includes(word) ? 3 : 0;
    return found + heading + typed;
  };

  // In place of elasticlunr's index: the same method, the same results.
  const load = index => {
    const sections = Object.values(index.documentStore.docs).map(doc => ({
      doc,
      title: normal(doc.title),
      crumbs: normal(doc.breadcrumbs),
      body: normal(doc.body),
    }));
    return {
      search(query) {
        const wanted = words(query);
        return sections
          .map(section => ({ section, fits: wanted.map(word => fit(section, word)) }))
          .filter(({ fits }) => fits.length > 0 && fits.every(Boolean))
          .map(({ section, fits }) => ({
            ref: section.doc.id,
            doc: section.doc,
            score: fits.reduce((sum, one) => sum + one),
          }))
          .sort((a, b) => b.score - a.score);
      },
    };
  };

  // elasticlunr sets `window.elasticlunr` when it loads. That is the moment to
  // put our `load` in its place, before anybody can have called the other one.
  Object.defineProperty(window, 'elasticlunr', {
    configurable: true,
    set(library) {
      library.Index.load = load;
      // Also used to find a query's words in the lines shown below a result.
      const english = library.stemmer;
      library.stemmer = word => (/[가-힣]/.test(word) ? noun(normal(word)) : english(word));
      Object.defineProperty(window, 'elasticlunr', { value: library, writable: true });
    },
  });

  // A result's address asks for the query's words to be marked in the page. The
  // page may have them with another particle, so mark the nouns.
  const address = new URL(location.href);
  const marked = address.searchParams.get('highlight');
  if (marked) {
    address.search = '?highlight=' + encodeURIComponent(words(marked).map(noun).join(' '));
    history.replaceState(history.state, '', address);
  }
})();
