// What is wider than the page is scrolled by keys, too: whatever scrolls can be reached
// with the Tab key, and the arrow keys stay with it. mdBook takes a bare → or ← for the next
// chapter wherever the focus is; so they are kept from it in whatever uses them.
(() => {
  'use strict';

  const SCROLLING = 'pre > code, .table-wrapper';
  // What has a use for the arrows itself, or is at least about to be operated.
  const OPERATED = 'summary, button, [role="menu"], [role="slider"], [data-keys]';

  const scrolls = element => element.scrollWidth > element.clientWidth + 1;

  // A fold that opens, or a window that shrinks, makes more of them.
  function letKeysIn() {
    for (const element of document.querySelectorAll(SCROLLING)) {
      if (scrolls(element)) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    }
  }

  document.addEventListener('keydown', event => {
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    const scroller = event.target.closest(SCROLLING);
    if ((scroller && scrolls(scroller)) || event.target.closest(OPERATED)) event.stopPropagation();
  }, { capture: true });

  // On a small screen the sidebar lies over the page: Esc, or a tap beside it, puts it away.
  const toggle = document.getElementById('mdbook-sidebar-toggle-anchor');
  const sidebar = document.getElementById('mdbook-sidebar');
  const lies = () => toggle.checked && window.innerWidth <= 620;
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !lies()) return;
    toggle.click();
    document.getElementById('sidebar-button')?.focus();
  });
  document.addEventListener('click', event => {
    const outside = !sidebar.contains(event.target) && !event.target.closest('.menu-bar');
    if (outside && event.target !== toggle && lies()) toggle.click();
  });

  letKeysIn();
  document.fonts?.ready.then(letKeysIn);
  window.addEventListener('resize', letKeysIn);
  document.addEventListener('toggle', letKeysIn, { capture: true });
})();
