//! A peer at its end of a TCP connection: what it makes of every way a connection can stop,
//! of bytes in pieces and of bytes too many. That nothing comes is left to `silences.rs`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use probe::{Peer, Program, Report};
#[cfg(target_os = "linux")]
use std::time::Duration;
use told::{differs, lines, passes, told};

/// A server that resets before its client has said anything may do so while that still
/// connects.
const ASKS: &str = r#"client-a send "?" 1 byte"#;
const FIN: &str = "client-a recv FIN";
const RST: &str = "client-a recv RST";
const HELLO: &str = r#"client-a recv "hello" 5 bytes"#;

/// The report of a server that carries out `orders` when client-a has connected to it.
fn served(
    orders: &[&str],
    expected: &[&str],
    tells: impl FnOnce(&mut Program, &mut Peer),
) -> Report {
    let connected = [
        r#"program stdout "at 127.0.0.1:<server>\n""#,
        "client-a connect 127.0.0.1:<server>",
    ];
    told(&[&connected, expected].concat(), |mut scene| {
        let mut server = scene.server_with(&[&["listen", "accept"], orders].concat());
        let mut client = server.client("client-a");
        tells(&mut server, &mut client);
        scene.end();
    })
}

#[test]
fn fin_rst_and_bytes_are_told_apart() {
    let answers = [
        (["recv", "close", "line"], FIN),
        (["recv", "reset", "line"], RST),
        (["recv", "send hello", "line"], HELLO),
    ];
    let report = |orders: [&str; 3], due| {
        served(&orders, &[ASKS, due], |_, client| {
            client.sends("?");
            match due {
                HELLO => client.expects("hello"),
                _ => client.expects_the_end(),
            }
        })
    };
    for (index, right) in answers.into_iter().enumerate() {
        passes(&report(right.0, right.1));
        let wrong = answers[(index + 1) % answers.len()];
        differs(&report(wrong.0, right.1), wrong.1);
    }
}

#[test]
fn one_direction_s_end_is_a_fin_as_well() {
    let orders = ["shutdown", "recv-all", "print-heard"];
    let expected = [
        FIN,
        r#"client-a send "on\n" 3 bytes"#,
        "client-a close FIN",
        r#"program stdout "on\n""#,
    ];
    passes(&served(&orders, &expected, |server, client| {
        client.expects_the_end();
        client.sends("on\n");
        client.leaves();
        server.prints_a_line();
    }));
}

/// RFC 2525, section 2.17: bytes that nobody will read any more are answered with a reset.
#[cfg(target_os = "linux")]
#[test]
fn who_closes_with_bytes_unread_breaks_off() {
    for (reads, seen) in [(&["recv"][..], FIN), (&[], RST)] {
        let orders = [&["line"], reads, &["close", "line"]].concat();
        let expected = [
            r#"client-a send "all" 3 bytes"#,
            r#"program stdin "\n""#,
            seen,
        ];
        passes(&served(&orders, &expected, |server, client| {
            client.sends("all");
            server.is_typed("");
            client.expects_the_end();
        }));
    }
}

#[test]
fn a_program_that_ends_where_bytes_are_due_is_told_by_its_status() {
    let report = served(&["exit 3"], &[HELLO], |_, client| client.expects("hello"));
    differs(&report, "program exit 3");
    assert_eq!(lines(&report)[2..], ["program exit 3", FIN]);
}

#[test]
fn how_a_connection_ended_is_the_difference_where_an_end_was_due() {
    let expected = [ASKS, FIN, "program exit 0"];
    let report = served(&["recv", "reset"], &expected, |server, client| {
        client.sends("?");
        client.expects_the_end();
        server.ends();
    });
    differs(&report, RST);
    assert_eq!(lines(&report)[3..], [RST, "program exit 0"]);
}

#[test]
fn what_came_before_an_end_is_told_first() {
    let report = served(&["send hel", "exit 0"], &[HELLO], |_, client| {
        client.expects("hello");
    });
    differs(&report, r#"client-a recv "hel" 3 bytes"#);
}

#[test]
fn what_came_with_the_bytes_that_are_due_is_told_with_them() {
    let report = served(&["send hello, you", "line"], &[HELLO], |_, client| {
        client.expects("hello");
    });
    differs(&report, r#"client-a recv "hello, you" 10 bytes"#);
}

#[test]
fn other_bytes_of_the_same_length_differ() {
    let report = served(&["send HELLO", "line"], &[HELLO], |_, client| {
        client.expects("hello");
    });
    differs(&report, r#"client-a recv "HELLO" 5 bytes"#);
}

#[test]
fn bytes_that_a_story_did_not_ask_for_differ_at_its_end() {
    for (order, is_right) in [("print done", true), ("send more", false)] {
        let orders = ["send hello", "recv", order, "recv"];
        let expected = [HELLO, r#"client-a send "!" 1 byte"#];
        let report = served(&orders, &expected, |server, client| {
            client.expects("hello");
            client.sends("!");
            server.comes_to_rest();
        });
        let line = if is_right {
            r#"program stdout "done\n""#
        } else {
            r#"client-a recv "more" 4 bytes"#
        };
        differs(&report, line);
    }
}

#[test]
fn pieces_are_sent_each_when_the_one_before_was_read() {
    let orders = [
        "recv",
        "print-heard",
        "print .",
        "recv",
        "print-heard",
        "print .",
    ];
    let expected = [
        r#"client-a send "ab", then, once read, "cd" 4 bytes"#,
        r#"program stdout "ab.\n""#,
        r#"program stdout "cd.\n""#,
    ];
    passes(&served(&orders, &expected, |server, client| {
        client.sends_in_pieces(&[b"ab", b"cd"]);
        server.prints_a_line();
        server.prints_a_line();
    }));
}

#[test]
fn a_stream_is_read_byte_by_byte_line_by_line_and_in_part() {
    let orders = ["send ab", "recv", "send c\n", "recv", "pour"];
    let expected = [
        r#"client-a recv "ab" 2 bytes"#,
        r#"client-a send "!" 1 byte"#,
        r#"client-a recv "c\n" 2 bytes"#,
        r#"client-a send "!" 1 byte"#,
        "client-a recv at least 100000 bytes",
        "client-a reset RST",
        "program exit not 0",
    ];
    passes(&served(&orders, &expected, |server, client| {
        client.expects_single_bytes(2);
        client.sends("!");
        client.expects_a_line();
        client.sends("!");
        client.expects_some(100_000);
        client.resets();
        server.ends_with_an_error();
    }));
}

#[test]
fn what_follows_the_bytes_that_were_asked_for_is_told_next() {
    let expected = [HELLO, r#"client-a recv "!\n" 2 bytes"#, FIN];
    passes(&served(
        &["send hello!\n", "close"],
        &expected,
        |_, client| {
            client.expects_just("hello");
            client.expects_the_end();
        },
    ));
}

#[test]
fn a_peer_that_ends_its_direction_goes_on_listening() {
    let expected = [
        r#"client-a send "hello" 5 bytes"#,
        "client-a shutdown FIN",
        HELLO,
        FIN,
        "program exit 0",
    ];
    passes(&served(
        &["recv-all", "echo"],
        &expected,
        |server, client| {
            client.sends("hello");
            client.half_closes();
            client.expects("hello");
            client.expects_the_end();
            server.ends();
        },
    ));
}

#[test]
fn a_reset_of_the_peer_s_is_an_error_of_the_program_s_read() {
    for (resets, line) in [(true, "program exit not 0"), (false, "program exit 0")] {
        let left = if resets {
            "client-a reset RST"
        } else {
            "client-a close FIN"
        };
        let expected = [
            left,
            "program exit not 0",
            "program stderr a line naming recv",
        ];
        let report = served(&["recv"], &expected, |server, client| {
            if resets {
                client.resets();
            } else {
                client.leaves();
            }
            server.ends_with_an_error();
            server.complains_about("recv");
        });
        if resets {
            passes(&report);
        } else {
            differs(&report, line);
        }
    }
}

#[test]
fn a_peer_that_leaves_tells_what_it_did_not_read() {
    let expected = [r#"program stdout "sent\n""#, "client-a close FIN"];
    let report = served(&["send late", "print sent"], &expected, |server, client| {
        server.prints_a_line();
        client.leaves();
    });
    differs(&report, r#"client-a recv "late" 4 bytes"#);
}

#[test]
fn silence_that_is_due_is_broken_by_a_byte() {
    const SILENCE: &str = "client-a recv silence";
    passes(&served(&["recv"], &[SILENCE], |_, client| {
        client.hears_nothing()
    }));
    let report = served(&["send x", "recv"], &[SILENCE], |_, client| {
        client.hears_nothing();
    });
    differs(&report, r#"client-a recv "x" 1 byte"#);
}

#[test]
fn a_flood_ends_when_the_program_closes() {
    let expected = [r#"client-a send "x" again and again"#, "client-a ended"];
    passes(&served(
        &["recv", "close", "line"],
        &expected,
        |_, client| {
            client.floods("x");
        },
    ));
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_sends_more_than_its_peer_reads_has_to_wait() {
    let expected = [
        "client-a silent 1 ms",
        "program rests",
        "client-a recv at least 1000000 bytes",
        "client-a reset RST",
    ];
    passes(&served(&["pour"], &expected, |server, client| {
        client.reads_nothing_for(Duration::from_millis(1));
        server.rests_before(client);
        client.expects_some(1_000_000);
        client.resets();
    }));
}
