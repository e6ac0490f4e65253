//! 레슨 21과 22가 함께 쓰는, HTTP로 말하는 상대. 답은 바이트가 아니라 뜻으로 적습니다.
//! The HTTP peer that lessons 21 and 22 share. An answer is told by its meaning, not its bytes.
#![allow(dead_code, unused_imports, reason = "each lesson uses its own part")]

mod answer;
mod page;
mod story;

use answer::Asked;
use probe::Peer;
pub use story::{asks, asks_status, is_refused, refuses};

/// `method path`로 시작하는 요청. 필드와 본문을 쓰인 대로 담습니다. 본문이 있으면 Content-Length는 직접 넣으세요.
/// A request for `path`, with its Host, these fields (`"Connection: close"`) and this body. What
/// else belongs into it, a Content-Length above all, is up to the scenario.
pub fn request(method: &str, path: &str, fields: &[&str], body: &str) -> String {
    let fields: String = fields.iter().map(|it| format!("{it}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n{body}")
}

pub fn get(path: &str) -> String {
    get_with(path, &[])
}

pub fn get_with(path: &str, fields: &[&str]) -> String {
    request("GET", path, fields, "")
}

/// 본문이 있는 POST, 바른 Content-Length와 함께. / A POST with its body, and the right Content-Length.
pub fn post(path: &str, body: &str) -> String {
    let length = format!("Content-Length: {}", body.len());
    request("POST", path, &[&length], body)
}

/// `method`에 대한 답 하나를 받아 뜻으로 적습니다: 상태 코드, 물어본 필드, 본문.
/// Receives the one answer to a request of `method`, and not a byte behind it, and tells it by
/// its meaning: the status, the fields of these names (where they are there; sorted), and the
/// body: `HTTP 200, Content-Length: 27, "받았습니다: 왼쪽\n"`. `Connection: close` is told
/// whether asked for or not. What is not an answer, or has another length than it says, is told as
/// what came, byte for byte.
pub fn hears(peer: &mut Peer, method: &str, fields: &[&str]) {
    hears_what(peer, &Asked::all_of(method, fields));
}

/// 본문이 자유인 답. / As [`hears`], where the body, which is read as well, is free: `HTTP 404`.
pub fn hears_status(peer: &mut Peer, method: &str, fields: &[&str]) {
    let asked = Asked::all_of(method, fields);
    let with_body = false;
    hears_what(peer, &Asked { with_body, ..asked });
}

/// 닫는다고 말하든 말하지 않든 닫힐 연결의 답. / As [`hears`], on a connection that is closed
/// whether the answer says so or not (HTTP/1.0).
pub fn hears_last(peer: &mut Peer, method: &str, fields: &[&str]) {
    let asked = Asked::all_of(method, fields);
    let with_close = false;
    hears_what(
        peer,
        &Asked {
            with_close,
            ..asked
        },
    );
}

/// 본문도, 닫는다는 말도 자유인 답. / As [`hears_status`], whether it says that it closes or not.
pub fn hears_just_the_status(peer: &mut Peer, method: &str) {
    let asked = Asked::all_of(method, &[]);
    hears_what(
        peer,
        &Asked {
            with_body: false,
            with_close: false,
            ..asked
        },
    );
}

fn hears_what(peer: &mut Peer, asked: &Asked<'_>) {
    peer.expects_message(|got| asked.read(got));
}

/// 목록이 있는 페이지. / As [`hears`], of a page whose list is told as a browser shows it.
pub fn hears_page(peer: &mut Peer, fields: &[&str]) {
    let asked = Asked::all_of("GET", fields);
    peer.expects_message(|got| asked.read_as(got, page::items));
}

/// 한꺼번에 물은 여러 개에 대한 답. / The answers to `count` requests that were sent at once, all of
/// one status: `HTTP 202, × 100`.
pub fn hears_many(peer: &mut Peer, method: &str, count: usize) {
    let asked = Asked::all_of(method, &[]);
    peer.expects_message(|got| asked.read_many(got, count));
}
