// Words, as the search compares them: without particle or ending, letter by letter. What it
// knows of Korean and English stands here; what it knows of sockets is data
// (book/search/words.toml).
(search => {
  'use strict';

  const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
  const VOWELS = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
  const FINALS = ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');
  const LOOSE = { ㄳ: 'ㄱㅅ', ㄵ: 'ㄴㅈ', ㄶ: 'ㄴㅎ', ㄺ: 'ㄹㄱ', ㄻ: 'ㄹㅁ', ㄼ: 'ㄹㅂ', ㅀ: 'ㄹㅎ', ㅄ: 'ㅂㅅ', ㅘ: 'ㅗㅏ', ㅙ: 'ㅗㅐ', ㅚ: 'ㅗㅣ', ㅝ: 'ㅜㅓ', ㅞ: 'ㅜㅔ', ㅟ: 'ㅜㅣ', ㅢ: 'ㅡㅣ' };

  const syllable = letter => {
    const code = letter.charCodeAt(0) - 0xac00;
    return code >= 0 && code < 11172 ? code : -1;
  };

  // Hangul letter by letter, as it is typed: ㅅㅗㅋ is a beginning of 소켓, and so is 솤, which
  // an input method makes of it on the way.
  const spell = word => {
    let spelled = '';
    for (const letter of word) {
      const code = syllable(letter);
      spelled += code < 0
        ? LOOSE[letter] ?? letter
        : INITIALS[Math.floor(code / 588)] + VOWELS[Math.floor(code / 28) % 21] + FINALS[code % 28];
    }
    return spelled;
  };

  // 소켓 → ㅅㅋ
  const initials = word => [...word].map(letter => {
    const code = syllable(letter);
    return code < 0 ? letter : INITIALS[Math.floor(code / 588)];
  }).join('');

  // As it sounds, for who writes 쓰래드: letters that are taken for each other are one.
  const ALIKE = { ㄲ: 'ㄱ', ㄸ: 'ㄷ', ㅃ: 'ㅂ', ㅆ: 'ㅅ', ㅉ: 'ㅈ', ㅐ: 'ㅔ', ㅒ: 'ㅔ', ㅖ: 'ㅔ' };
  const sound = spelled => spelled.replace(/[ㄲㄸㅃㅆㅉㅐㅒㅖ]/g, letter => ALIKE[letter]);

  // What may follow a noun: particles, and the copula.
  const PARTICLES = new RegExp('(?:' + [
    '에서는', '에서도', '에서의', '에게서', '에게는', '으로부터', '로부터', '으로는', '으로도', '이라고', '이라는', '이라도',
    '이라면', '이라서', '입니다', '입니까', '인가요', '이에요', '인지', '인데', '이란', '라는', '라고', '라면', '까지', '부터',
    '에서', '에게', '한테', '에는', '에도', '으로', '로는', '로도', '처럼', '보다', '마다', '이나', '들은', '들이', '들을', '들의',
    '만큼', '밖에', '예요', '이고', '이면', '이다', '하고', '들', '은', '는', '이', '가', '을', '를', '의', '에', '와', '과', '도', '로', '만',
  ].join('|') + ')$');
  // What makes a verb of a noun, and all that follows it: 연결했을, 연결하기, 연결됨.
  const VERB_OF_NOUN = /^([가-힣]{2,}?)(?:하|해|했|한|할|함|합|되|돼|됐|된|될|됨|됩|시키|시켜|시킨|당하|당했|당한|당함)[가-힣]{0,4}$/;
  const VERB_ENDING = /^(?:하|해|했|한|할|함|합|되|돼|됐|된|될|됨|됩)[가-힣]{0,4}$/;
  // Endings of a verb, letter by letter, ㅕ being ㅣㅓ: 멈춰요, 멈춤, 멈췄다 and 멈춥니다 are ㅁㅓㅁㅊㅜ.
  const ENDINGS = new RegExp('^(.{3,}?)(?:ㅇ?[ㅓㅏ]ㅈㅣ)?(?:ㅇ?[ㅓㅏ]?ㅆ(?:ㅇㅓㅆ)?)?(?:' + [
    '(?:ㄴㅡㄴ|ㄴ)?ㄷㅏ', '(?:ㅅㅡ)?ㅂㄴㅣ(?:ㄷㅏ|ㄲㅏ)', 'ㄴㅡㄴ(?:ㄷㅔ|ㄱㅏ|ㅈㅣ)?(?:ㅇㅛ)?', '(?:ㅇㅡ)?[ㄴㄹㅁ]', '(?:ㅇㅡ)?ㄴ(?:ㄷㅔ|ㄱㅏ|ㅈㅣ)(?:ㅇㅛ)?',
    '(?:ㅇㅡ)?ㄹ(?:ㄸㅐ|ㄱㅏ|ㄱㅓ)', '(?:ㅇㅡ)?ㅁㅣㅓㄴ(?:ㅅㅓ)?', '(?:ㅇㅡ)?ㄹㅣㅓ(?:ㄱㅗ|ㅁㅣㅓㄴ)', '(?:ㅇㅡ)?ㄴㅣ(?:ㄲㅏ)?', 'ㄱㅣ(?:ㅣ|ㅔ|ㄹㅡㄹ|ㄴㅡㄴ|ㅁㅏㄴ)?',
    'ㄱㅗ', 'ㅈㅣ(?:ㅁㅏㄴ)?', 'ㄱㅔ', 'ㄷㅗㄹㅗㄱ', 'ㄱㅓㄴㅏ', 'ㅈㅏ', 'ㄴㅔ(?:ㅇㅛ)?', 'ㄴㅏ(?:ㅇㅛ)?', 'ㄷㅓㄴ', 'ㅇ?[ㅓㅏ](?:ㅇㅛ|ㅅㅓ|ㄷㅗ|ㅇㅑ)?', 'ㅇㅛ',
  ].join('|') + ')$');

  // Between the stem of a verb and that of its passive or causative: 닫다, 닫히다; 끊다, 끊어지다.
  const VOICE = /^(?:[ㅎㄱㄹㅇ]?ㅣ|ㅇ?[ㅓㅏ]?ㅈㅣ|ㅎㅣㅈㅣ)$/;

  // What stands right behind an English word: recv를, connect하면.
  const isEnding = word => word.replace(PARTICLES, '') === '' || VERB_ENDING.test(word);

  const noun = word => {
    const verb = word.match(VERB_OF_NOUN);
    if (verb) return verb[1];
    const bare = word.replace(PARTICLES, '');
    return bare.length >= 2 ? bare : word;
  };

  const stemOfVerb = word => {
    const spelled = spell(word).replaceAll('ㅕ', 'ㅣㅓ');
    return spelled.match(ENDINGS)?.[1] ?? spelled;
  };

  const stemOfEnglish = word => {
    if (word.length < 4 || /\d/.test(word)) return word;
    const stem = word
      .replace(/ies$/, 'y').replace(/(ss|sh|ch|x)es$/, '$1').replace(/([^sui])s$/, '$1')
      .replace(/([aeiouy].*)(?:ing|ed)$/, '$1')
      .replace(/([bdgmnprt])\1$/, '$1');
    return stem.length < 3 ? word : stem.replace(/e$/, '');
  };

  // What connection and connect, truncation and truncated share.
  const rootOfEnglish = stem => {
    const root = stem.replace(/(?:ion|er|or|able|ment|ly|al)$/, '').replace(/at$/, '');
    return root.length < 4 ? stem : root;
  };

  // Whether one stem is the other in another voice.
  const sameVerb = (a, b) => {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return short.length >= 3 && short !== long && long.startsWith(short) && VOICE.test(long.slice(short.length));
  };

  const HANGUL = /[가-힣ㄱ-ㅎㅏ-ㅣ]/;
  const WORD = /[가-힣ㄱ-ㅎㅏ-ㅣ]+|[A-Za-z0-9_]+/g;
  const PART = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

  // One word: `key` is what it is found by, `loose` what other forms of it share.
  const analyse = word => {
    const hangul = HANGUL.test(word);
    const spelled = hangul ? spell(word) : word.replaceAll('_', '');
    const key = hangul ? noun(word) : stemOfEnglish(spelled);
    return { key, loose: hangul ? stemOfVerb(word) : rootOfEnglish(key), spelled, hangul };
  };

  // What stands between spaces and signs, an English word with what hangs on it.
  const CHUNK = /[A-Za-z0-9_]+[가-힣]*|[가-힣ㄱ-ㅎㅏ-ㅣ]+/g;
  const known = new Map();

  // The words of a chunk, with their places in it. A name is read as its parts as well:
  // `SO_REUSEADDR`, `TcpListener`.
  const wordsOf = chunk => {
    let found = known.get(chunk);
    if (found) return found;
    found = [];
    for (const { 0: word, index } of chunk.matchAll(WORD)) {
      if (/^_+$/.test(word) || (index > 0 && isEnding(word))) continue;
      const place = { from: index, to: index + word.length };
      found.push({ ...analyse(word.toLowerCase()), ...place, part: false });
      const parts = word.match(PART) ?? [];
      if (parts.length < 2) continue;
      for (const part of parts) found.push({ ...analyse(part.toLowerCase()), ...place, part: true });
    }
    known.set(chunk, found);
    return found;
  };

  const chunks = text => text.match(CHUNK) ?? [];

  // The words of a text, with their places in it.
  const words = text => [...text.matchAll(CHUNK)].flatMap(({ 0: chunk, index }) => wordsOf(chunk)
    .map(word => ({ ...word, from: word.from + index, to: word.to + index })));

  // A Mac may hand over Hangul in single letters.
  const normal = text => text.normalize('NFC');

  // How many letters differ, two that changed places being one, up to `most`; more than that is
  // `most` + 1.
  const difference = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let earlier = [];
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      let best = i;
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], earlier[j - 2] + 1);
        best = Math.min(best, next[j]);
      }
      if (best > most) return most + 1;
      [earlier, row] = [row, next];
    }
    return row[b.length];
  };

  Object.assign(search, { words, wordsOf, chunks, normal, spell, sound, initials, difference, sameVerb });
})(window.bookSearch ??= {});
