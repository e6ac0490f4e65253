// The quizzes: which choice was opened first is the reader's answer. The browser keeps it,
// so that a reader who comes back sees what was answered, and how many were right at once.
// Without this script every choice can be opened all the same.
(() => {
  'use strict';

  const korean = document.documentElement.lang === 'ko';

  // Some browsers forbid it for pages that are read from a folder: then nothing is kept.
  const kept = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
    },
    write(key, answers) {
      try { localStorage.setItem(key, JSON.stringify(answers)); } catch { /* not kept */ }
    },
    forget(key) {
      try { localStorage.removeItem(key); } catch { /* not kept */ }
    },
  };

  function score(right, answered, all) {
    if (answered === 0) return '';
    if (korean) return `${all}문제 중 ${answered}문제를 풀었고, ${right}문제를 한 번에 맞혔습니다.`;
    return `${answered} of ${all} answered, ${right} right at the first try.`;
  }

  function follow(quiz) {
    const key = `quiz/${quiz.dataset.quiz}`;
    const status = quiz.querySelector('.quiz-score');
    const questions = [...quiz.querySelectorAll('.question')];
    let answers = kept.read(key);

    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = korean ? '처음부터 다시 풀기' : 'Start over';
    status.after(again);

    const choices = question => [...question.querySelectorAll('details')];

    function show() {
      const given = questions.filter(one => one.dataset.question in answers);
      const right = given.filter(
        one => choices(one)[answers[one.dataset.question]]?.classList.contains('is-right'),
      );
      status.textContent = score(right.length, given.length, questions.length);
      again.hidden = given.length === 0;
      for (const question of questions) {
        choices(question).forEach((choice, index) => {
          choice.classList.toggle('answered', answers[question.dataset.question] === index);
        });
      }
    }

    for (const question of questions) {
      const id = question.dataset.question;
      choices(question).forEach((choice, index) => {
        choice.open = answers[id] === index;
        choice.addEventListener('toggle', () => {
          if (!choice.open || id in answers) return;
          answers[id] = index;
          kept.write(key, answers);
          show();
        });
      });
    }

    again.addEventListener('click', () => {
      answers = {};
      kept.forget(key);
      for (const question of questions) {
        for (const choice of choices(question)) choice.open = false;
      }
      show();
      quiz.querySelector('summary').focus();
    });
    show();
  }

  document.querySelectorAll('.quiz').forEach(follow);
})();
