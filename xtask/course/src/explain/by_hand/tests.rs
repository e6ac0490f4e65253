//! Scripts that a peer can play, and conversations that are none to play.

use super::*;
use probe::{ONLY, Started, Verdict};

fn report(arguments: &[&str], due: &[&str]) -> Report {
    Report {
        expected: due.iter().map(|line| Event::parse(line).unwrap()).collect(),
        started: vec![Started {
            role: ONLY.to_owned(),
            arguments: arguments.iter().map(|it| (*it).to_owned()).collect(),
        }],
        ..Report::new("a_scenario", 1, Verdict::Differs)
    }
}

fn script(arguments: &[&str], due: &[&str]) -> Option<(String, String)> {
    let by_hand = ByHand::of(&report(arguments, due), Lang::En)?;
    Some((by_hand.arguments(), by_hand.script("title")))
}

const SERVER: [&str; 1] = ["127.0.0.1:0"];

#[test]
fn clients_that_come_one_after_another_are_one_script() {
    let (arguments, script) = script(
        &SERVER,
        &[
            r#"program stdout "at 127.0.0.1:<server>\n""#,
            "client-a connect 127.0.0.1:<server>",
            r#"client-a send "안" [eb], then, once read, [85 95] "\n" 7 bytes"#,
            r#"program stdout "안녕\n""#,
            "client-a shutdown FIN",
            r#"client-a recv "반갑습니다" 15 bytes"#,
            "client-a recv FIN",
            "client-a close FIN",
            "client-b connect 127.0.0.1:<server>",
            r#"client-b send ":x\n" 3 bytes"#,
            "client-b reset RST",
        ],
    )
    .unwrap();
    assert_eq!(arguments, "127.0.0.1:PORT");
    assert_eq!(
        script,
        ":note title\n:send \"안\" [eb]\n:wait 50\n:send [85 95] \"\\n\"\n:wait 100\n:fin\n\
         :recv 15\n:recv end\n:close\n:next\n::x\n:reset\n"
    );
}

#[test]
fn a_client_s_peer_listens_and_says_what_is_typed() {
    let (arguments, script) = script(
        &["127.0.0.1:<server-a>"],
        &[
            "server-a bind 127.0.0.1:<server-a>",
            r#"program stdin "안녕\n""#,
            r#"server-a recvfrom "1 안녕" 8 bytes from 127.0.0.1:<program>"#,
            r#"server-a sendto 127.0.0.1:<program> "1 안녕" 8 bytes"#,
        ],
    )
    .unwrap();
    assert_eq!(arguments, "--listen --udp");
    assert_eq!(
        script,
        ":note title\n:note type into the program: \"안녕\\n\"\n:recv\n1 안녕\n"
    );
}

#[test]
fn what_is_typed_before_anybody_comes_is_told_apart() {
    let due = [
        r#"program stdout "묶었습니다: 127.0.0.1:<server> (Enter)\n""#,
        r#"program stdin "\n""#,
        "client-a connect 127.0.0.1:<server>",
        r#"program stdin "\n""#,
        "client-a recv FIN",
    ];
    assert_eq!(typed_first(&report(&SERVER, &due)), ["Enter"]);
    let (_, script) = script(&SERVER, &due).unwrap();
    assert_eq!(
        script,
        ":note title\n:note type into the program: Enter\n:recv end\n"
    );
}

#[test]
fn a_server_is_met_where_it_listens() {
    let due = [
        r#"program stdout "at [::1]:<server>\n""#,
        "client-a connect [::1]:<server>",
        "client-a recv FIN",
    ];
    assert_eq!(script(&["[::1]:0"], &due).unwrap().0, "[::1]:PORT");
    let sent = ["client-a sendto 127.0.0.2:<server> \"안\" 3 bytes"];
    assert_eq!(
        script(&["127.0.0.2:0"], &sent).unwrap().0,
        "127.0.0.2:PORT --udp"
    );
}

#[test]
fn a_peer_that_does_not_read_is_none_to_play() {
    let due = [
        "server-a listen 127.0.0.1:<server-a>",
        "server-a accept 127.0.0.1:<program>",
        "server-a silent 200 ms",
    ];
    assert_eq!(script(&["127.0.0.1:<server-a>"], &due), None);
}

#[test]
fn a_client_that_was_left_makes_room_for_the_next() {
    let (_, script) = script(
        &SERVER,
        &[
            "client-a connect 127.0.0.1:<server>",
            "client-a recv FIN",
            "client-b connect 127.0.0.1:<server>",
            r#"client-b recv "x" 1 byte"#,
        ],
    )
    .unwrap();
    assert_eq!(script, ":note title\n:recv end\n:next\n:recv 1\n");
}

#[test]
fn what_one_peer_cannot_play_has_no_script() {
    let connect = "client-a connect 127.0.0.1:<server>";
    for due in [
        &[r#"program stdout "x\n""#][..],
        &[connect, "client-b connect 127.0.0.1:<server>"],
        &[connect, "client-b send \"x\" 1 byte"],
        &[connect, "program ctrl-c"],
        &[connect, "client-a send \"127.0.0.1:<server>\" 15 bytes"],
        &[connect, "client-a send \"x\" again and again"],
        &["clients connect 127.0.0.1:<server> 3 of 3"],
    ] {
        assert_eq!(script(&SERVER, due), None, "{due:?}");
    }
}

#[test]
fn nothing_is_played_behind_the_first_difference() {
    let mut report = report(
        &SERVER,
        &[
            "client-a connect 127.0.0.1:<server>",
            r#"client-a recv "12" 2 bytes"#,
            "client-a close FIN",
        ],
    );
    report.differs_at = Some(1);
    let script = ByHand::of(&report, Lang::En).unwrap().script("t");
    assert_eq!(script, ":note t\n:recv 2\n");
}
