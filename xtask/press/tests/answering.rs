//! The quizzes of the real book are answered, in a real browser and from a folder (`file://`):
//! by mouse, by keyboard, and without scripts.

use crate::browser::{Browser, Tab};
use crate::real_book::page;

/// Of the first question of lesson 04.
const WRONG: &str = ".question li:nth-child(2) > details";
const RIGHT: &str = ".question li:nth-child(3) > details";
const WRONG_ANSWER: &str = "RST를 받는다.";

fn takes(tab: &mut Tab<'_>, choice: &str) {
    tab.clicks(&format!("{choice} > summary"));
    tab.rests();
}

fn is_open(tab: &mut Tab<'_>, choice: &str) -> bool {
    tab.tells(&format!("document.querySelector('{choice}').open")) == true
}

/// The choices that are marked as the reader's answers.
fn answers(tab: &mut Tab<'_>) -> Vec<String> {
    tab.lists(
        "[...document.querySelectorAll('.quiz .answered > summary')].map(one => one.textContent)",
    )
}

fn score(tab: &mut Tab<'_>) -> String {
    let score = tab.tells("document.querySelector('.quiz-score').textContent");
    score.as_str().unwrap().to_owned()
}

/// What can be read below a choice, and the colour of its border.
fn verdict(tab: &mut Tab<'_>, choice: &str) -> (String, String) {
    let told = tab.lists(&format!(
        "(() => {{
            const choice = document.querySelector('{choice}');
            const why = choice.querySelector('p');
            const seen = why.checkVisibility() && why.getBoundingClientRect().height > 0;
            return [seen ? why.textContent : '', getComputedStyle(choice).borderTopColor];
        }})()"
    ));
    (told[0].clone(), told[1].clone())
}

#[test]
fn a_wrong_answer_says_why_and_the_right_one_is_still_to_be_found() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.opens(&page("ko/lesson-04-accept.html"));
    assert_eq!(tab.tells("location.protocol"), "file:");
    assert_eq!(score(&mut tab), "", "nothing was answered yet");

    takes(&mut tab, WRONG);
    let (why, red) = verdict(&mut tab, WRONG);
    assert!(why.starts_with("✘ 아닙니다. ") && why.len() > 40, "{why}");
    assert!(!is_open(&mut tab, RIGHT));
    assert_eq!(verdict(&mut tab, RIGHT).0, "");
    assert_eq!(answers(&mut tab), [WRONG_ANSWER]);
    assert_eq!(
        score(&mut tab),
        "4문제 중 1문제를 풀었고, 0문제를 한 번에 맞혔습니다."
    );

    takes(&mut tab, RIGHT);
    let (why, green) = verdict(&mut tab, RIGHT);
    assert!(why.starts_with("✔ 맞습니다. "), "{why}");
    assert_ne!(red, green);
    assert_eq!(answers(&mut tab), [WRONG_ANSWER], "the first one counts");
}

#[test]
fn what_was_answered_is_kept_for_its_chapter() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let told = "1 of 4 answered, 1 right at the first try.";
    tab.opens(&page("en/lesson-04-accept.html"));
    takes(&mut tab, RIGHT);
    assert_eq!(score(&mut tab), told);
    tab.reloads();
    assert_eq!(score(&mut tab), told);
    assert!(is_open(&mut tab, RIGHT) && !is_open(&mut tab, WRONG));

    tab.opens(&page("en/lesson-05-connect.html"));
    assert_eq!(score(&mut tab), "", "another chapter");
    assert!(answers(&mut tab).is_empty());

    // Both editions ask the same.
    tab.opens(&page("ko/lesson-04-accept.html"));
    assert!(is_open(&mut tab, RIGHT));
    tab.clicks(".quiz button");
    tab.rests();
    assert!(!is_open(&mut tab, RIGHT));
    tab.reloads();
    assert_eq!(score(&mut tab), "", "it was begun again");
}

#[test]
fn a_quiz_is_answered_by_keyboard_alone() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.opens(&page("ko/lesson-04-accept.html"));
    // From its heading on, which spares this test the way through the page.
    tab.tells("location.hash = 'quiz'");
    tab.rests();
    let at_a_choice = "document.activeElement.matches('.question summary')";
    for _ in 0..3 {
        if tab.tells(at_a_choice) == false {
            tab.presses("Tab");
        }
    }
    assert_eq!(tab.tells(at_a_choice), true, "the Tab key comes to it");
    for choice in [WRONG, RIGHT] {
        tab.presses("Tab");
        tab.presses("Enter");
        tab.rests();
        assert!(is_open(&mut tab, choice), "{choice}");
        let ring = tab.tells("getComputedStyle(document.activeElement).outlineStyle");
        assert_eq!(ring, "solid", "one sees where the focus is");
    }
    assert_eq!(answers(&mut tab), [WRONG_ANSWER]);

    tab.tells("[...document.querySelectorAll('.quiz-more a')].at(-1).focus()");
    tab.presses("Tab");
    assert_eq!(tab.tells("document.activeElement.localName"), "button");
    tab.presses("Enter");
    tab.rests();
    assert!(answers(&mut tab).is_empty(), "it is begun again");
    assert_eq!(tab.tells(at_a_choice), true, "at the first choice");
}

/// A choice with code in it is one text, whose lines begin below one another.
#[test]
fn a_choice_has_no_gaps() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(360);
    tab.opens(&page("ko/lesson-10-client-server.html"));
    let gaps = tab.lists(
        "[...document.querySelectorAll('.quiz summary > code')]
            .filter(code => /^[가-힣]/.test(code.nextSibling?.data ?? ''))
            .filter(code => {
                const particle = document.createRange();
                particle.setStart(code.nextSibling, 0);
                particle.setEnd(code.nextSibling, 1);
                const [name, next] = [[...code.getClientRects()].at(-1), particle.getBoundingClientRect()];
                return next.left > name.right + 1 && next.top < name.bottom;
            })
            .map(code => code.parentElement.textContent)",
    );
    assert!(gaps.is_empty(), "{gaps:?}");
}

#[test]
fn without_scripts_every_choice_unfolds() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.without_scripts();
    for name in ["ko/lesson-04-accept.html", "en/lesson-04-accept.html"] {
        tab.opens(&page(name));
        assert_eq!(
            tab.tells("document.querySelectorAll('.quiz button').length"),
            0,
            "what needs a script is not there"
        );
        let all = tab.tells("document.querySelectorAll('.quiz details').length");
        assert!(all.as_u64().unwrap() > 10, "{name}");
        tab.clicks(&format!("{WRONG} > summary"));
        assert!(is_open(&mut tab, WRONG), "{name}");
        let shut = tab.lists(
            "[...document.querySelectorAll('.quiz details:not([open])')].filter(choice => {
                choice.querySelector('summary').click();
                return choice.querySelector('p').getBoundingClientRect().height === 0;
            }).map(choice => choice.textContent)",
        );
        assert!(shut.is_empty(), "{name}: {shut:?}");
    }
}
