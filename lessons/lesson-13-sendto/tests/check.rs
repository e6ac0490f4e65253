//! 레슨 13의 시나리오. / The scenarios of lesson 13.

use probe::{Loopback, Sight, scene};

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

#[test]
fn sends_each_line_as_one_datagram() {
    let mut scene = scene!(step 2);
    let mut peer = scene.udp_peer("server-a");
    let mut program = scene.program(&[&peer.address().to_string()]);
    program.prints_a_line();
    for line in ["안녕하세요", "  빈칸도 글자입니다 "] {
        program.is_typed(line);
        peer.receives_from(&program);
        program.prints_a_line();
    }
    program.is_typed_the_end();
    program.ends();
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
    program.is_typed("#65508");
    program.prints_a_line();
    program.is_typed("짧게");
    peer.receives_from(&program);
    program.prints_a_line();
    scene.end();
}
