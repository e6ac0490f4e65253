//! The check between the two programs of a lesson, over TCP: what it takes from one, and
//! passes on to the other, and that both are told by their own names.

mod told;

use probe::{Middle, Program, Report, Scene, Side};
use told::{differs, passes, told};

/// The report of a client and a server, each with its orders, that are joined.
fn joined(
    client: &[&str],
    server: &[&str],
    expected: &[&str],
    tells: impl FnOnce(&mut Middle, &mut Program, &mut Program),
) -> Report {
    let connected = [
        r#"server stdout "at 127.0.0.1:<server>\n""#,
        "middle listen 127.0.0.1:<middle>",
        "middle accept 127.0.0.1:<client>",
        "middle connect 127.0.0.1:<server>",
    ];
    told(&[&connected, expected].concat(), |scene: Scene| {
        let mut scene = scene.with_both_programs();
        let mut serves = scene.server_with(&[&["listen", "accept"], server].concat());
        let mut middle = scene.middle(&serves);
        let connect = format!("connect {}", middle.address());
        let mut asks = scene.client(&[&[connect.as_str()], client].concat());
        middle.joins(&asks);
        tells(&mut middle, &mut asks, &mut serves);
        scene.end();
    })
}

const TAKEN: &str = r#"middle from-client "hello\n" 6 bytes"#;

#[test]
fn a_line_is_held_until_it_is_passed_on() {
    let expected = [
        TAKEN,
        r#"middle to-server "hello\n" 6 bytes"#,
        r#"server stdout "hello\n""#,
        "server exit 0",
    ];
    let story = |middle: &mut Middle, _: &mut Program, server: &mut Program| {
        middle.takes_a_line_from(Side::Client);
        middle.passes_on_to(Side::Server);
        server.prints_a_line();
        server.ends();
    };
    let orders = ["recv", "print-heard"];
    passes(&joined(
        &["send hello\n", "stay"],
        &orders,
        &expected,
        story,
    ));
    differs(
        &joined(&["send hallo\n", "stay"], &orders, &expected, story),
        r#"middle from-client "hallo\n" 6 bytes"#,
    );
}

#[test]
fn bytes_are_held_by_their_number() {
    let expected = [TAKEN, r#"middle to-server "hello\n" 6 bytes"#];
    let story = |middle: &mut Middle, _: &mut Program, _: &mut Program| {
        middle.takes_bytes_from(Side::Client, 6);
        middle.passes_on_to(Side::Server);
    };
    let client = ["send hel", "send lo\n", "stay"];
    passes(&joined(&client, &["recv", "stay"], &expected, story));
}

#[test]
fn what_is_held_goes_on_in_pieces() {
    let expected = [
        TAKEN,
        r#"middle to-server "he", then, once read, "llo\n" 6 bytes"#,
        r#"server stdout "he.\n""#,
        r#"server stdout "llo\n""#,
    ];
    let orders = ["recv", "print-heard", "print .", "recv", "print-heard"];
    let client = ["send hello\n", "stay"];
    passes(&joined(&client, &orders, &expected, |middle, _, server| {
        middle.takes_a_line_from(Side::Client);
        middle.passes_on_in_pieces_to(Side::Server, &[2]);
        server.prints_a_line();
        server.prints_a_line();
    }));
}

#[test]
fn an_end_is_carried_to_the_other_side() {
    let expected = [
        TAKEN,
        "middle from-client FIN",
        r#"middle to-server "hello\n" 6 bytes"#,
        "middle to-server FIN",
        "server exit 0",
    ];
    let story = |middle: &mut Middle, _: &mut Program, server: &mut Program| {
        middle.carries_the_end_to(Side::Server);
        server.ends();
    };
    let client = ["send hello\n", "shutdown", "stay"];
    passes(&joined(&client, &["recv-all"], &expected, story));
    differs(
        &joined(&client, &["recv-all", "exit 3"], &expected, story),
        "server exit 3",
    );
}

#[test]
fn a_reset_of_one_program_is_told_as_the_end_of_its_side() {
    let expected = ["middle from-client FIN"];
    let report = joined(&["reset", "stay"], &["stay"], &expected, |middle, _, _| {
        middle.takes_the_end_from(Side::Client);
    });
    differs(&report, "middle from-client RST");
}

#[test]
fn a_cut_breaks_off_both_connections() {
    let expected = [
        "middle to-client RST",
        "middle to-server RST",
        "client exit not 0",
        "server exit not 0",
    ];
    let story = |cuts: bool| {
        move |middle: &mut Middle, client: &mut Program, server: &mut Program| {
            if cuts {
                middle.cuts();
            }
            client.ends_with_an_error();
            server.ends_with_an_error();
        }
    };
    passes(&joined(&["recv"], &["recv"], &expected, story(true)));
    differs(
        &joined(&["exit 1"], &["recv"], &expected, story(false)),
        "client exit not 0",
    );
}

#[test]
fn the_middle_may_hear_nothing() {
    let expected = ["middle from-client silence", "middle from-server silence"];
    let story = |middle: &mut Middle, _: &mut Program, _: &mut Program| middle.hears_nothing();
    passes(&joined(&["recv"], &["recv"], &expected, story));
    differs(
        &joined(&["recv"], &["send x", "recv"], &expected, story),
        r#"middle from-server "x" 1 byte"#,
    );
}

#[test]
fn a_line_is_carried_at_once() {
    let expected = [
        TAKEN,
        r#"middle to-server "hello\n" 6 bytes"#,
        r#"middle from-server "hello\n" 6 bytes"#,
        r#"middle to-client "hello\n" 6 bytes"#,
        r#"client stdout "hello\n""#,
    ];
    let client = ["send hello\n", "recv", "print-heard"];
    passes(&joined(
        &client,
        &["recv", "echo"],
        &expected,
        |middle, client, _| {
            middle.carries_a_line_to(Side::Server);
            middle.carries_a_line_to(Side::Client);
            client.prints_a_line();
        },
    ));
}
