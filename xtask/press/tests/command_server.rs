//! Lesson 21's server, written by hand, in a real browser: what it answers is seen there, and what
//! a page sends reaches it.

use crate::browser::{Browser, Tab};
use crate::server::{Server, built};
use std::collections::BTreeSet;
use std::process::Command;

/// Lesson 21's solution, on a port of its own.
fn command_server() -> Server {
    let program = built("solution-21-http", "solution-21-http");
    Server::start(Command::new(program), &[])
}

/// The page that the server answers to `GET /`.
fn opens_its_page(tab: &mut Tab<'_>, server: &Server) {
    tab.opens_at(&format!("http://{}/", server.address));
}

#[test]
fn its_page_is_read_as_utf_8() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let server = command_server();
    let mut tab = browser.tab(360);
    opens_its_page(&mut tab, &server);
    assert_eq!(
        tab.lists("[document.body.innerText.trim(), document.characterSet, document.contentType]"),
        ["명령 서버입니다", "UTF-8", "text/plain"]
    );
}

#[test]
fn a_page_sends_it_a_command() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let server = command_server();
    let mut tab = browser.tab(360);
    opens_its_page(&mut tab, &server);
    let sent = tab.lists(
        "fetch('/commands', { method: 'POST', body: '왼쪽' })
            .then(async answer => [String(answer.status), await answer.text()])",
    );
    assert_eq!(sent, ["200", "받았습니다: 왼쪽\n"]);
    assert_eq!(server.line(), "명령: 왼쪽");
    tab.opens_at(&format!("http://{}/commands", server.address));
    assert_eq!(tab.tells("document.body.innerText.trim()"), "왼쪽");
}

/// More of them at once than a browser makes connections to one server: some wait for others'.
#[test]
fn each_command_of_many_has_its_own_answer() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let server = command_server();
    let mut tab = browser.tab(360);
    opens_its_page(&mut tab, &server);
    let wrong = tab.lists(
        "Promise.all([...Array(30).keys()].map(async number => {
            const answer = await fetch('/commands', { method: 'POST', body: `${number}번` });
            const text = await answer.text();
            return text === `받았습니다: ${number}번\\n` ? '' : `${number}: ${text}`;
        })).then(all => all.filter(one => one))",
    );
    assert!(wrong.is_empty(), "{wrong:?}");
    let printed: BTreeSet<_> = (0..30).map(|_| server.line()).collect();
    let sent: BTreeSet<_> = (0..30).map(|number| format!("명령: {number}번")).collect();
    assert_eq!(printed, sent);
}

#[test]
fn a_browser_sees_what_is_not_there_and_what_is_not_allowed() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let server = command_server();
    let mut tab = browser.tab(360);
    opens_its_page(&mut tab, &server);
    let told = tab.lists(
        "(async () => {
            const none = await fetch('/none');
            const put = await fetch('/commands', { method: 'PUT', body: '왼쪽' });
            const head = await fetch('/', { method: 'HEAD' });
            const page = await fetch('/');
            return [none, put, head, page].map(one => String(one.status))
                .concat(put.headers.get('Allow').split(/, */).sort().join(' '),
                    head.headers.get('Content-Length'), await head.text(), await page.text());
        })()",
    );
    let page = "명령 서버입니다\n";
    let length = page.len().to_string();
    assert_eq!(
        told,
        [
            "404",
            "405",
            "200",
            "200",
            "GET HEAD POST",
            &length,
            "",
            page
        ]
    );
}

/// A browser keeps its connections open, and may hold one on which it never sends anything.
#[test]
fn it_ends_while_a_browser_is_connected() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let mut server = command_server();
    let mut tab = browser.tab(360);
    opens_its_page(&mut tab, &server);
    server.is_typed("");
    assert!(server.ends().success());
}
