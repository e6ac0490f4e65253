// The search bar: opened by its button, by s, / or Ctrl-K, or by an address with ?search=…;
// then every change of its text is looked up, however it came to be there.
(search => {
  'use strict';

  const korean = document.documentElement.lang === 'ko';
  const say = korean ? {
    button: '찾기 (/)',
    bar: '이 책에서 찾기',
    help: 'S, / 찾기',
    loading: '찾아보기를 읽고 있습니다…',
    broken: '찾아보기(searchindex.js)를 읽을 수 없습니다',
    none: query => `‘${query}’: 찾은 것이 없습니다`,
    some: (query, count) => `‘${query}’: 낱말이 모두 나오는 쪽은 없고, 일부가 나오는 곳이 ${count}곳 있습니다`,
    all: (query, count) => `‘${query}’: ${count}곳`,
  } : {
    button: 'Search (/)',
    bar: 'Search this book',
    help: 'Press S or / to search in the book',
    loading: 'Reading the index…',
    broken: 'The index (searchindex.js) cannot be read',
    none: query => `Nothing found for “${query}”`,
    some: (query, count) => `No page has every word of “${query}”; with some of them: ${count}`,
    all: (query, count) => `“${query}”: ${count} ${count === 1 ? 'result' : 'results'}`,
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const button = element('button', {
    id: 'mdbook-search-toggle', class: 'icon-button', type: 'button', title: say.button, 'aria-label': say.button,
    'aria-expanded': 'false', 'aria-keyshortcuts': '/ s Control+K', 'aria-controls': 'mdbook-search-wrapper',
  });
  button.innerHTML = '<span class="fa-svg"><svg viewBox="0 0 512 512" aria-hidden="true"><circle cx="208" cy="208" r="144"/><path d="M312 312 464 464"/></svg></span>';
  const bar = element('input', {
    type: 'search', id: 'mdbook-searchbar', placeholder: say.bar, 'aria-label': say.bar, autocomplete: 'off',
    spellcheck: 'false', 'aria-controls': 'mdbook-searchresults', 'aria-describedby': 'mdbook-searchresults-header',
  });
  const header = element('div', { id: 'mdbook-searchresults-header', class: 'searchresults-header', role: 'status' });
  const list = element('ul', { id: 'mdbook-searchresults' });
  const outer = element('div', { id: 'mdbook-searchresults-outer', class: 'searchresults-outer hidden' }, header, list);
  const form = element('form', { id: 'mdbook-searchbar-outer', class: 'searchbar-outer' }, bar);
  const panel = element('div', { id: 'mdbook-search-wrapper', class: 'hidden', role: 'search' }, element('div', { class: 'search-box' }, form, outer));

  document.querySelector('.left-buttons').append(button);
  document.getElementById('mdbook-menu-bar').after(panel);
  document.querySelector('#mdbook-help-popup p').after(element('p', {}, say.help));

  let library = null;
  let before = null;
  let shown = '';

  // Some browsers keep the address of a page that is read from a folder.
  search.show = address => {
    if (address.href === location.href) return;
    try { history.replaceState(history.state, '', address); } catch { /* it keeps it */ }
  };

  const keep = query => {
    const address = new URL(location.href);
    if (query) address.searchParams.set('search', query);
    else address.searchParams.delete('search');
    address.searchParams.delete('highlight');
    search.show(address);
  };

  const look = () => {
    const query = bar.value.trim();
    if (query === shown) return;
    outer.classList.toggle('hidden', query === '');
    if (query === '') {
      shown = query;
      list.replaceChildren();
      return;
    }
    if (!library) {
      header.textContent = say.loading;
      return;
    }
    shown = query;
    // A space at the end says that the last word is whole.
    const { items, all } = search.results(library, bar.value.trimStart());
    list.replaceChildren(...items);
    const told = items.length === 0 ? say.none : all ? say.all : say.some;
    header.textContent = told(query, items.length);
  };

  search.take = index => {
    library = new search.Library(index);
    look();
  };

  const load = () => {
    if (document.getElementById('search-index')) return;
    const script = element('script', { id: 'search-index', src: `${path_to_root}searchindex.js` });
    script.onerror = () => {
      header.textContent = say.broken;
      outer.classList.remove('hidden');
    };
    document.head.append(script);
  };

  const open = () => {
    load();
    if (panel.classList.contains('hidden')) before = document.activeElement;
    panel.classList.remove('hidden');
    button.setAttribute('aria-expanded', 'true');
    bar.focus({ preventScroll: true });
    bar.select();
  };

  const close = () => {
    panel.classList.add('hidden');
    button.setAttribute('aria-expanded', 'false');
    keep('');
    before?.focus({ preventScroll: true });
  };

  button.addEventListener('click', () => (panel.classList.contains('hidden') ? open() : close()));
  // `keyup` for input methods that tell of nothing else.
  for (const kind of ['input', 'keyup', 'change']) {
    bar.addEventListener(kind, () => { look(); keep(bar.value.trim()); });
  }
  form.addEventListener('submit', event => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });

  // From the bar into the list, from result to result, and back.
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    const links = [bar, ...list.querySelectorAll('a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.isComposing) {
      event.preventDefault();
      const at = links.indexOf(document.activeElement) + step;
      links[Math.min(Math.max(at, 0), links.length - 1)].focus();
    }
    // The page's own keys are not for here.
    event.stopPropagation();
  });

  // Opened by the key that has an s or a slash on it: with a Hangul keyboard the first writes
  // ㄴ, and an input method may swallow both.
  document.addEventListener('keydown', event => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyK';
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const swallowed = event.key === 'Process' || /^[ㄱ-ㅎㅏ-ㅣ]$/.test(event.key);
    const letter = !event.shiftKey && (event.key === 's' || (swallowed && event.code === 'KeyS'));
    const slash = event.key === '/' || (swallowed && !event.shiftKey && event.code === 'Slash');
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (!control && (!plain || typing || !(letter || slash))) return;
    event.preventDefault();
    open();
  });

  const asked = new URL(location.href).searchParams.get('search');
  if (asked) {
    bar.value = asked;
    open();
    look();
  }
})(window.bookSearch ??= {});
