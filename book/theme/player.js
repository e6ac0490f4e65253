// Recorded runs, step by step. The list of all steps is the page's own; this shows one of its
// items at a time, what went before it, and the kernel's sockets. It needs no mdBook.
(() => {
  'use strict';

  const say = (ko, en) => (document.documentElement.lang === 'ko' ? ko : en);

  function make(kind, ...inside) {
    const [tag, className = ''] = kind.split('.');
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...inside);
    return made;
  }
  const button = (words, onclick) => Object.assign(make('button', words), { type: 'button', onclick });
  const textOf = (item, selector) => item.querySelector(selector).textContent;

  function queued({ state, kind, queue }) {
    if (state === 'LISTEN') return say(`대기열 ${queue}`, `${queue} in the queue (connections)`);
    if (kind === 'UDP') return say(`데이터그램 ${queue}`, `${queue} datagrams`);
    return say(`읽지 않은 ${queue}바이트`, `${queue} bytes unread`);
  }

  // After each step: the sockets (a closed one once more, without a kind), who is inside a call,
  // and the place: how many acts of the peers, and as a fraction the steps since.
  function read(list) {
    let sockets = {};
    let inside = [];
    let place = 0;
    return [...list.children].map(item => {
      const { part, who, lane } = item.dataset;
      const all = Object.entries(sockets).filter(([, { kind }]) => kind);
      for (const { dataset } of item.querySelectorAll('.run-sockets > li')) {
        all.push([dataset.socket, { ...dataset, who, queue: dataset.queue && queued(dataset) }]);
      }
      sockets = Object.fromEntries(all);
      inside = inside.filter(one => one !== who || (part === 'whole' && lane !== 'over'));
      if (part === 'begins') inside.push(who);
      place = lane === 'peer' ? Math.floor(place + 1) : place + 1e-4;
      const asks = item.querySelector('.run-question') && 'open';
      return { ...item.dataset, item, asks, matters: item.matches('.run-matters'), sockets, inside, place };
    });
  }

  // What changed is told as before → after.
  function socketRow(now, was, owner) {
    const row = make('li', make('b', owner, say('소켓 ', 'socket '), now.fd), make('small', now.kind || was?.kind));
    for (const key of now.kind ? ['state', 'local', 'peer', 'queue'] : []) {
      const after = now[key];
      const before = was?.kind ? was[key] : after;
      const cell = make(`span.run-${key}`, before === after ? after : make('b', after || '–'));
      if (before && before !== after) cell.prepend(make('s', before), ' → ');
      if (before || after) row.append(cell);
    }
    const flag = now.kind ? !was?.kind && say('새로 생김', 'new') : say('닫힘', 'closed');
    if (flag) row.append(make('b.run-flag', flag));
    return row;
  }

  function play(section) {
    const list = section.querySelector('.run-steps');
    const steps = read(list);
    const last = steps.length - 1;
    const parts = section.dataset.parts - 1;
    let at = 0;

    // A lane each, programs first.
    const ours = new Set(steps.filter(({ lane }) => lane !== 'peer').map(({ who }) => who));
    const lanes = [...new Set([...ours, ...steps.map(({ who }) => who)])];
    const inLane = (who, made) => {
      made.style.setProperty('--at', lanes.indexOf(who) / (lanes.length - 1 || 1));
      made.classList.toggle('is-peer', !ours.has(who));
      return made;
    };

    const rows = make('div.run-rows');
    const trail = make('div.run-trail', ...lanes.map(who => inLane(who, make('span.run-head', make('b', who)))), rows);
    const held = make('ul');
    const live = make('output.run-live');
    const count = make('span.run-count');
    const range = Object.assign(make('input'), {
      type: 'range', min: 1, max: last + 1, ariaLabel: say('순간', 'Moment'), oninput: () => go(range.value - 1),
    });
    const next = button(say('다음', 'Next'), () => move(1));
    const whole = button(say('목록으로 보기', 'All steps as a list'), () => {
      whole.ariaPressed = section.classList.toggle('as-list');
    });
    const more = make('div.run-more', whole, button(say('이 순간의 주소', 'Link to this moment'), link));
    trail.ariaHidden = 'true';
    whole.ariaPressed = 'false';

    const lineOf = step => step?.line && section.querySelector(`[data-file="${step.file}"] [data-line="${step.line}"]`);
    steps.forEach(({ item, who, call, part }, to) => {
      inLane(who, item);
      lineOf(steps[to])?.classList.add('is-run');
      const begins = one => one.part === 'begins' && one.who === who && one.call === call;
      const from = part === 'ends' ? steps.findIndex(begins) : -1;
      if (from < 0) return;
      steps[from].item.append(button(say(`→ ${to + 1}번에서 끝남`, `→ ends at ${to + 1}`), () => go(to)));
      item.append(button(say(`← ${from + 1}번에서 시작`, `← begins at ${from + 1}`), () => go(from)));
    });
    if (steps[parts]) {
      steps[parts].item.append(make('b.run-flag', say('여기서 갈라집니다', 'The runs part here')));
      more.prepend(button(say('갈라지는 곳으로', 'To where they part'), () => go(parts)));
    }

    // A question is open, then answered, then none: before, nothing of its step is told. An open
    // one holds the reader up; a link goes past it.
    function go(to, byLink) {
      to = Math.max(0, Math.min(to, last));
      if (steps[at].asks === 'answered') {
        steps[at].asks = '';
        if (to === at + 1) to = at;
      }
      for (let one = at; one < to && !byLink; one++) if (steps[one].asks === 'open') to = one;
      show(to);
      section.dataset.step = at + 1;
      const { item, line, asks } = steps[at];
      if (section.matches('.as-list')) item.scrollIntoView({ block: 'nearest' });
      const place = asks ? say(', 질문', ', a question') : line ? say(`, ${line}행`, `, line ${line}`) : '';
      live.textContent = `${count.textContent}${place}: ${textOf(item, asks ? '.run-ask' : '.run-said')}`;
    }

    function move(by, far) {
      let to = at + by;
      while (far && !steps[at].asks && steps[to] && !steps[to].matters) to += by;
      go(to);
    }

    // The line's next run, or its first.
    function runAgain(line) {
      const runs = [...steps.keys()].filter(one => line && lineOf(steps[one]) === line);
      if (runs.length) go(runs.find(one => one > at) ?? runs[0]);
    }

    function show(to) {
      const focused = section.querySelector(':focus');
      steps[at].item.classList.remove('is-now', 'is-asked');
      at = to;
      const known = steps[at].asks ? at - 1 : at;
      steps[at].item.classList.add('is-now', known < at ? 'is-asked' : 'is-now');
      range.value = at + 1;
      range.ariaValueText = count.textContent = say(`${at + 1}/${last + 1}`, `${at + 1} of ${last + 1}`);
      held.replaceChildren(...Object.entries(steps[known]?.sockets ?? {}).map(([key, one]) =>
        socketRow(one, steps[at - 1]?.sockets[key], ours.size > 1 ? `${one.who} ` : '')));
      showTrail();
      showLine(known);
      // Or the page gets the keys.
      if (focused?.getClientRects().length === 0) next.focus({ preventScroll: true });
    }

    // What does not matter is a number.
    function showTrail() {
      rows.replaceChildren();
      for (let to = at - 1, from; to >= 0 && rows.childElementCount < 5; to = from - 1) {
        from = to;
        while (from && !steps[from].matters && !steps[from - 1].matters) from--;
        const { matters, item, who, part = '' } = steps[from];
        const number = to - from + 1;
        const words = number > 1 ? say(`… 호출 ${number}번`, `… ${number} calls`) : textOf(item, '.run-call');
        const waits = steps[to].inside.map(one => inLane(one, make('i')));
        const row = inLane(who, make(`div.run-row ${matters ? part : 'is-folded'}`, ...waits, make('code', words)));
        row.onclick = () => go(from);
        rows.prepend(row);
      }
    }

    // While a peer acts, its program stands at the line before.
    function showLine(known) {
      while (known > 0 && !steps[known].line) known--;
      section.querySelector('.is-lit')?.classList.remove('is-lit');
      const line = lineOf(steps[known]);
      line?.classList.add('is-lit');
      if (line) line.closest('pre').scrollTop = line.offsetTop - 140;
    }

    // Read from a folder, a page may have no clipboard.
    function link() {
      history.replaceState(null, '', `#run=${section.dataset.run}&step=${at + 1}`);
      navigator.clipboard?.writeText(location.href).catch(() => {});
      live.textContent = say('주소를 복사했습니다.', 'The link is copied.');
    }

    section.onclick = ({ target }) => {
      runAgain(target.closest('.run-line'));
      if (!section.matches('.as-list') || !target.matches('.run-call')) return;
      whole.click();
      go(steps.findIndex(({ item }) => item.contains(target)), true);
      section.scrollIntoView({ block: 'nearest' });
    };
    section.addEventListener('toggle', ({ target }) => {
      const step = steps.find(({ asks, item }) => asks === 'open' && item.contains(target));
      if (step && target.open) step.asks = 'answered';
      show(at);
    }, true);

    for (const code of section.querySelectorAll('.run-code')) code.tabIndex = 0;
    section.append(
      make('div.run-bar',
        button(say('처음', 'First'), () => go(0)), button(say('이전', 'Previous'), () => move(-1)), next,
        button(say('끝', 'Last'), () => go(last)), button(say('다음 중요한 순간', 'Next that matters'), () => move(1, true)),
        range, count, more),
      make('div.run-stage',
        make('div.run-told', trail, list, make('div.run-held', make('p', say('커널의 소켓', 'Sockets in the kernel')), held)),
        make('div', ...section.querySelectorAll('.run-source'))), live);
    section.classList.add('is-stepped');
    // A click in it keeps the keys here.
    section.tabIndex = -1;
    show(0);

    return {
      section, go,
      keys: {
        ArrowLeft: far => move(-1, far),
        ArrowRight: far => move(1, far),
        Home: () => go(0),
        End: () => go(last),
        KeyL: () => runAgain(lineOf(steps[at])),
      },
      place: () => steps[at].place,
      goTo: place => go(steps.findLastIndex(one => one.place <= place), true),
    };
  }

  // Of a pair, one is in front.
  const players = [];
  for (const root of document.querySelectorAll('.run-pair, :not(.run-pair) > .run')) {
    const runs = [...(root.matches('.run') ? [root] : root.children)].map(play);
    const bring = run => {
      const before = root.inFront;
      root.inFront = run;
      for (const one of runs) {
        one.section.hidden = one !== run;
        one.tab.ariaPressed = one === run;
      }
      if (before) run.goTo(before.place());
    };
    for (const run of runs) run.tab = button(textOf(run.section, '.run-title'), () => bring(run));
    bring(runs[0]);
    if (runs[1]) root.prepend(make('div.run-switch', ...runs.map(({ tab }) => tab)));
    root.dataset.keys = '';
    players.push(...runs);
  }

  // Before mdBook, which turns the page.
  document.addEventListener('keydown', event => {
    const act = event.target.closest('[data-keys]')?.inFront?.keys[event.code];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(event.shiftKey);
  }, true);

  // `#run=lesson-04/greets_two&step=7`
  function followAddress() {
    const named = new URLSearchParams(location.hash.slice(1));
    const player = players.find(({ section }) => section.dataset.run === named.get('run'));
    if (!player) return;
    player.tab.click();
    player.go(named.get('step') - 1 || 0, true);
    for (let fold = player.section; fold; fold = fold.parentElement.closest('details')) fold.open = true;
    player.section.scrollIntoView();
  }
  addEventListener('hashchange', followAddress);
  followAddress();
})();
