// Loads the page again when the book has been printed again; what was unfolded stays so.
(() => {
  const key = `unfolded ${location.pathname}`;
  const folds = () => [...document.querySelectorAll('main details')];

  function keep() {
    const open = folds().flatMap((fold, number) => (fold.open ? [number] : []));
    try { sessionStorage.setItem(key, JSON.stringify(open)); } catch { /* not kept */ }
  }

  function giveBack() {
    try {
      const open = JSON.parse(sessionStorage.getItem(key)) ?? [];
      sessionStorage.removeItem(key);
      for (const number of open) folds()[number]?.setAttribute('open', '');
    } catch { /* nothing was kept */ }
  }

  giveBack();
  let shown;
  setInterval(async () => {
    const answer = await fetch('/-/print').catch(() => null);
    const latest = answer?.ok ? await answer.text() : shown;
    if (shown !== undefined && latest !== shown) {
      keep();
      location.reload();
    }
    shown = latest;
  }, 700);
})();
