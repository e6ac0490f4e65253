//! 레슨 13의 시나리오. / The scenarios of lesson 13.

use probe::{Loopback, Sight, Wait, scene, timed};

#[test]
fn holds_a_udp_socket() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.holds_sockets();
    scene.end_here();
}

#[test]
fn holds_a_udp_socket_of_ipv6_for_an_address_of_ipv6() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::HeldSockets) || scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let peer = scene.udp_peer_on(Loopback::V6, "server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.holds_sockets();
    scene.end_here();
}

/// 포트가 없으면 보낼 곳이 없습니다. / Without a port there is nowhere to send to.
#[test]
fn does_not_start_with_an_address_that_is_none() {
    let mut scene = scene!(step 1);
    let mut program = scene.program(&["127.0.0.1"]);
    program.fails();
    program.complained();
    scene.end();
}

#[test]
fn sends_each_line_as_one_datagram() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.is_typed("안녕하세요");
    peer.receives_from(&program);
    program.prints_a_line();
    // 같은 소켓이 보내므로 같은 포트에서 옵니다. / The same socket sends, so it comes from the same port.
    program.is_typed("  빈칸도 글자입니다 ");
    peer.receives();
    program.prints_a_line();
    program.is_typed_the_end();
    program.ends();
    scene.end();
}

#[test]
fn sends_over_ipv6_as_well() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let mut peer = scene.udp_peer_on(Loopback::V6, "server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.is_typed("안녕하세요");
    peer.receives_from(&program);
    program.prints_a_line();
    scene.end();
}

#[test]
fn sends_without_delay() {
    timed!(step 2, of 1000 ms, |mut scene, _| {
        if scene.skipped_without(Sight::WaitingForInput) {
            return;
        }
        let mut peer = scene.udp_peer("server-a");
        let mut program = scene.program(&[&peer.address().to_string()]);
        program.prints_a_line();
        for line in ["하나", "둘"] {
            program.waits_for_its_input();
            let typed = program.is_typed(line);
            peer.receives_after(typed, Wait::none(), &program);
            program.prints_a_line_after(typed, Wait::none());
        }
        scene.end();
    });
}

/// 아무도 답을 기다리지 않습니다. / Nobody waits for an answer.
#[test]
fn goes_on_whether_it_is_answered_or_not() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    for line in ["하나", "  ", "#0"] {
        program.is_typed(line);
        peer.receives_from(&program);
        program.prints_a_line();
        peer.replies("들었어요");
    }
    scene.end();
}

#[test]
fn sends_an_empty_line_as_an_empty_datagram() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.is_typed("");
    peer.receives_from(&program);
    program.prints_a_line();
    scene.end();
}

/// 수가 아니면 문자열입니다. / What is not a number is text.
#[test]
fn sends_a_line_with_a_hash_and_no_number_as_it_was_typed() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    for line in ["#abc", "#", "#12개", " #5", "##5", "12"] {
        program.is_typed(line);
        peer.receives_from(&program);
        program.prints_a_line();
    }
    scene.end();
}

#[test]
fn sends_the_longest_datagram_in_one_piece() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::LargestDatagram) {
        return;
    }
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    program.is_typed("#65507");
    peer.receives_from(&program);
    program.prints_a_line();
    scene.end();
}

#[test]
fn does_not_learn_that_the_receiver_cut_it() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    for line in ["짧게", "#1200", "그다음"] {
        program.is_typed(line);
        peer.receives_at_most_from(20, &program);
        program.prints_a_line();
    }
    scene.end();
}

#[test]
fn does_not_learn_that_nobody_is_there() {
    let mut scene = scene!(step 2);
    let nobody = scene.udp_port_that_refuses("nobody");
    let mut program = scene.program(&[&nobody.address().to_string()]);
    program.prints_a_line();
    program.is_typed("거기 누구 있나요?");
    program.prints_a_line();
    program.is_typed("없나요?");
    program.prints_a_line();
    scene.end();
}

#[test]
fn says_that_a_message_is_too_long_and_goes_on() {
    let mut scene = scene!(step 3);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    for line in ["#65508", "#70000"] {
        program.is_typed(line);
        program.prints_a_line();
    }
    // 66,000바이트이지만 글자는 22,000개입니다. / 66,000 bytes, and 22,000 characters.
    program.is_typed(&"가".repeat(22_000));
    program.prints_a_line();
    program.is_typed("짧게");
    peer.receives_from(&program);
    program.prints_a_line();
    scene.end();
}

/// 포트 0으로는 아무것도 보낼 수 없습니다. 이유는 시스템마다 제 말로 알립니다.
/// Nothing can be sent to port 0; each system says so in words of its own.
#[test]
fn passes_another_failure_on() {
    let mut scene = scene!(step 3);
    let mut program = scene.program(&["127.0.0.1:0"]);
    program.prints_a_line();
    for line in ["안녕하세요", "#65507"] {
        program.is_typed(line);
        program.prints_a_line_like("보내지 못했습니다: ", "담을 수 없습니다");
    }
    program.is_typed_the_end();
    program.ends();
    scene.end();
}
