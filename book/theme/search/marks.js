// On the page that a result leads to, marks the words that were searched. A click on one of
// them takes the marks away.
(search => {
  'use strict';

  const PARAMETER = 'highlight';
  const address = new URL(location.href);
  const asked = address.searchParams.get(PARAMETER);
  if (!asked) return;

  // A word may stand there with another particle.
  const bare = search.words(search.normal(asked)).filter(word => !word.part).map(({ key, from, to }) => {
    const word = search.normal(asked).slice(from, to);
    return word.toLowerCase().startsWith(key) ? word.slice(0, key.length) : word;
  });
  if (bare.length === 0) return;
  const pattern = new RegExp(bare.sort((a, b) => b.length - a.length).join('|'), 'gi');

  const main = document.querySelector('main');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, {
    // What an SVG draws has no background.
    acceptNode: node => (node.parentElement.closest('svg, script, style') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const pieces = [];
    let at = 0;
    for (const { 0: word, index } of text.data.matchAll(pattern)) {
      const mark = document.createElement('mark');
      mark.textContent = word;
      pieces.push(text.data.slice(at, index), mark);
      at = index + word.length;
    }
    if (pieces.length > 0) text.replaceWith(...pieces, text.data.slice(at));
  }

  const unmark = () => {
    for (const mark of main.querySelectorAll('mark')) mark.replaceWith(...mark.childNodes);
    main.normalize();
    address.searchParams.delete(PARAMETER);
    address.hash = location.hash;
    search.show(address);
  };
  main.addEventListener('click', event => { if (event.target.closest('mark')) unmark(); });
})(window.bookSearch ??= {});
