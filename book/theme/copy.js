// A button above code, to copy it. Of a terminal's session it takes the commands alone,
// without their prompts: what was answered is no use to a shell. What a program said
// (`text`) is there to be read, and has no button.
(() => {
  'use strict';

  const korean = document.documentElement.lang === 'ko';
  const words = korean
    ? { code: '복사', commands: '명령 복사', done: '복사했습니다', failed: '복사하지 못했습니다' }
    : { code: 'Copy', commands: 'Copy command', done: 'Copied', failed: 'Could not copy' };

  const PROMPT = /^\$ /;

  // A command may go on in further lines, each but the last of which ends in a backslash.
  function commands(session) {
    const kept = [];
    let goesOn = false;
    for (const line of session.split('\n')) {
      if (PROMPT.test(line) || goesOn) kept.push(line.replace(PROMPT, ''));
      goesOn = kept.length > 0 && (PROMPT.test(line) || goesOn) && line.endsWith('\\');
    }
    return kept.join('\n');
  }

  // Pages that are read from a folder have no clipboard in some browsers.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement('textarea');
      const focused = document.activeElement;
      area.value = text;
      area.className = 'unseen';
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      focused?.focus();
      return done;
    }
  }

  function offer(code) {
    const session = code.classList.contains('language-console');
    const text = () => (session ? commands(code.textContent) : code.textContent.trimEnd());
    if (!text()) return;
    const button = document.createElement('button');
    const said = document.createElement('span');
    button.type = 'button';
    const label = session ? words.commands : words.code;
    button.textContent = label;
    said.className = 'unseen';
    said.setAttribute('role', 'status');
    button.addEventListener('click', async () => {
      button.textContent = said.textContent = (await copy(text())) ? words.done : words.failed;
      setTimeout(() => {
        button.textContent = label;
        said.textContent = '';
      }, 2000);
    });
    const bar = document.createElement('div');
    bar.className = 'copying';
    bar.append(button, said);
    code.parentElement.before(bar);
  }

  document.querySelectorAll('main pre > code[class*="language-"]:not(.language-text)').forEach(offer);
})();
