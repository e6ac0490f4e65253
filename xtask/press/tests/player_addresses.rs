//! The player of recorded runs, in a real browser: its addresses, and runs beside each other.

use crate::browser::Browser;
use crate::player::*;

#[test]
fn a_step_has_an_address() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    tab.before_each_page(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text } } })",
    );
    in_the_book(&mut tab, "ko", &at(7));
    assert_eq!(step(&mut tab), 7);
    let front = tab.tells("front().dataset.run");
    assert_eq!(front, "lesson-04/greets_two", "the run that is named");
    let in_sight = "(() => { const { top } = front().getBoundingClientRect(); return top >= 0 && top < 200 })()";
    tab.rests();
    assert_eq!(tab.tells(in_sight), true);
    // Whoever steps has the same address, until they ask for another.
    takes(&mut tab, "다음");
    let hash = tab.tells("location.hash");
    assert_eq!(hash, at(7));
    let long = tab.tells("history.length");
    takes(&mut tab, "이 순간의 주소");
    let hash = tab.tells("location.hash");
    assert_eq!(hash, at(8));
    assert_eq!(tab.tells("history.length"), long);
    assert_eq!(tab.tells("copied === location.href"), true);
    assert_eq!(live(&mut tab), "주소를 복사했습니다.");
    // A link in the page.
    tab.tells(&format!("location.hash = '{}'", at(3)));
    tab.rests();
    assert_eq!(step(&mut tab), 3);
    // What is no step is none.
    for (hash, to) in [("&step=99", STEPS), ("&step=x", 1), ("", 1)] {
        in_the_book(&mut tab, "ko", &format!("#run=lesson-04/greets_two{hash}"));
        assert_eq!(step(&mut tab), to, "{hash}");
    }
    in_the_book(&mut tab, "ko", "#run=lesson-99/none&step=2");
    assert_eq!(step(&mut tab), 1);
    // One in a fold.
    let folded = format!(
        "<details><summary>Fold</summary>{}</details>",
        two_runs("ko")
    );
    let page = Alone::new("ko", "light", &folded);
    opens(&mut tab, page.page(), &at(5));
    assert_eq!(
        tab.lists("texts('.run-call')"),
        ["getsockname(3) = 127.0.0.1:<server>"]
    );
}

#[test]
fn the_other_edition_opens_at_the_same_step() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let other = "(() => {
        const link = document.querySelector('#other-edition a');
        link.dispatchEvent(new Event('focus'));
        return new URL(link.href).hash;
    })()";
    in_the_book(&mut tab, "ko", &at(7));
    tab.rests();
    assert_eq!(tab.tells(other), at(7));
    takes(&mut tab, "다음");
    assert_eq!(tab.tells(other), at(8), "where the reader is now");
    tab.tells("document.querySelector('#other-edition a').click()");
    tab.comes_to(&format!("en/a.html{}", at(8)));
    tab.tells(PARTS);
    assert_eq!(step(&mut tab), 8);
    assert_eq!(
        tab.lists("texts('.run-said')"),
        ["The kernel made client-a's connection. The program is still inside accept."]
    );
    // Somewhere else in the page, that is where the reader is.
    tab.tells("document.querySelector('#below').scrollIntoView({ behavior: 'instant' }); scrollBy({ top: 200, behavior: 'instant' })");
    tab.rests();
    assert_eq!(tab.tells(other), "#below");
    // Nobody stepped.
    in_the_book(&mut tab, "ko", "");
    tab.tells("front().scrollIntoView({ behavior: 'instant' })");
    tab.rests();
    assert_eq!(tab.tells(other), "");
}

#[test]
fn of_two_runs_one_is_in_front_and_they_meet_at_the_same_place() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let page = Alone::new("ko", "light", &two_runs("ko"));
    opens(&mut tab, page.page(), "");
    let titles = tab.lists("[...document.querySelectorAll('.run-switch button')].map(one => `${one.textContent} ${one.ariaPressed}`)");
    assert_eq!(titles, ["내 실행 true", "풀이의 실행 false"]);
    takes(&mut tab, "갈라지는 곳으로");
    assert_eq!(step(&mut tab), 12);
    assert_eq!(
        tab.lists("texts('.is-now .run-flag')"),
        ["여기서 갈라집니다"]
    );
    assert_eq!(tab.lists("texts('.run-call')"), ["close(4) = 0"]);
    takes(&mut tab, "풀이의 실행");
    assert_eq!(step(&mut tab), 12, "four steps after client-a connected");
    assert_eq!(tab.lists("texts('.run-call')"), ["recv(4, 1024) …"]);
    // client-b connects at 15 of one, at 17 of the other.
    takes(&mut tab, "내 실행");
    for _ in 0..3 {
        takes(&mut tab, "다음");
    }
    let connects = ["client-b connect 127.0.0.1:<server>"];
    assert_eq!(tab.lists("texts('.run-call')"), connects);
    takes(&mut tab, "풀이의 실행");
    assert_eq!(
        (step(&mut tab), tab.lists("texts('.run-call')")),
        (17, connects.map(str::to_owned).to_vec())
    );
    takes(&mut tab, "내 실행");
    assert_eq!(step(&mut tab), 15);
}

#[test]
fn several_players_are_each_for_itself() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let runs = format!("{}{}", long_run("a", 9), long_run("b", 5));
    let page = Alone::new("en", "light", &runs);
    opens(&mut tab, page.page(), "#run=b&step=2");
    tab.tells("document.querySelectorAll('.run')[0].querySelector('input').focus()");
    for _ in 0..3 {
        presses(&mut tab, "ArrowRight", false);
    }
    let steps = tab.lists("[...document.querySelectorAll('.run input')].map(one => one.value)");
    assert_eq!(steps, ["4", "2"]);
    // One run alone has nothing to switch to.
    assert_eq!(
        tab.tells("document.querySelectorAll('.run-switch').length"),
        0
    );
}

#[test]
fn programs_have_lanes_and_sockets_of_their_own() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut tab = browser.tab(1280);
    let step = |lane: &str, who: &str, rest: &str| {
        format!(
            "<li class='run-step run-matters' data-lane='{lane}' data-who='{who}' {rest}>\
             <code class='run-call'>{who}</code> <span class='run-said'>It does.</span>"
        )
    };
    let socket = |who: &str, queue: usize| {
        format!(
            "<ul class='run-sockets'><li data-socket='{who}:3' data-fd='3' data-kind='UDP' data-state='UNCONN' \
             data-local='127.0.0.1:1' data-peer='' data-queue='{queue}'>socket</li></ul></li>"
        )
    };
    let begins = "data-line='1' data-call='1' data-part='begins'";
    let whole = "data-line='1' data-call='1' data-part='whole'";
    let steps = [
        step("peer", "client-a", "") + "</li>",
        step("program", "server", begins) + &socket("server", 0),
        step("program", "relay", whole) + &socket("relay", 2),
        step("over", "server", "") + "</li>",
        step("peer", "client-a", "") + "</li>",
    ];
    let run = format!(
        "<section class='run' data-run='two' aria-label='Two'><p class='run-title'>Two</p>\
         <ol class='run-steps'>{}</ol></section>",
        steps.concat()
    );
    let page = Alone::new("en", "light", &run);
    opens(&mut tab, page.page(), "#run=two&step=5");
    assert_eq!(
        tab.lists("texts('.run-head')"),
        ["server", "relay", "client-a"]
    );
    assert_eq!(
        tab.lists("seen('.run-held li').map(one => [...one.children].map(cell => cell.textContent).join(' | '))"),
        [
            "server socket 3 | UDP | UNCONN | 127.0.0.1:1 | 0 datagrams",
            "relay socket 3 | UDP | UNCONN | 127.0.0.1:1 | 2 datagrams",
        ]
    );
    // The server waits until it is over.
    let waits = "seen('.run-row').map(row => String(row.querySelectorAll('i').length))";
    assert_eq!(tab.lists(waits), ["0", "1", "1", "0"]);
}
