// The book, as the search reads it: which word stands in which section, and how prominently.
// Made once, of searchindex.js, when somebody wants to search.
(search => {
  'use strict';

  // How much a word tells of the section that it stands in.
  const WEIGHT = { title: 6, page: 2, text: 1, beside: 0.35 };
  // A lead is what somebody who knows the book has said of a section.
  const TOLD = { lead: 5, title: 1.6 };

  class Library {
    constructor({ pages, leads, same, passing }) {
      this.terms = new Map();
      this.loose = new Map();
      this.sections = [];
      this.phrases = [];
      pages.forEach((page, number) => {
        const name = search.normal(page.name);
        page.first = this.sections.length;
        for (const { id, title, text, beside } of page.sections) {
          const section = {
            number: this.sections.length, page: number, file: page.file, id, name,
            title: search.normal(title), text: search.normal(text), beside: search.normal(beside),
          };
          this.sections.push(section);
          this.read(section);
        }
      });
      for (const [page, section, phrases] of leads) {
        const place = pages[page].first + section;
        for (const phrase of phrases) this.tell(search.normal(phrase), place, TOLD.lead);
      }
      const lengths = this.sections.map(section => section.length);
      const usual = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
      for (const term of this.terms.values()) {
        for (const [section, weight] of term.places) {
          // The more often the better, but less and less; and a long text says everything.
          const enough = 1.5 * (0.5 + 0.5 * this.sections[section].length / usual);
          term.places.set(section, weight / (weight + enough));
        }
      }
      this.passing = new Set(passing.flatMap(word => search.words(word)).map(word => word.key));
      this.same = same.map(group => group.map(phrase => search.words(search.normal(phrase)).filter(word => !word.part)));
      for (const phrase of this.same.flat()) for (const word of phrase) this.term(word);
      this.all = [...this.terms.values()];
    }

    term(word) {
      let term = this.terms.get(word.key);
      if (!term) {
        term = {
          key: word.key, hangul: word.hangul, loose: word.loose, places: new Map(),
          spelled: word.hangul ? search.spell(word.key) : word.key,
          initials: word.hangul ? search.initials(word.key) : '',
          spellings: new Set(),
        };
        term.spellings.add(search.sound(term.spelled));
        this.terms.set(word.key, term);
      }
      // Who slips in `binding` is far from `bind`.
      if (!word.hangul) term.spellings.add(word.spelled);
      return term;
    }

    add(word, section, weight) {
      const term = this.term(word);
      term.places.set(section, (term.places.get(section) ?? 0) + weight);
      let forms = this.loose.get(word.loose);
      if (!forms) this.loose.set(word.loose, forms = new Set());
      forms.add(term);
    }

    read(section) {
      section.length = 0;
      for (const part of ['text', 'beside']) {
        const often = new Map();
        for (const chunk of search.chunks(section[part])) often.set(chunk, (often.get(chunk) ?? 0) + 1);
        for (const [chunk, times] of often) {
          const words = search.wordsOf(chunk);
          section.length += words.length * times * WEIGHT[part];
          for (const word of words) this.add(word, section.number, times * WEIGHT[part]);
        }
      }
      this.tell(section.title, section.number, TOLD.title);
      for (const word of search.words(section.title)) this.add(word, section.number, WEIGHT.title);
      for (const word of search.words(section.name)) this.add(word, section.number, section.id ? WEIGHT.page : WEIGHT.title);
    }

    // A phrase that is about a section as a whole.
    tell(phrase, section, weight) {
      const words = search.words(phrase).filter(word => !word.part);
      if (words.length > 0) this.phrases.push({ section, weight, terms: words.map(word => this.term(word)), loose: words.map(word => word.loose) });
    }
  }

  search.Library = Library;
})(window.bookSearch ??= {});
