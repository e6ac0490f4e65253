//! 레슨 14의 시나리오. / The scenarios of lesson 14.

use probe::{Loopback, Program, Sight, UdpPeer, Wait, scene, timed};
use std::net::Ipv4Addr;

/// 한꺼번에 오는 데이터그램의 수. / How many datagrams come at once.
const A_BURST: usize = 50;

/// 보내고, 서버의 줄과 답을 기다립니다. / Sends; waits for the server's line and its answer.
fn is_answered(peer: &mut UdpPeer, server: &mut Program, text: &str) {
    peer.sends_to(server, text);
    server.prints_a_line();
    peer.receives();
}

#[test]
fn keeps_the_port_it_tells() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.keeps_its_udp_port_on(Ipv4Addr::LOCALHOST);
    scene.end_here();
}

#[test]
fn holds_a_udp_socket_and_no_other() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut server = scene.server();
    server.comes_to_hold(&["UDP"]);
    scene.end_here();
}

#[test]
fn does_not_take_a_port_that_is_in_use() {
    let mut scene = scene!(step 1);
    let taken = scene.udp_port_in_use("taken");
    let mut server = scene.program(&[&taken.address().to_string()]);
    server.ends_with_an_error();
    scene.end();
}

/// 같은 프로그램이 둘이어도 포트는 먼저 온 쪽의 것입니다.
/// The port belongs to whoever came first, be it another copy of the same program.
#[test]
fn does_not_take_the_port_of_another_copy() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.ends_with_an_error();
    second.complained();
    server.keeps_its_udp_port_on(Ipv4Addr::LOCALHOST);
    scene.end_here();
}

/// 포트가 없으면 바인드할 곳이 없습니다. / Without a port there is nothing to bind.
#[test]
fn does_not_start_with_an_address_that_is_none() {
    let mut scene = scene!(step 1);
    let mut server = scene.program(&["127.0.0.1"]);
    server.ends_with_an_error();
    server.complained();
    scene.end();
}

#[test]
fn binds_the_address_that_it_is_given() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    let mut server = scene.server_on("127.0.0.2");
    server.keeps_its_udp_port_on(Ipv4Addr::new(127, 0, 0, 2));
    server.keeps_its_udp_port_on(Ipv4Addr::LOCALHOST);
    scene.end_here();
}

#[test]
fn binds_an_address_of_ipv6() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let mut server = scene.program(&["[::1]:0"]);
    server.tells_its_address("server");
    scene.end_here();
}

#[test]
fn tells_who_sent_what() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, "안녕하세요");
    server.prints_a_line();
    // 데이터그램 하나에 한 줄입니다. 3단계가 없으면 여기서 끝납니다.
    // One datagram, one line. Without step 3 it ends here.
    server.prints_nothing_more();
    scene.end_here();
}

#[test]
fn rests_while_nobody_writes() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    server.rests_for_good();
    scene.end_here();
}

/// 기다리는 데 제한이 있으면, 멈췄다 이어진 것은 오류로 보입니다.
/// Where the wait has a limit, being stopped and continued looks like an error.
#[test]
fn goes_on_waiting_after_it_was_stopped() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) || scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let mut server = scene.server();
    server.rests();
    server.is_stopped_for_a_moment();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, "안녕하세요");
    server.prints_a_line();
    scene.end_here();
}

/// 앞의 30글자는 글자이지만, 마지막 글자는 반뿐입니다.
/// The first 30 characters are text; the last one is only half there.
#[test]
fn leaves_bytes_that_are_no_text_as_they_are() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_bytes_to(&server, &["가".repeat(30).as_bytes(), b"\xea\xb0"].concat());
    server.prints_a_line();
    scene.end_here();
}

/// 0도 데이터그램의 바이트입니다. / A zero is a byte of the datagram like any other.
#[test]
fn keeps_the_zeros_at_the_end_of_a_message() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, "끝에 0이 둘\0\0");
    server.prints_a_line();
    scene.end_here();
}

/// 줄바꿈도 데이터그램의 바이트입니다. / A newline is a byte of the datagram like any other.
#[test]
fn keeps_the_newline_of_a_message() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, "  첫 줄\n 둘째 줄 \n");
    for _ in 0..3 {
        server.prints_a_line();
    }
    scene.end_here();
}

/// 글자는 바이트도, 칸도 아닙니다. / A character is neither a byte nor a column.
#[test]
fn prints_thirty_letters_whole() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, &"가나다라마바사아자차".repeat(3));
    server.prints_a_line();
    scene.end_here();
}

/// 30번째 바이트는 글자의 중간입니다. / The 30th byte lies within a character.
#[test]
fn shortens_a_long_text_by_letters() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, &format!("B{}", "나".repeat(30)));
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn answers_the_sender() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    is_answered(&mut peer, &mut server, "안녕하세요");
    is_answered(&mut peer, &mut server, "한 번 더요");
    scene.end();
}

#[test]
fn answers_without_delay() {
    timed!(step 3, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut peer = scene.udp_peer("client-a");
        for text in ["하나", "둘"] {
            let before = scene.moment();
            peer.sends_to(&server, text);
            peer.receives_after(before, Wait::none(), &server);
            server.prints_a_line_after(before, Wait::none());
        }
        scene.end();
    });
}

/// 커널의 대기열이 짧으면, 서버가 읽기 전에 온 것은 사라집니다.
/// If the kernel's queue is short, what comes before the server reads is lost.
#[test]
fn answers_each_of_many_that_come_at_once() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    let first = ["가", "나나", "다다다", "라라라라"];
    for text in first {
        peer.sends_to(&server, text);
    }
    peer.sends_again_to(&server, "여기요", A_BURST);
    for _ in 0..first.len() + A_BURST {
        server.prints_a_line();
        peer.receives();
    }
    scene.end();
}

/// 보내고 사라진 손님의 답은 갈 곳이 없습니다. / The answer to a client that is gone reaches nobody.
#[test]
fn goes_on_though_a_sender_is_gone() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PortClosedForAWhile) {
        return;
    }
    let mut server = scene.server();
    let mut gone = scene.udp_peer("client-a");
    let mut peer = scene.udp_peer("client-b");
    gone.sends_to(&server, "안녕");
    gone.goes_away();
    server.prints_a_line();
    is_answered(&mut peer, &mut server, "저도요");
    is_answered(&mut peer, &mut server, "아직 있나요?");
    scene.end_here();
}

#[test]
fn answers_each_of_two_senders() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut first = scene.udp_peer("client-a");
    let mut second = scene.udp_peer("client-b");
    is_answered(&mut first, &mut server, "가");
    is_answered(&mut second, &mut server, "나나");
    is_answered(&mut first, &mut server, "다다다");
    scene.end();
}

#[test]
fn keeps_two_datagrams_apart() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, "하나");
    peer.sends_to(&server, "두울");
    for _ in 0..2 {
        server.prints_a_line();
        peer.receives();
    }
    scene.end();
}

#[test]
fn takes_a_long_datagram_whole() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    is_answered(&mut peer, &mut server, &"x".repeat(1_200));
    scene.end();
}

/// 줄이는 것은 글자이지 바이트가 아닙니다. 30번째 바이트는 글자의 중간입니다.
/// It is characters that are cut off, not bytes: the 30th byte is in the middle of a character.
#[test]
fn prints_the_first_letters_of_a_long_text() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    let text = ["A", &"가나다라".repeat(10)].concat();
    is_answered(&mut peer, &mut server, &text);
    scene.end();
}

#[test]
fn takes_the_longest_datagram_whole() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::LargestDatagram) {
        return;
    }
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    is_answered(&mut peer, &mut server, &"x".repeat(65_507));
    scene.end();
}

/// IPv6에는 IPv4보다 20바이트 더 담깁니다. / Over IPv6 there is room for 20 bytes more than over IPv4.
#[test]
fn takes_the_longest_datagram_of_ipv6_whole() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::Ipv6) || scene.skipped_without(Sight::LargestDatagram) {
        return;
    }
    let mut server = scene.program(&["[::1]:0"]);
    server.tells_its_address("server");
    let mut peer = scene.udp_peer_on(Loopback::V6, "client-a");
    is_answered(&mut peer, &mut server, &"x".repeat(65_527));
    scene.end();
}

#[test]
fn takes_an_empty_datagram_for_a_message() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    is_answered(&mut peer, &mut server, "처음 뵙겠습니다");
    is_answered(&mut peer, &mut server, "");
    is_answered(&mut peer, &mut server, "아직 있어요");
    scene.end();
}

#[test]
fn keeps_nothing_of_the_datagram_before() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut first = scene.udp_peer("client-a");
    let mut second = scene.udp_peer("client-b");
    is_answered(&mut first, &mut server, "꽤 긴 메시지입니다");
    is_answered(&mut second, &mut server, "짧게");
    is_answered(&mut first, &mut server, "");
    is_answered(&mut second, &mut server, "네");
    scene.end();
}

#[test]
fn goes_on_after_a_datagram_that_is_no_text() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_bytes_to(&server, b" \xff\xfe \0");
    server.prints_a_line();
    peer.receives();
    // stdin은 서버의 일이 아닙니다. / Stdin is not the server's business.
    server.is_typed("");
    server.is_typed_the_end();
    server.goes_on();
    is_answered(&mut peer, &mut server, "이건 글이에요");
    scene.end();
}
