//! Datagrams: a peer that sends and receives them, ports on which nobody does, and the check
//! between two programs. That none comes is left to `silences.rs`.

mod told;

use probe::{Program, Report, Scene, Side, UdpMiddle, UdpPeer};
use told::{differs, passes, told};

const FIRST_LINE: &str = r#"program stdout "at 127.0.0.1:<server>\n""#;
const PEER: &str = "peer bind 127.0.0.1:<peer>";
const ASKS: &str = r#"peer sendto 127.0.0.1:<server> "ask" 3 bytes"#;

/// The report of a server of UDP that carries out `orders`, and a peer that asks it.
fn asked(orders: &[&str], expected: &[&str], tells: impl FnOnce(&mut Scene, UdpPeer)) -> Report {
    told(
        &[&[FIRST_LINE, PEER, ASKS], expected].concat(),
        |mut scene| {
            let server = scene.server_with(&[&["bind", "recvfrom"], orders].concat());
            let mut peer = scene.udp_peer("peer");
            peer.sends_to(&server, "ask");
            tells(&mut scene, peer);
            scene.end();
        },
    )
}

#[test]
fn an_answer_is_told_with_its_sender() {
    let expected = [r#"peer recvfrom "answer" 6 bytes from 127.0.0.1:<server>"#];
    let story = |_: &mut Scene, mut peer: UdpPeer| peer.receives();
    passes(&asked(&["reply answer", "stay"], &expected, story));
    differs(
        &asked(&["reply other", "stay"], &expected, story),
        r#"peer recvfrom "other" 5 bytes from 127.0.0.1:<server>"#,
    );
    // From a socket of its own.
    differs(
        &asked(&["bind-again", "reply answer", "stay"], &expected, story),
        r#"peer recvfrom "answer" 6 bytes from 127.0.0.1:<another port>"#,
    );
}

#[test]
fn two_datagrams_are_not_one() {
    let expected = [r#"peer recvfrom "answer" 6 bytes from 127.0.0.1:<server>"#];
    differs(
        &asked(
            &["reply ans", "reply wer", "stay"],
            &expected,
            |_, mut peer| {
                peer.receives();
            },
        ),
        r#"peer recvfrom "ans" 3 bytes from 127.0.0.1:<server>"#,
    );
}

#[test]
fn what_has_no_room_is_cut() {
    let received = |room| {
        let expected = [
            PEER,
            r#"peer recvfrom "hel" 3 bytes from 127.0.0.1:<program>, the rest cut"#,
        ];
        told(&expected, |mut scene| {
            let mut peer = scene.udp_peer("peer");
            let send = format!("sendto {} hello", peer.address());
            let program = scene.program(&[&send, "stay"]);
            peer.receives_at_most_from(room, &program);
            scene.end();
        })
    };
    passes(&received(3));
    differs(
        &received(5),
        r#"peer recvfrom "hello" 5 bytes from 127.0.0.1:<program>"#,
    );
}

#[test]
fn a_program_that_has_ended_sends_no_more() {
    let expected = [r#"peer recvfrom "answer" 6 bytes from 127.0.0.1:<server>"#];
    let report = asked(&["exit 5"], &expected, |_, mut peer| peer.receives());
    differs(&report, "program exit 5");
    assert_eq!(
        told::lines(&report)[3..],
        ["program exit 5", "peer recvfrom silence"]
    );
}

#[test]
fn a_datagram_that_nobody_asked_for_differs() {
    let silence = ["peer recvfrom silence"];
    let seen = r#"peer recvfrom "more" 4 bytes from 127.0.0.1:<server>"#;
    let quiet = |_: &mut Scene, mut peer: UdpPeer| peer.hears_nothing();
    passes(&asked(&["stay"], &silence, quiet));
    differs(&asked(&["reply more", "stay"], &silence, quiet), seen);
    let now = [r#"peer recvfrom "all" 3 bytes from 127.0.0.1:<server>"#];
    differs(
        &asked(&["reply all", "reply more", "stay"], &now, |_, mut peer| {
            peer.receives();
            peer.hears_nothing();
        }),
        seen,
    );
}

#[test]
fn a_stranger_answers_in_place_of_the_peer() {
    let expected = [
        PEER,
        "other bind 127.0.0.1:<other>",
        r#"peer recvfrom "ask" 3 bytes from 127.0.0.1:<program>"#,
        r#"other sendto 127.0.0.1:<program> "false\n" 6 bytes"#,
        r#"peer sendto 127.0.0.1:<program> "true\n" 5 bytes"#,
        r#"program stdout "true\n""#,
    ];
    let report = |takes: &str| {
        told(&expected, |mut scene| {
            let (mut peer, mut other) = (scene.udp_peer("peer"), scene.udp_peer("other"));
            let ask = format!("sendto {} ask", peer.address());
            let from = format!("{takes} {}", peer.address());
            let mut program = scene.program(&[&ask, &from, "print-heard", "stay"]);
            peer.receives_from(&program);
            other.replies_in_place_of(&peer, "false\n");
            peer.replies("true\n");
            program.prints_a_line();
            scene.end();
        })
    };
    passes(&report("recvfrom-only"));
    differs(&report("recvfrom"), r#"program stdout "false\n""#);
}

#[test]
fn what_the_system_does_not_take_is_told_by_its_kind() {
    let report = told(&[FIRST_LINE, PEER, ASKS], |mut scene| {
        let server = scene.server_with(&["bind", "stay"]);
        let mut peer = scene.udp_peer("peer");
        // No datagram of UDP has so many bytes.
        peer.sends_bytes_to(&server, &[b'x'; 70_000]);
        scene.end();
    });
    let (_, line) = told::decided(&report);
    assert!(
        line.starts_with("peer sendto 127.0.0.1:<server> "),
        "{line}"
    );
    assert!(!line.contains("bytes"), "{line}");
}

#[test]
fn a_udp_port_in_use_cannot_be_bound() {
    let expected = [
        "taken bind 127.0.0.1:<taken>",
        r#"program stdout "at 127.0.0.1:<taken>\n""#,
    ];
    let report = told(&expected, |mut scene| {
        let taken = scene.udp_port_in_use("taken");
        let mut program = scene.program(&[&taken.address().to_string(), "bind", "stay"]);
        program.prints_a_line();
        scene.end();
    });
    differs(&report, "program exit 1");
}

/// RFC 1122, section 4.1.3.3: who is connected is told of an ICMP message.
#[cfg(target_os = "linux")]
#[test]
fn a_datagram_may_be_refused() {
    let expected = ["nobody bind 127.0.0.1:<nobody>", "program exit not 0"];
    passes(&told(&expected, |mut scene| {
        let nobody = scene.udp_port_that_refuses("nobody");
        let mut program = scene.program(&[&format!("ask {}", nobody.address()), "recvfrom"]);
        program.ends_with_an_error();
        scene.end();
    }));
}

/// Only Linux lets a port be closed without being given up.
#[cfg(target_os = "linux")]
#[test]
fn a_peer_goes_away_and_comes_back() {
    let expected = [
        PEER,
        "peer away",
        r#"program stdin "\n""#,
        r#"program stdout "gone\n""#,
        "peer back",
        r#"program stdin "\n""#,
        r#"peer recvfrom "again" 5 bytes from 127.0.0.1:<program>"#,
    ];
    passes(&told(&expected, |mut scene| {
        let mut peer = scene.udp_peer("peer");
        let [lost, again] =
            ["lost", "again"].map(|text| format!("sendto {} {text}", peer.address()));
        let mut program = scene.program(&["line", &lost, "print gone", "line", &again, "stay"]);
        peer.goes_away();
        program.is_typed("");
        program.prints_a_line();
        peer.comes_back();
        program.is_typed("");
        peer.receives_from(&program);
        scene.end();
    }));
}

/// A client that asks twice through the middle, and a server with its orders.
fn between(
    server: &[&str],
    expected: &[&str],
    tells: impl FnOnce(&mut UdpMiddle, &mut Program, &mut Program),
) -> Report {
    let first = [
        r#"server stdout "at 127.0.0.1:<server>\n""#,
        "middle bind 127.0.0.1:<middle>",
        "middle bind 127.0.0.1:<middle>",
        r#"middle from-client "1\n" 2 bytes"#,
        r#"middle from-client "2\n" 2 bytes"#,
    ];
    told(&[&first, expected].concat(), |scene| {
        let mut scene = scene.with_both_programs();
        let mut server = scene.server_with(&[&["bind"], server].concat());
        let mut middle = scene.udp_middle(&server);
        let [one, two] = [1, 2].map(|text| format!("sendto {} {text}\n", middle.address()));
        let mut client = scene.client(&[&one, &two, "recvfrom", "print-heard", "stay"]);
        middle.takes_from(Side::Client);
        middle.takes_from(Side::Client);
        tells(&mut middle, &mut client, &mut server);
        scene.end();
    })
}

/// The orders of a server that prints what it hears.
const PRINTS: [&str; 4] = ["recvfrom", "print-heard", "recvfrom", "print-heard"];

#[test]
fn a_datagram_is_passed_on_twice() {
    let one = r#"middle to-server "1\n" 2 bytes"#;
    let printed = r#"server stdout "1\n""#;
    passes(&between(
        &PRINTS,
        &[one, one, printed, printed],
        |middle, _, server| {
            middle.passes_on_twice_to(Side::Server);
            server.prints_a_line();
            server.prints_a_line();
        },
    ));
}

#[test]
fn the_youngest_datagram_overtakes_the_others() {
    let expected = [
        r#"middle to-server "2\n" 2 bytes"#,
        r#"middle to-server "1\n" 2 bytes"#,
        r#"server stdout "2\n""#,
        r#"server stdout "1\n""#,
    ];
    passes(&between(&PRINTS, &expected, |middle, _, server| {
        middle.passes_the_youngest_on_to(Side::Server);
        middle.passes_on_to(Side::Server);
        server.prints_a_line();
        server.prints_a_line();
    }));
}

#[test]
fn a_lost_datagram_never_comes_and_an_answer_goes_back() {
    let expected = [
        r#"middle lost "1\n" 2 bytes"#,
        r#"middle to-server "2\n" 2 bytes"#,
        r#"middle from-server "3\n" 2 bytes"#,
        r#"middle to-client "3\n" 2 bytes"#,
        r#"client stdout "3\n""#,
        r#"server stdout "1\n""#,
    ];
    let orders = ["recvfrom", "reply 3\n", "print-heard", "stay"];
    let report = between(&orders, &expected, |middle, client, server| {
        middle.loses_what_is_for(Side::Server);
        middle.passes_on_to(Side::Server);
        middle.carries_from(Side::Server);
        client.prints_a_line();
        server.prints_a_line();
    });
    differs(&report, r#"server stdout "2\n""#);
}
