//! The reader of answers that the HTTP peer has: where an answer ends, and what it means.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../../../lessons/http/answer.rs"]
mod answer;

use answer::Asked;
use probe::Reading;

fn read(method: &str, fields: &[&str], with_body: bool, got: &str) -> String {
    let asked = Asked {
        with_body,
        ..Asked::all_of(method, fields)
    };
    told(asked.read(got.as_bytes()))
}

fn told(reading: Reading) -> String {
    match reading {
        Reading::Message(message) => message.to_string(),
        Reading::More(most) => format!("more: {most}"),
        Reading::Not => "not".to_owned(),
    }
}

fn get(fields: &[&str], got: &str) -> String {
    read("GET", fields, true, got)
}

#[test]
fn names_blanks_order_and_reasons_do_not_matter() {
    for got in [
        "HTTP/1.1 405 No\r\ncontent-length: 2\r\nALLOW:POST,GET\r\nDate: x\r\n\r\nhi",
        "HTTP/1.1 405 \r\nAllow: GET\r\nAllow: POST \r\nContent-Length:  02\r\n\r\nhi",
        "HTTP/1.1 405\r\nAllow: GET, POST\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
    ] {
        let told = get(&["Content-Length", "Allow"], got);
        assert_eq!(
            told,
            "HTTP 405, Allow: GET, POST, Content-Length: 2, \"hi\""
        );
    }
}

#[test]
fn that_a_connection_is_closed_is_always_told() {
    let close = "HTTP 200, Connection: close, \"\"";
    for head in [
        "HTTP/1.1 200 OK\r\nConnection: x, Close",
        "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\nConnection: CLOSE",
        "HTTP/1.0 200 OK\r\nDate: x",
    ] {
        let got = format!("{head}\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(get(&[], &got), close, "{got}");
    }
    let stays = "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(get(&["Connection"], stays), "HTTP 200, \"\"");
}

#[test]
fn that_it_is_closed_is_not_told_where_it_is_no_matter() {
    let asked = Asked {
        with_close: false,
        ..Asked::all_of("GET", &["Connection"])
    };
    let got = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(
        asked.read(got),
        asked.read(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")
    );
}

#[test]
fn no_byte_behind_an_answer_is_asked_for() {
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    for end in 0..whole.len() {
        let body = end.saturating_sub(whole.len() - 3);
        let due = if end < whole.len() - 3 { 1 } else { 3 - body };
        assert_eq!(get(&[], &whole[..end]), format!("more: {due}"), "{end}");
    }
    assert_eq!(get(&[], whole), "HTTP 200, \"abc\"");
}

#[test]
fn an_answer_to_head_and_a_100_have_no_body() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
    let told = read("HEAD", &["Content-Length"], true, head);
    assert_eq!(told, "HTTP 200, Content-Length: 3, \"\"");
    assert_eq!(get(&[], "HTTP/1.1 100 Continue\r\n\r\n"), "HTTP 100, \"\"");
}

#[test]
fn a_free_body_is_read_and_not_told() {
    let got = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno";
    assert_eq!(read("GET", &[], false, got), "HTTP 404");
    assert_eq!(read("GET", &[], false, &got[..got.len() - 1]), "more: 1");
}

#[test]
fn what_is_no_answer_is_none() {
    for got in [
        "명령 서버입니다\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "GET / HTTP/1.1\r\n\r\n",
    ] {
        assert_eq!(get(&[], got), "not", "{got:?}");
    }
    let open = "HTTP/1.1 200 OK\r\nDate: x\r\n\r\nabc";
    assert_eq!(get(&[], open), "more: 65536");
    assert_eq!(read("HEAD", &[], true, open), "more: 65536");
}

#[test]
fn answers_in_a_row_are_one_message_if_they_say_the_same() {
    let one = "HTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\n1\n";
    let posts = Asked::all_of("POST", &[]);
    let read = |got: &str| told(posts.read_many(got.as_bytes(), 2));
    assert_eq!(read(&one.repeat(2)), "HTTP 202, × 2");
    let other = one.replace("202", "503");
    assert_eq!(read(&format!("{one}{other}")), "not");
    assert!(read(one).starts_with("more: "), "{}", read(one));
}
