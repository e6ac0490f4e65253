// The list of results: for each page that answers, the section that answers best, with some of
// its text; further sections stand where they belong among them.
(search => {
  'use strict';

  // Different pages come first, as many as are seen at a glance.
  const PAGES_FIRST = 3;
  const [LEAST, MOST] = [5, 15];
  // Beyond the least, places that say much less of the query than the best one does are not
  // worth a look.
  const WORTH = 0.12;
  const TEASER = 28;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // How surely each word of the book is what the query says.
  const wanted = meaning => {
    const sure = new Map();
    for (const { ways, together } of meaning.words) {
      const all = [...ways, ...together.flatMap(one => one.terms.map(term => [term, one.sure]))];
      for (const [{ key }, how] of all) sure.set(key, Math.max(how, sure.get(key) ?? 0));
    }
    return sure;
  };

  // The words around the place that has most of what is wanted.
  const passage = (words, sure) => {
    const worth = at => sure.get(words[at].key) ?? 0;
    let [best, start] = [0, 0];
    for (let from = 0; from < words.length; from += 4) {
      const seen = new Set();
      let sum = 0;
      for (let at = from; at < Math.min(from + TEASER, words.length); at += 1) {
        if (worth(at) > 0 && !seen.has(words[at].key)) sum += worth(at) + 1e-3 * (from + TEASER - at);
        seen.add(words[at].key);
      }
      if (sum > best) [best, start] = [sum, from];
    }
    return words.slice(start, start + TEASER);
  };

  const teaser = (text, sure) => {
    const words = passage(search.words(text).filter(word => !word.part), sure);
    const line = element('span', { className: 'teaser' });
    if (words.length === 0) return line;
    let at = words[0].from;
    if (at > 0) line.append('… ');
    for (const { key, from, to } of words) {
      if (!sure.has(key)) continue;
      line.append(text.slice(at, from), element('em', {}, text.slice(from, to)));
      at = to;
    }
    line.append(text.slice(at, words.at(-1).to));
    if (words.at(-1).to < text.length) line.append(' …');
    return line;
  };

  // As they stand in the section, for the page to mark.
  const marks = (section, sure) => {
    const found = new Set();
    const text = `${section.title} ${section.text} ${section.beside}`;
    for (const { key, from, to } of search.words(text)) {
      if (found.size === 8) break;
      if (!sure.has(key)) continue;
      const word = text.slice(from, to);
      found.add(word.toLowerCase().startsWith(key) ? word.slice(0, key.length) : word);
    }
    return [...found].join(' ');
  };

  const link = (section, words, ...children) => {
    const query = words ? `?highlight=${encodeURIComponent(words)}` : '';
    const fragment = section.id ? `#${section.id}` : '';
    return element('a', { href: `${path_to_root}${section.file}${query}${fragment}` }, ...children);
  };

  // A lesson's title has nothing below it but its first section.
  const textOf = (section, library) => {
    const next = library.sections[section.number + 1];
    return section.text || section.beside || (next?.page === section.page ? next.text : '');
  };

  const entry = (section, sure, library) => {
    const heading = section.id ? [' » ', section.title] : [];
    const place = link(section, marks(section, sure), element('b', {}, section.name), ...heading);
    return element('li', {}, place, teaser(textOf(section, library), sure));
  };

  const inOrder = pages => {
    const best = ({ entries: [{ section }], score }) => ({ section, score });
    const further = pages.flatMap(({ entries }) => entries.slice(1));
    const rest = [...pages.slice(PAGES_FIRST).map(best), ...further].sort((a, b) => b.score - a.score);
    return [...pages.slice(0, PAGES_FIRST).map(best), ...rest];
  };

  // The entries for a query, and whether some page has all of its words.
  search.results = (library, query) => {
    const { pages, meaning, all } = search.rank(library, query);
    const places = inOrder(pages);
    const worth = places.filter((place, at) => at < LEAST || place.score > places[0].score * WORTH).slice(0, MOST);
    const sure = wanted(meaning);
    return { items: worth.map(({ section }) => entry(section, sure, library)), all };
  };
})(window.bookSearch ??= {});
