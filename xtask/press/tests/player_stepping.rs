//! The player of recorded runs, in a real browser: its keys, its questions, its sockets and lines.

use crate::browser::{Browser, Tab};
use crate::player::*;
use serde_json::Value;

#[test]
fn keys_step_and_stay_inside() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    in_the_book(&mut tab, "ko", "");
    let place = tab.tells("location.href");
    assert_eq!(step(&mut tab), 1);
    tab.tells("front().scrollIntoView(); button('다음').focus()");
    // The second step does not matter: Shift goes past it.
    let ways = [
        ("ArrowRight", false, 2),
        ("ArrowRight", true, 3),
        ("ArrowLeft", false, 2),
        ("ArrowRight", true, 3),
        ("ArrowLeft", true, 1),
        ("ArrowLeft", false, 1),
        ("End", false, 17),
        ("ArrowRight", false, 17),
        ("Home", false, 1),
    ];
    for (key, shift, to) in ways {
        presses(&mut tab, key, shift);
        assert_eq!(step(&mut tab), to, "{key}, shift: {shift}");
        tab.rests();
        assert_eq!(
            tab.tells("location.href"),
            place,
            "{key} changes no address"
        );
        assert_eq!(tab.tells("document.activeElement.textContent"), "다음");
    }
    // Wherever in it the focus is: the slider, a switch, the source, what was clicked at.
    for part in [
        ".run:not([hidden]) input",
        ".run-switch button",
        ".run:not([hidden]) .run-code",
    ] {
        tab.tells(&format!(
            "document.querySelector('.run:not([hidden]) .run-source').open = true;
             document.querySelector('{part}').focus()"
        ));
        presses(&mut tab, "Home", false);
        presses(&mut tab, "ArrowRight", false);
        assert_eq!(step(&mut tab), 2, "{part}");
    }
    tab.clicks(".run:not([hidden]) .run-said:not(:empty)");
    tab.clicks(".run:not([hidden]) .run-held p");
    presses(&mut tab, "ArrowRight", false);
    assert_eq!(step(&mut tab), 3);
    tab.rests();
    assert_eq!(tab.tells("location.href"), place);

    // Outside it, the key is mdBook's.
    tab.tells("document.activeElement.blur()");
    presses(&mut tab, "ArrowRight", false);
    tab.comes_to("b.html");
}

/// Where what had the focus goes away, the keys must not fall through to the page.
#[test]
fn the_focus_is_not_lost() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    in_the_book(&mut tab, "en", &at(7));
    tab.tells("button('→ ends at 9').focus(); button('→ ends at 9').click()");
    assert_eq!(step(&mut tab), 9);
    presses(&mut tab, "ArrowRight", false);
    assert_eq!(step(&mut tab), 10);
    tab.rests();
    assert_eq!(tab.tells("location.pathname.endsWith('/a.html')"), true);
}

#[test]
fn each_step_is_spoken() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    for lang in ["ko", "en"] {
        let page = Alone::new(lang, "light", &two_runs(lang));
        opens(&mut tab, page.page(), &at(1));
        let next = if lang == "ko" { "다음" } else { "Next" };
        assert_eq!(
            tab.tells("front().querySelectorAll('[aria-live=polite], output').length"),
            1,
            "one of them"
        );
        for number in 2..=STEPS {
            takes(&mut tab, next);
            if number == ASKED {
                let asked = match lang {
                    "ko" => "18/25, 질문: client-b의 소켓은 몇 번이 될까요?",
                    _ => "18 of 25, a question: Which number will client-b's socket get?",
                };
                assert_eq!(live(&mut tab), asked);
                tab.tells("front().querySelector('.run-question summary').click()");
                tab.rests();
                takes(&mut tab, next);
            }
            // What the list says of it.
            let line = tab.tells(&format!(
                "(() => {{
                    const item = front().querySelectorAll('.run-step')[{number} - 1];
                    const {{ line }} = item.dataset;
                    const said = item.querySelector('.run-said').textContent;
                    return document.documentElement.lang === 'ko'
                        ? `{number}/{STEPS}${{line ? `, ${{line}}행` : ''}}: ${{said}}`
                        : `{number} of {STEPS}${{line ? `, line ${{line}}` : ''}}: ${{said}}`;
                }})()"
            ));
            assert_eq!(Value::from(live(&mut tab)), line);
            assert_eq!(
                tab.tells("seen('.run-steps > li').length"),
                1,
                "one step is shown"
            );
        }
    }
    let said = "25 of 25, line 40: Waits for the next client. Here the check ended the program.";
    assert_eq!(live(&mut tab), said);
}

#[test]
fn a_question_hides_its_answer_until_one_was_given() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let page = Alone::new("ko", "light", &two_runs("ko"));
    opens(&mut tab, page.page(), &at(ASKED - 1));
    tab.tells("document.querySelectorAll('.run-source').forEach(one => one.open = true)");
    tab.rests();
    // The sockets as this step left them, and the line at which the program waits.
    let stage = "[...texts('.run-held li > :not(:has(s))'), ...seen('.run-held s + *').map(one => one.textContent), seen('.is-lit')[0].dataset.line]";
    let before = tab.lists(stage);
    assert_eq!(before[4..], ["대기열 1", "40"], "{before:?}");
    presses_next(&mut tab);
    assert_eq!(step(&mut tab), ASKED);
    // It is nowhere: not in the step, not in the sockets, not in what is spoken.
    let hidden = tab.lists(
        "[...front().querySelectorAll('.run-step')[17].children].slice(1)
            .filter(one => one.checkVisibility()).map(one => one.outerHTML)",
    );
    assert!(hidden.is_empty(), "{hidden:?}");
    let seen = tab.tells("front().innerText").as_str().unwrap().to_owned();
    for answer in [
        "accept4(3) = 4",
        "번호 4가 다시",
        "소켓 4",
        "맞습니다",
        "아닙니다",
    ] {
        assert!(!seen.contains(answer), "{answer} is seen: {seen}");
    }
    assert!(seen.contains("client-b의 소켓은 몇 번이 될까요?"));
    assert!(!live(&mut tab).contains('4'), "{}", live(&mut tab));
    assert_eq!(
        tab.lists(stage),
        before,
        "the sockets and the line of before"
    );
    // The colour of its lane would give it away as well.
    let dot = "getComputedStyle(front().querySelector('.is-now'), '::after').display";
    assert_eq!(tab.tells(dot), "none");

    // No way leads past it: not the button, the slider, or a key.
    for way in [
        "button('다음').click()",
        "button('끝').click()",
        "button('다음 중요한 순간').click()",
        "front().querySelector('input').value = 25; front().querySelector('input').dispatchEvent(new Event('input'))",
    ] {
        tab.tells(way);
        assert_eq!(step(&mut tab), ASKED, "{way}");
        assert_eq!(tab.tells("seen('.run-call').length"), 0, "{way}");
    }
    // Back, and there again from afar.
    takes(&mut tab, "처음");
    takes(&mut tab, "끝");
    assert_eq!(step(&mut tab), ASKED);

    // A wrong answer says why, and is no obstacle.
    tab.clicks(".run:not([hidden]) .run-question li:first-child summary");
    tab.rests();
    let why = tab.lists("texts('.run-question p:not(.run-ask)')");
    assert_eq!(
        why,
        ["✘ 아닙니다. 3은 대기 소켓이고, 여전히 열려 있습니다."]
    );
    assert_eq!(tab.tells("seen('.run-call').length"), 0);
    let red = tab.tells("getComputedStyle(seen('.run-question details[open]')[0]).borderTopColor");
    assert_eq!(red, "rgb(179, 38, 30)");
    presses_next(&mut tab);
    assert_eq!(step(&mut tab), ASKED, "first what happened");
    assert_eq!(tab.lists("texts('.run-call')"), ["accept4(3) = 4"]);
    assert_eq!(tab.tells("seen('.run-question').length"), 0);
    assert!(live(&mut tab).starts_with("18/25, 40행: "));
    presses_next(&mut tab);
    assert_eq!(step(&mut tab), ASKED + 1);
    // It is asked once.
    takes(&mut tab, "이전");
    assert_eq!(tab.lists("texts('.run-call')"), ["accept4(3) = 4"]);

    // A right one goes on as well; and a link to it stops at it, too.
    opens(&mut tab, page.page(), &at(ASKED));
    assert_eq!(tab.tells("seen('.run-call').length"), 0);
    tab.clicks(".run:not([hidden]) .run-question .is-right summary");
    tab.rests();
    presses_next(&mut tab);
    assert_eq!(tab.lists("texts('.run-call')"), ["accept4(3) = 4"]);
    // A link past it goes past it.
    opens(&mut tab, page.page(), &at(ASKED + 2));
    assert_eq!(step(&mut tab), ASKED + 2);
}

fn presses_next(tab: &mut Tab<'_>) {
    tab.tells("button('다음').focus({ preventScroll: true })");
    presses(tab, "ArrowRight", false);
}

#[test]
fn sockets_are_told_as_before_and_after() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let page = Alone::new("ko", "light", &two_runs("ko"));
    opens(&mut tab, page.page(), &at(1));
    // A label of a field is the style's.
    let told = |number: usize, tab: &mut Tab<'_>| {
        tab.tells(&format!("location.hash = '{}'", at(number)));
        tab.rests();
        tab.lists("seen('.run-held li').map(one => [...one.children].map(cell => cell.textContent).join(' | '))")
    };
    assert_eq!(told(1, &mut tab), ["소켓 3 | TCP | CLOSED | 새로 생김"]);
    assert_eq!(told(2, &mut tab), ["소켓 3 | TCP | CLOSED"]);
    assert_eq!(
        told(3, &mut tab),
        ["소켓 3 | TCP | CLOSED | 127.0.0.1:<server>"]
    );
    assert_eq!(
        told(4, &mut tab),
        ["소켓 3 | TCP | CLOSED → LISTEN | 127.0.0.1:<server> | 대기열 0"]
    );
    assert_eq!(
        told(9, &mut tab),
        [
            "소켓 3 | TCP | LISTEN | 127.0.0.1:<server> | 대기열 1 → 대기열 0",
            "소켓 4 | TCP | ESTABLISHED | 127.0.0.1:<server> | 127.0.0.1:<client-a> | 읽지 않은 0바이트 | 새로 생김",
        ]
    );
    assert_eq!(told(15, &mut tab)[1], "소켓 4 | TCP | 닫힘");
    assert_eq!(told(16, &mut tab).len(), 1, "it is gone");
}

#[test]
fn a_line_leads_to_its_runs_and_a_call_to_its_other_end() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(700);
    let page = Alone::new("ko", "light", &two_runs("ko"));
    opens(&mut tab, page.page(), &at(1));
    tab.tells("front().querySelector('.run-source').open = true");
    tab.rests();
    tab.tells("scrollTo(0, 30)");
    let line =
        |number: usize| format!("front().querySelector('.run-line[data-line=\"{number}\"]')");
    // Line 84 runs at steps 12, 14 and 22 to 23, behind the question: its first two again and again.
    for to in [12, 14, ASKED] {
        tab.tells(&format!("{}.click()", line(84)));
        assert_eq!(step(&mut tab), to);
    }
    opens(&mut tab, page.page(), &at(23));
    tab.tells("front().querySelector('.run-source').open = true");
    tab.rests();
    tab.tells(&format!("{}.click()", line(84)));
    assert_eq!(step(&mut tab), 12, "the first, after the last");
    let lit = tab.lists("seen('.is-lit').map(one => one.dataset.line)");
    assert_eq!(lit, ["84"]);
    let inside = tab.tells(
        "(() => {
            const [line, pane] = [seen('.is-lit')[0], seen('.run-code')[0]].map(one => one.getBoundingClientRect());
            return line.top >= pane.top && line.bottom <= pane.bottom && seen('.run-code')[0].scrollTop > 0;
        })()",
    );
    assert_eq!(inside, true, "it is in sight, in its own scroller");
    let before = tab.tells("scrollY");
    takes(&mut tab, "처음");
    takes(&mut tab, "다음");
    assert_eq!(tab.tells("scrollY"), before, "the page stays where it is");
    let cursor = |number| format!("getComputedStyle({}).cursor", line(number));
    assert_eq!(tab.tells(&cursor(84)), "pointer");
    assert_ne!(tab.tells(&cursor(41)), "pointer", "it never runs");
    tab.tells(&format!("{}.click()", line(41)));
    assert_eq!(step(&mut tab), 2);

    // By keyboard: the line of this step.
    opens(&mut tab, page.page(), &at(7));
    tab.tells("button('다음').focus()");
    presses(&mut tab, "KeyL", false);
    assert_eq!(step(&mut tab), 9, "line 40 again");
    takes(&mut tab, "← 7번에서 시작");
    assert_eq!(step(&mut tab), 7);
    takes(&mut tab, "→ 9번에서 끝남");
    assert_eq!(step(&mut tab), 9);
    // While a peer acts, the program stands where it waits.
    opens(&mut tab, page.page(), &at(8));
    tab.tells("front().querySelector('.run-source').open = true");
    tab.rests();
    assert_eq!(
        tab.lists("seen('.is-lit').map(one => one.dataset.line)"),
        ["40"]
    );
}

#[test]
fn what_went_before_is_in_sight_and_what_does_not_matter_a_number() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(700);
    let page = Alone::new("en", "light", &two_runs("en"));
    opens(&mut tab, page.page(), &at(9));
    assert_eq!(
        tab.lists("texts('.run-row')"),
        [
            "bind(3, 127.0.0.1:0) = 0",
            "listen(3, 128) = 0",
            "… 2 calls",
            "accept4(3) …",
            "client-a connect 127.0.0.1:<server>"
        ]
    );
    assert_eq!(
        tab.lists("texts('.run-head')"),
        ["server", "client-a", "client-b"]
    );
    // It waits in accept while client-a connects.
    let waits = "seen('.run-row').map(row => String(row.querySelectorAll('i').length))";
    assert_eq!(tab.lists(waits), ["0", "0", "0", "1", "1"]);
    tab.clicks(".run:not([hidden]) .run-row:nth-child(2)");
    assert_eq!(step(&mut tab), 4);
}

#[test]
fn all_steps_are_a_list_again() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(700);
    let page = Alone::new("ko", "light", &two_runs("ko"));
    opens(&mut tab, page.page(), &at(3));
    takes(&mut tab, "목록으로 보기");
    assert_eq!(tab.tells("button('목록으로 보기').ariaPressed"), "true");
    assert_eq!(tab.tells("seen('.run-steps > li').length"), STEPS);
    assert_eq!(tab.tells("seen('.run-trail, .run-held').length"), 0);
    // A step that is gone to comes into sight.
    tab.tells("scrollTo(0, 0); button('끝').click()");
    let in_sight = "(() => { const { top, bottom } = seen('.is-now')[0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight })()";
    assert_eq!(tab.tells(in_sight), true);
    tab.tells("[...front().querySelectorAll('.run-step button')].find(one => one.textContent.includes(' 14번')).click()");
    assert_eq!(step(&mut tab), 14);
    assert_eq!(tab.tells(in_sight), true);
    assert_eq!(tab.tells("scrollY > 0"), true);
    tab.tells("seen('.run-call')[20].click()");
    assert_eq!(step(&mut tab), 21);
    assert_eq!(tab.tells("seen('.run-steps > li').length"), 1);
    let seen = tab.tells("front().getBoundingClientRect().bottom > 0");
    assert_eq!(seen, true);
}
