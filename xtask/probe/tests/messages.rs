//! A peer that understands what it receives by a reader of the scenario's: what is told by its
//! meaning, and what byte for byte.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use probe::{Message, Peer, Reading, Report, Verdict};
use told::{decided, passes, told};

/// `3abc`: a digit, and so many bytes; capitals mean the same as small letters.
fn numbered(got: &[u8]) -> Reading {
    let Some((digit, body)) = got.split_first() else {
        return Reading::More(1);
    };
    let count = match digit {
        b'0'..=b'9' => usize::from(digit - b'0'),
        _ => return Reading::Not,
    };
    if body.len() < count {
        return Reading::More(count - body.len());
    }
    let text = body.to_ascii_lowercase();
    Reading::Message(Message::new("NUM", u16::from(*digit), &[], Some(&text)))
}

fn served(orders: &[&str], expected: &[&str], tells: impl FnOnce(&mut Peer)) -> Report {
    let connected = [
        r#"program stdout "at 127.0.0.1:<server>\n""#,
        "client-a connect 127.0.0.1:<server>",
    ];
    told(&[&connected, expected].concat(), |mut scene| {
        let mut server = scene.server_with(&[&["listen", "accept"], orders].concat());
        let mut client = server.client("client-a");
        tells(&mut client);
        scene.end();
    })
}

const ABC: &str = r#"client-a recv NUM 51, "abc""#;

#[test]
fn a_message_is_told_by_its_meaning_and_nothing_behind_it_is_read() {
    let expected = [ABC, r#"client-a recv "rest" 4 bytes"#];
    for sent in ["send 3abcrest", "send 3ABCrest"] {
        passes(&served(&[sent, "recv"], &expected, |client| {
            client.expects_message(numbered);
            client.expects("rest");
        }));
    }
}

#[test]
fn another_message_differs_and_its_bytes_are_kept() {
    let report = served(&["send 3ABd", "recv"], &[ABC], |client| {
        client.expects_message(numbered);
    });
    let due = (
        Verdict::Differs,
        r#"client-a recv NUM 51, "abd""#.to_owned(),
    );
    assert_eq!(decided(&report), due);
    assert_eq!(report.came_as.as_deref(), Some(r#""3ABd""#));
}

#[test]
fn what_is_no_message_is_told_byte_for_byte_with_all_that_came() {
    let report = served(&["send abc", "send def", "recv"], &[ABC], |client| {
        client.expects_message(numbered);
    });
    let due = r#"client-a recv "abcdef" 6 bytes"#.to_owned();
    assert_eq!(decided(&report), (Verdict::Differs, due));
}

#[test]
fn a_message_that_does_not_end_hangs_or_ends_with_its_stream() {
    let part = r#"client-a recv "3ab" 3 bytes"#;
    let hung = served(&["send 3ab", "recv"], &[ABC], |client| {
        client.expects_message(numbered);
    });
    assert_eq!(decided(&hung), (Verdict::Hung, part.to_owned()));
    let ended = served(
        &["send 3ab", "close", "line"],
        &[part, "client-a recv FIN"],
        |client| {
            client.expects_message(numbered);
        },
    );
    passes(&ended);
}

#[test]
fn what_is_sent_may_be_told_by_its_meaning() {
    let expected = [
        "client-a send NUM 3, twice",
        r#"program stdout "3abc3abc\n""#,
    ];
    let orders = ["recv", "print-heard", "stay"];
    let report = told(
        &[
            r#"program stdout "at 127.0.0.1:<server>\n""#,
            "client-a connect 127.0.0.1:<server>",
            expected[0],
            expected[1],
        ],
        |mut scene| {
            let mut server = scene.server_with(&[&["listen", "accept"], &orders[..]].concat());
            let mut client = server.client("client-a");
            let meaning = Message::new("NUM", 3, &["twice".to_owned()], None);
            client.sends_message(b"3abc3abc\n", meaning);
            server.prints_a_line();
            scene.end();
        },
    );
    passes(&report);
}
