// What a query may mean: for each of its words, the words of the book that it may stand for,
// and how surely. The best is the word itself; then other forms of it, words that it begins,
// words of the same meaning, and at last words that are spelled alike.
(search => {
  'use strict';

  const SURE = { same: 1, form: 0.85, meaning: 0.8, voice: 0.75, begun: 0.7, typing: 0.6, alike: 0.55, within: 0.5 };

  // How many letters may be wrong in a word of this length.
  const slips = length => (length < 5 ? 0 : length < 8 ? 1 : 2);

  class Meaning {
    constructor(library, query) {
      this.library = library;
      const text = search.normal(query);
      const words = search.words(text).filter(word => !word.part);
      const typing = /\S$/.test(query) ? words.at(-1) : null;
      const telling = words.filter(word => !library.passing.has(word.key));
      this.words = (telling.length > 0 ? telling : words).flatMap(word => this.takenApart(word)).map(word => {
        const meant = { word, typing: word === typing, ways: new Map(), together: [] };
        this.findForms(meant);
        if (meant.typing) this.findBegun(meant);
        return meant;
      });
      this.joinNeighbours();
      for (const meant of this.words) this.findAlike(meant);
      this.addSynonyms();
    }

    add(meant, term, sure) {
      if (term && (meant.ways.get(term) ?? 0) < sure) meant.ways.set(term, sure);
    }

    findForms(meant) {
      const { word } = meant;
      const { library } = this;
      this.add(meant, library.terms.get(word.key), SURE.same);
      for (const term of library.loose.get(word.loose) ?? []) this.add(meant, term, SURE.form);
      const long = word.hangul ? word.key.length >= 2 : word.key.length >= 4;
      const letters = /^[ㄱ-ㅎ]+$/.test(word.key);
      for (const term of library.all) {
        if (term.hangul !== word.hangul) continue;
        if (letters) {
          if (term.initials.startsWith(word.key)) this.add(meant, term, SURE.typing * word.key.length / term.initials.length);
        } else if (long && term.key.startsWith(word.key)) this.add(meant, term, SURE.begun);
        else if (long && term.key.includes(word.key)) this.add(meant, term, SURE.within);
        else if (word.hangul && term.loose[0] === word.loose[0] && search.sameVerb(word.loose, term.loose)) this.add(meant, term, SURE.voice);
      }
    }

    // The last word may not be typed to its end.
    findBegun(meant) {
      const { spelled, hangul } = meant.word;
      for (const term of this.library.all) {
        if (term.hangul === hangul && term.spelled.startsWith(spelled)) this.add(meant, term, SURE.typing);
      }
    }

    // 타임 아웃 is 타임아웃, and half close is half-close.
    joinNeighbours() {
      for (let at = 1; at < this.words.length; at += 1) {
        const [one, two] = [this.words[at - 1], this.words[at]];
        if (one.word.hangul !== two.word.hangul) continue;
        const term = this.library.terms.get(one.word.key + two.word.key);
        for (const meant of [one, two]) this.add(meant, term, SURE.same);
      }
    }

    // 에코서버 is 에코 서버: a word that is none, and two that are.
    takenApart(word) {
      const { terms, all, loose } = this.library;
      const { key, hangul, spelled } = word;
      if (terms.has(key) || loose.has(word.loose) || key.length < (hangul ? 3 : 6)) return [word];
      if (all.some(term => term.spelled.startsWith(spelled) || term.key.startsWith(key))) return [word];
      const splits = Array.from({ length: key.length - 1 }, (_, at) => [key.slice(0, at + 1), key.slice(at + 1)]);
      const least = hangul ? 2 : 3;
      const found = splits.filter(parts => parts.every(part => terms.has(part)));
      const best = found.find(parts => parts.every(part => part.length >= least)) ?? (hangul ? found[0] : null);
      return best ? best.flatMap(part => search.words(part)) : [word];
    }

    // 쓰레드 is 스레드, where the book has nothing better.
    findAlike(meant) {
      if (Math.max(0, ...meant.ways.values()) >= SURE.typing) return;
      const { hangul, key, spelled } = meant.word;
      const sound = hangul ? search.sound(search.spell(key)) : spelled;
      const most = slips(sound.length);
      for (const term of this.library.all) {
        if (term.hangul !== hangul) continue;
        for (const spelling of term.spellings) {
          const wrong = search.difference(sound, spelling, most);
          if (wrong <= most) this.add(meant, term, SURE.alike / (1 + 0.4 * Math.max(0, wrong - 1)));
        }
      }
    }

    // A query that says one word of a group means the others as well.
    addSynonyms() {
      for (const group of this.library.same) {
        const said = group.map(phrase => this.places(phrase)).filter(Boolean);
        for (const { places, sure } of said) {
          for (const phrase of group) {
            const terms = phrase.map(word => this.library.terms.get(word.key));
            for (const meant of places) {
              if (terms.length === 1) this.add(meant, terms[0], SURE.meaning * sure);
              else meant.together.push({ terms, sure: SURE.meaning * sure });
            }
          }
        }
      }
    }

    // Where a phrase stands in the query, and how surely.
    places(phrase) {
      const sureOf = (meant, word) => {
        if (meant.word.key === word.key) return 1;
        if (meant.word.loose === word.loose) return SURE.form;
        const way = meant.ways.get(this.library.terms.get(word.key)) ?? 0;
        // 사용 is not yet 사용자, but where it is being typed; and two letters may become anything.
        if (way === SURE.begun && !meant.typing) return 0;
        return way > SURE.within && meant.word.spelled.length > 3 ? way : 0;
      };
      for (let at = 0; at + phrase.length <= this.words.length; at += 1) {
        const places = this.words.slice(at, at + phrase.length);
        const sure = Math.min(...places.map((meant, index) => sureOf(meant, phrase[index])));
        if (sure > 0) return { places, sure };
      }
      // The phrase in one word: 시간초과 for 시간 초과.
      const joined = phrase.map(word => word.key).join('');
      const meant = phrase.length > 1 && this.words.find(one => one.word.key === joined);
      return meant ? { places: [meant], sure: 1 } : null;
    }
  }

  search.Meaning = Meaning;
})(window.bookSearch ??= {});
