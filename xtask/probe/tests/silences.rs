//! What is due and does not come: each silence ends its scenario at the deadline and has a
//! name of its own. All are told at the same time, for each takes as long as the check waits.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use probe::{Peer, Program, Report, Scene, Side, Verdict};
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};
use std::thread::{self, JoinHandle};
use told::{decided, in_short, told};
use tracer::Doing;

/// Stories, each with what it is about, the verdict, and the line that it is come to in.
macro_rules! silences {
    ($($(#[$cfg:meta])? $name:ident: $story:expr => $verdict:ident, $line:literal;)*) => {
        static ALL: LazyLock<Mutex<BTreeMap<&str, JoinHandle<Report>>>> = LazyLock::new(|| {
            let mut all = BTreeMap::new();
            $($(#[$cfg])? all.insert(stringify!($name), thread::spawn(|| $story));)*
            Mutex::new(all)
        });

        $($(#[$cfg])? #[test]
        fn $name() {
            let story = ALL.lock().unwrap().remove(stringify!($name)).unwrap();
            let report = story.join().unwrap();
            let due = (Verdict::$verdict, $line.to_owned());
            assert_eq!(decided(&report), due, "{}", in_short(&report));
        })*
    };
}

const FIRST_LINE: &str = r#"program stdout "at 127.0.0.1:<server>\n""#;
const CONNECTED: &str = "client-a connect 127.0.0.1:<server>";
const HELLO: &str = r#"client-a recv "hello" 5 bytes"#;

/// A server that carries out `orders` when client-a has connected.
fn served(
    orders: &[&str],
    expected: &[&str],
    tells: impl FnOnce(&mut Program, &mut Peer),
) -> Report {
    told(
        &[&[FIRST_LINE, CONNECTED], expected].concat(),
        |mut scene| {
            let mut server = scene.server_with(&[&["listen", "accept"], orders].concat());
            let mut client = server.client("client-a");
            tells(&mut server, &mut client);
            scene.end();
        },
    )
}

/// A program that carries out `orders`, and nobody else.
fn alone(orders: &[&str], expected: &str, tells: impl FnOnce(&mut Program)) -> Report {
    told(&[expected], |mut scene: Scene| {
        tells(&mut scene.program(orders));
        scene.end();
    })
}

/// What the program waits in is told, where the system shows it.
fn waits_for_a_thread(report: Report) -> Report {
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        let doing: Vec<_> = report.waiting.iter().map(|thread| &thread.doing).collect();
        assert_eq!(doing, [&Doing::WaitsForThread]);
    }
    report
}

/// A step that is not written does not come later either, so that nobody waits for it as
/// long as for a program that only waits.
fn unwritten() -> Report {
    let waits = thread::spawn(|| alone(&["stay"], "program exit 0", Program::ends));
    let orders = ["complain not yet implemented: step 2", "stay"];
    let report = alone(&orders, "program exit 0", Program::ends);
    assert!(report.after_ms < waits.join().unwrap().after_ms);
    report
}

silences! {
    nothing_is_sent: served(&["recv"], &[HELLO], |_, client| client.expects("hello"))
        => Hung, "client-a recv silence";
    no_end_is_sent: served(&["recv"], &["client-a recv FIN"], |_, client| client.expects_the_end())
        => Hung, "client-a recv silence";
    the_end_of_what_is_due_is_not_sent:
        served(&["send hell", "recv"], &[HELLO], |_, client| client.expects("hello"))
        => Hung, r#"client-a recv "hell" 4 bytes"#;
    too_little_is_sent_and_it_is_something_else:
        served(&["send HELL", "recv"], &[HELLO], |_, client| client.expects("hello"))
        => Differs, r#"client-a recv "HELL" 4 bytes"#;
    nothing_is_taken: served(&["stay"], &["client-a recv FIN"], |_, client| {
            // Far more than all buffers on the way hold.
            client.sends(&"x".repeat(64 * 1024 * 1024));
        })
        => Hung, "client-a send silence";
    #[cfg(target_os = "linux")]
    nothing_is_read: served(&["stay"], &[r#"client-a send "x" 1 byte"#, "client-a close FIN"],
        |_, client| {
            client.sends("x");
            client.waits_until_it_is_read();
        })
        => Hung, "client-a unread";
    a_flood_is_listened_to_without_end: served(
        &["recv-all"],
        &[r#"client-a send "x" again and again"#, "client-a ended"],
        |_, client| client.floods("x"))
        => Differs, "client-a goes-on";
    no_line_is_printed: alone(&["stay"], r#"program stdout "x\n""#, Program::prints_a_line)
        => Hung, "program stdout silence";
    a_line_is_begun: alone(&["print-part x", "stay"], r#"program stdout "x\n""#,
        Program::prints_a_line)
        => Differs, r#"program stdout "x""#;
    #[cfg(unix)]
    stdout_is_closed: alone(&["close-stdout", "stay"], r#"program stdout "x\n""#,
        Program::prints_a_line)
        => Hung, "program closed stdout";
    nothing_is_told: alone(&["stay"], "program told something", Program::tells_something)
        => Hung, "program stdout silence";
    less_is_printed_than_without_end: alone(&["print x", "stay"], "program stdout without end",
        Program::prints_without_end)
        => Differs, "program stdout with an end";
    nothing_is_complained_about: alone(&["complain y", "stay"], "program stderr a line naming x",
        |program| program.complains_about("x"))
        => Differs, "program stderr no line naming x";
    a_program_that_waits_does_not_end:
        waits_for_a_thread(alone(&["stay"], "program exit 0", Program::ends))
        => Hung, "program exit silence";
    nobody_connects: told(&["there listen 127.0.0.1:<there>", "there accept 127.0.0.1:<program>"],
        |mut scene| {
            let mut there = scene.listener("there");
            let program = scene.program(&["stay"]);
            there.accepts(&program);
            scene.end();
        })
        => Hung, "there accept silence";
    #[cfg(target_os = "linux")]
    no_client_is_let_in: told(
        &[FIRST_LINE, "crowd connect until nobody is let in", CONNECTED],
        |mut scene| {
            let mut server = scene.server_with(&["listen", "stay"]);
            server.is_crowded();
            server.client("client-a");
            scene.end();
        })
        => Hung, "client-a connect silence";
    no_datagram_is_sent: told(
        &["peer bind 127.0.0.1:<peer>", r#"peer recvfrom "x" 1 byte from 127.0.0.1:<program>"#],
        |mut scene| {
            let mut peer = scene.udp_peer("peer");
            let program = scene.program(&["stay"]);
            peer.receives_from(&program);
            scene.end();
        })
        => Hung, "peer recvfrom silence";
    nothing_comes_to_the_middle: told(
        &[
            r#"server stdout "at 127.0.0.1:<server>\n""#,
            "middle listen 127.0.0.1:<middle>",
            "middle accept 127.0.0.1:<client>",
            "middle connect 127.0.0.1:<server>",
            r#"middle from-client "x\n" 2 bytes"#,
        ],
        |scene| {
            let mut scene = scene.with_both_programs();
            let server = scene.server_with(&["listen", "accept", "stay"]);
            let mut middle = scene.middle(&server);
            let client = scene.client(&[&format!("connect {}", middle.address()), "stay"]);
            middle.joins(&client);
            middle.takes_a_line_from(Side::Client);
            scene.end();
        })
        => Hung, "middle from-client silence";
    what_is_not_written_is_not_waited_for: unwritten()
        => NotWrittenYet, "program exit silence";
}
