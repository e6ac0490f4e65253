//! Lesson 22's page on a phone: a real browser, as wide as one, and a Unity that the test plays.

use crate::browser::{Browser, Tab};
use crate::server::{PATIENCE, Server, built};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;

/// As wide as a small phone.
const PHONE: u32 = 360;
/// The newest command on the page, and how it is.
const NEWEST: &str = "(() => {
    const newest = document.querySelector('#commands li');
    return newest === null ? '' : [...newest.children].map(one => one.textContent).join(' ');
})()";
/// What the page says of what was sent from it.
const NEWS: &str = "document.getElementById('news').textContent";

/// Lesson 22's solution, and where Unity connects.
struct Remote {
    server: Server,
    unity: SocketAddr,
}

impl Remote {
    fn start() -> Remote {
        let program = built("solution-22-remote-control", "solution-22-server");
        let server = Server::start(Command::new(program), &["127.0.0.1:0"]);
        let line = server.line();
        let unity = line.split_whitespace().find_map(|word| word.parse().ok());
        let unity = unity.unwrap_or_else(|| panic!("there is no address in {line:?}"));
        Remote { server, unity }
    }

    fn is_opened_in(&self, tab: &mut Tab<'_>) {
        tab.opens_at(&format!("http://{}/", self.server.address));
    }

    /// Unity connects; it has carried out nothing yet.
    fn unity(&self) -> Unity {
        let stream = TcpStream::connect(self.unity).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut unity = Unity(stream);
        unity.sends("last 0");
        assert_eq!(unity.receives(), "after 0");
        assert_eq!(self.server.line(), "유니티가 연결되었습니다");
        unity
    }
}

/// The program that is controlled, by its socket.
struct Unity(TcpStream);

impl Unity {
    fn sends(&mut self, body: &str) {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        self.0
            .write_all(&[&length, body.as_bytes()].concat())
            .unwrap();
    }

    fn receives(&mut self) -> String {
        let mut length = [0; 4];
        self.0.read_exact(&mut length).unwrap();
        let mut body = vec![0; u32::from_be_bytes(length) as usize];
        self.0.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap()
    }
}

/// Types a command into the page's field and sends it, as a thumb does.
fn types(tab: &mut Tab<'_>, command: &str) {
    tab.clicks("form input");
    tab.ask("Input.insertText", serde_json::json!({"text": command}));
    tab.clicks("form button");
}

#[test]
fn a_button_s_command_waits_until_unity_has_done_it() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let remote = Remote::start();
    let mut tab = browser.tab(PHONE);
    remote.is_opened_in(&mut tab);
    tab.clicks(".keys button");
    tab.comes_to_tell(NEWS, "받았습니다");
    assert_eq!(remote.server.line(), "받았습니다: 1 왼쪽");
    tab.comes_to_tell(NEWEST, "1 왼쪽 대기");

    let mut unity = remote.unity();
    assert_eq!(unity.receives(), "1 왼쪽");
    tab.rests();
    assert_eq!(tab.tells(NEWEST), "1 왼쪽 대기", "nobody has done it yet");
    unity.sends("done 1");
    assert_eq!(remote.server.line(), "전달했습니다: 1");
    tab.comes_to_tell(NEWEST, "1 왼쪽 완료");
}

/// On this phone and, by the page itself, on every other.
#[test]
fn what_is_typed_is_text_and_never_markup() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let remote = Remote::start();
    let mut unity = remote.unity();
    let typed = r#"<b id="bold">"&'</b>"#;
    let mut tab = browser.tab(PHONE);
    remote.is_opened_in(&mut tab);
    types(&mut tab, typed);
    assert_eq!(remote.server.line(), format!("받았습니다: 1 {typed}"));
    assert_eq!(unity.receives(), format!("1 {typed}"));
    let shown = format!("1 {typed} 대기");
    tab.comes_to_tell(NEWEST, &shown);
    let bold = "document.getElementById('bold')";
    assert!(tab.tells(bold).is_null());
    drop(tab);
    let mut other = browser.tab(PHONE);
    remote.is_opened_in(&mut other);
    assert_eq!(other.tells(NEWEST), shown);
    assert!(other.tells(bold).is_null());
    // A command of the list is sent again by a touch, and is still the same.
    other.clicks("#commands button");
    assert_eq!(remote.server.line(), format!("받았습니다: 2 {typed}"));
    assert_eq!(unity.receives(), format!("2 {typed}"));
}

#[test]
fn each_phone_is_told_of_what_it_sent() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let Some(mut another) = Browser::start() else {
        return;
    };
    let remote = Remote::start();
    let (mut first, mut second) = (browser.tab(PHONE), another.tab(PHONE));
    remote.is_opened_in(&mut first);
    remote.is_opened_in(&mut second);
    types(&mut first, "점프");
    types(&mut second, &"가".repeat(67));
    first.comes_to_tell(NEWS, "받았습니다");
    second.comes_to_tell(NEWS, "보낼 수 없는 명령입니다");
    first.rests();
    assert_eq!(first.tells(NEWS), "받았습니다");
    // The list is everybody's.
    second.comes_to_tell(NEWEST, "1 점프 대기");
}

#[test]
fn a_phone_shows_the_page_whole() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let remote = Remote::start();
    let mut tab = browser.tab(PHONE);
    remote.is_opened_in(&mut tab);
    // As long as a command may be, in one word.
    types(&mut tab, &"가".repeat(66));
    tab.comes_to_tell(NEWS, "받았습니다");
    tab.comes_to_tell(
        "String(document.querySelectorAll('#commands li').length)",
        "1",
    );
    let wide = tab.tells("document.documentElement.scrollWidth");
    assert_eq!(wide, PHONE);
    let small = tab.lists(
        "[...document.querySelectorAll('.keys button, form button, input')]
            .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
            .map(one => one.textContent)",
    );
    assert!(small.is_empty(), "too small for a thumb: {small:?}");
}

/// A page of another address may ask, and is refused.
#[test]
fn a_page_from_elsewhere_sends_nothing() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (remote, elsewhere) = (Remote::start(), Remote::start());
    let mut tab = browser.tab(PHONE);
    elsewhere.is_opened_in(&mut tab);
    let address = remote.server.address;
    // It may not read the answer; what counts is what the server makes of it.
    tab.tells(&format!(
        "fetch('http://{address}/commands', {{ method: 'POST', mode: 'no-cors', body: '왼쪽' }}).then(() => 0)"
    ));
    remote.is_opened_in(&mut tab);
    assert_eq!(tab.tells(NEWEST), "", "nothing was accepted");
}
