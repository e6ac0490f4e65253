// What the theme adds to each page once it is there. Each part stands for
// itself; a page on which one of them fails is still a page to read.
(() => {
  'use strict';

  const korean = document.documentElement.lang === 'ko';
  const menu = document.getElementById('mdbook-menu-bar');
  const $ = selector => document.querySelector(selector);

  const isInSight = element => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  // The step of a run that the reader has come to, by a link or by stepping (player.js).
  function stepOfTheReader() {
    const stepped = [...document.querySelectorAll('.run[data-step]')];
    if (stepped.length === 0 && location.hash.startsWith('#run=')) return location.hash;
    const run = stepped.find(isInSight);
    return run && `#run=${run.dataset.run}&step=${run.dataset.step}`;
  }

  // What is being read: a step of a run; what the address names, while that is in sight; nothing
  // at the top of the page; and else the last heading above the middle of the window. A page's
  // title counts for nothing, since its name is not the same in both editions.
  function placeOfTheReader() {
    const step = stepOfTheReader();
    if (step) return step;
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named && named.tagName !== 'H1' && isInSight(named)) return location.hash;
    const title = $('main h1');
    if (title && isInSight(title)) return '';
    const headings = [...document.querySelectorAll('main :is(h2, h3, h4)[id]')];
    const read = headings.filter(one => one.getBoundingClientRect().top < innerHeight / 2).at(-1);
    return read ? `#${read.id}` : '';
  }

  // The link to the other edition leads to the same place in it: files and headings are
  // named alike in both. Whoever takes it has chosen a language, which the page above the
  // editions then opens.
  function followTheReader() {
    const nav = $('#other-edition');
    const link = nav.querySelector('a');
    const page = link.getAttribute('href');
    const aim = () => { link.href = page + placeOfTheReader(); };
    aim();
    window.addEventListener('hashchange', aim);
    // Whoever scrolls changes no address: the link is aimed when it is about to be taken.
    for (const kind of ['pointerenter', 'focus']) link.addEventListener(kind, aim);
    link.addEventListener('click', () => {
      aim();
      try { localStorage.setItem('book-language', link.hreflang); } catch { /* not kept */ }
    });
    $('.right-buttons').prepend(nav);
  }

  // The sidebar is opened by a label, which no key reaches. A real button takes its place and passes the click on.
  function giveTheSidebarAButton() {
    const label = $('#mdbook-sidebar-toggle');
    const button = document.createElement('button');
    button.type = 'button';
    button.id = 'sidebar-button';
    button.className = 'icon-button';
    button.setAttribute('aria-controls', 'mdbook-sidebar');
    button.title = label.title;
    button.setAttribute('aria-label', label.title);
    button.append(...label.childNodes);
    const follow = () => button.setAttribute('aria-expanded', label.getAttribute('aria-expanded'));
    follow();
    new MutationObserver(follow).observe(label, { attributeFilter: ['aria-expanded'] });
    button.addEventListener('click', () => label.click());
    label.hidden = true;
    label.before(button);
  }

  // Before everything else, or it would skip nothing that the Tab key reaches.
  function putTheSkipLinkFirst() {
    document.body.prepend($('.skip-link'));
  }

  // Landmarks for what has none, and a description that names what is there.
  function nameTheParts() {
    menu.setAttribute('role', 'banner');
  }

  // mdBook speaks English. Each line: an element, and what it says in Korean as
  // its text (`text`), or as its name for mouse and screen reader (`name`).
  function speakKorean() {
    const said = {
      '#mdbook-sidebar': { name: '차례' },
      '#sidebar-button': { name: '차례 여닫기' },
      '#mdbook-theme-toggle': { name: '색 바꾸기' },
      '#mdbook-theme-list': { name: '색' },
      '#mdbook-theme-default_theme': { text: '자동' },
      '#mdbook-theme-light': { text: '밝게' },
      '#mdbook-theme-rust': { text: '녹슨 빛' },
      '#mdbook-theme-coal': { text: '석탄 빛' },
      '#mdbook-theme-navy': { text: '남색' },
      '#mdbook-theme-ayu': { text: '아유(Ayu)' },
      '#print-book': { name: '책 전체를 한 쪽으로 (인쇄)' },
      '.mdbook-help-title': { text: '단축키' },
    };
    for (const [selector, { text, name }] of Object.entries(said)) {
      for (const element of document.querySelectorAll(selector)) {
        if (text) element.textContent = text;
        if (name) element.setAttribute('aria-label', name);
        if (name && element.title) element.title = name;
      }
    }
    const boxes = { Note: '참고', Tip: '요령', Important: '중요', Warning: '주의', Caution: '조심' };
    for (const title of document.querySelectorAll('.blockquote-tag-title')) {
      const words = title.lastChild;
      words.textContent = boxes[words.textContent.trim()] ?? words.textContent;
    }
    const keys = ['← → 앞 장, 다음 장', 'S, / 찾기', '? 이 도움말', 'Esc 도움말 닫기'];
    document.querySelectorAll('#mdbook-help-popup p').forEach((line, at) => { line.textContent = keys[at]; });
  }

  followTheReader();
  putTheSkipLinkFirst();
  giveTheSidebarAButton();
  nameTheParts();
  if (korean) speakKorean();
})();
