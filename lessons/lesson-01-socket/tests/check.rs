//! 레슨 01의 시나리오. / The scenarios of lesson 01.

use probe::{Sight, Wait, scene, timed};

#[test]
fn makes_a_tcp_socket() {
    let mut scene = scene!(step 1);
    let mut program = scene.program(&[]);
    program.prints_a_line();
    scene.end();
}

#[test]
fn holds_one_tcp_socket() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut program = scene.program(&[]);
    program.prints_a_line();
    program.waits_for_its_input();
    program.holds_sockets();
    // 갓 만든 소켓에는 종단점이 없습니다. / A socket has no endpoint when it is made.
    program.has_endpoints();
    scene.end();
}

#[test]
fn makes_a_udp_socket() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&[]);
    program.prints_a_line();
    // Enter 앞에 무엇을 쳤든 Enter는 하나입니다. / Whatever was typed before it, Enter is one Enter.
    program.is_typed("다음");
    program.prints_a_line();
    scene.end();
}

#[test]
fn holds_a_tcp_and_a_udp_socket_at_the_same_time() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut program = scene.program(&[]);
    program.prints_a_line();
    program.is_typed("");
    program.prints_a_line();
    program.waits_for_its_input();
    program.holds_sockets();
    // 갓 만든 소켓에는 종단점이 없습니다. / A socket has no endpoint when it is made.
    program.has_endpoints();
    scene.end();
}

#[test]
fn reads_the_types_back() {
    let mut scene = scene!(step 3);
    let mut program = scene.program(&[]);
    program.prints_a_line();
    program.is_typed("");
    program.prints_a_line();
    program.is_typed("");
    program.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_each_enter_that_was_typed_in_advance() {
    let mut scene = scene!(step 3);
    let mut program = scene.program(&[]);
    // Enter 두 번이 한꺼번에 옵니다. / Both come in one piece.
    program.is_typed("\n");
    for _line in 1..=3 {
        program.prints_a_line();
    }
    scene.end_here();
}

#[test]
fn has_no_endpoints_at_first_and_both_after_connect() {
    let mut scene = scene!(step 4);
    // 종단점을 읽거나 UDP 소켓을 connect해도 아무것도 가지 않습니다.
    // Neither reading endpoints nor the connect of a UDP socket sends anything.
    let there = scene.udp_peer("there");
    let mut program = scene.program(&[&there.address().to_string()]);
    program.is_typed("");
    program.is_typed("");
    for _line in 1..=4 {
        program.prints_a_line();
    }
    program.tells_its_address("here");
    program.ends();
    scene.end();
}

#[test]
fn tells_a_peer_whatever_its_port() {
    let mut scene = scene!(step 4);
    // 그 포트에 누가 있는지는 상관없습니다. / It does not matter who is at that port.
    let given = [1, 1023, 65_535].map(|port| format!("127.0.0.1:{port}"));
    for arguments in std::iter::once(vec![]).chain(given.iter().map(|it| vec![it.as_str()])) {
        let mut program = scene.program(&arguments);
        program.is_typed("");
        program.is_typed("");
        for _line in 1..=4 {
            program.prints_a_line();
        }
        program.tells_its_address("here");
        program.ends();
    }
    scene.end();
}

#[test]
fn fails_without_an_address() {
    let mut scene = scene!(step 4);
    // 끝의 것은 연결할 수 없는 주소입니다(EACCES). / To the last nobody can be connected (EACCES).
    for text in ["127.0.0.1", "127.0.0.1:65536", "255.255.255.255:9"] {
        let mut program = scene.program(&[text]);
        program.is_typed("");
        program.is_typed("");
        program.fails_whatever_it_printed();
    }
    scene.end();
}

#[test]
fn tells_a_peer_with_another_host() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::OtherLoopback) {
        return;
    }
    let mut program = scene.program(&["127.0.0.2:80"]);
    program.is_typed("");
    program.is_typed("");
    for _line in 1..=4 {
        program.prints_a_line();
    }
    program.tells_its_address("here");
    program.ends();
    scene.end();
}

#[test]
fn tells_everything_at_once() {
    timed!(step 4, of 1000 ms, |mut scene, _| {
        let there = scene.udp_peer("there");
        let mut program = scene.program(&[&there.address().to_string()]);
        program.prints_a_line();
        let typed = program.is_typed("");
        program.prints_a_line_after(typed, Wait::none());
        let typed = program.is_typed("");
        program.prints_a_line_after(typed, Wait::none());
        program.prints_a_line_after(typed, Wait::none());
        program.tells_its_address("here");
        program.ends_after(typed, Wait::none());
        scene.end();
    });
}
