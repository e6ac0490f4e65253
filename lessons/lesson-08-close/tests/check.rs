//! 레슨 08의 시나리오. / The scenarios of lesson 08.

use probe::{Peer, Sight, Wait, scene, timed};

/// 서버가 읽고 답하기에 꼭 한 바이트 긴 요청. / One byte longer than the server takes.
const TOO_LONG: usize = 1025;

/// 모으면 눈에 띄는 바이트 수. / Bytes that show if they are gathered.
const MUCH: usize = 32 * 1024 * 1024;

/// 답과 FIN을 받은 뒤에도 보냅니다. 서버가 아직 읽고 있으면 다시 FIN, 닫았으면 RST입니다.
/// Sends on after the reply and FIN: FIN again if the server still reads, RST if it closed.
fn says_goodbye(client: &mut Peer) {
    for word in ["안녕히 ", "!", "계세요\n", "정말로"] {
        client.sends(word);
        client.waits_until_it_is_read();
    }
    client.expects_the_end();
}

#[test]
fn ends_its_own_side_while_the_client_stays() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(TOO_LONG));
    client.expects_the_end();
    server.prints_a_line();
    // 받는 방향은 열려 있으므로, 서버는 손님의 다음 바이트를 기다립니다.
    // The other direction is still open: the server waits for the client's next byte.
    server.goes_on();
    scene.end_here();
}

#[test]
fn ends_its_own_side_as_soon_as_it_has_replied() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        client.sends(&"x".repeat(TOO_LONG - 1));
        client.waits_until_it_is_read();
        client.hears_nothing();
        let before = scene.moment();
        client.sends("x");
        client.expects_the_end_after(before, Wait::none());
        server.prints_a_line();
        scene.end_here();
    });
}

/// 1,024바이트까지는 요청입니다. / Up to 1,024 bytes are a request.
#[test]
fn answers_the_longest_request() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        let rest = "x".repeat(TOO_LONG - 2);
        client.sends_in_pieces(&[b"x", rest.as_bytes()]);
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.half_closes();
        client.expects_the_end_after(before, Wait::none());
        server.prints_a_line();
        scene.end_here();
    });
}

/// 요청은 바이트입니다. / A request is bytes.
#[test]
fn answers_a_request_that_is_no_text() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[b"\xff\xfe\xec", b"\n\0", b"quit\r\n\n"]);
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn rests_while_a_request_has_not_ended() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕\n");
    client.waits_until_it_is_read();
    server.rests_for_good();
    client.hears_nothing();
    scene.end_here();
}

#[test]
fn ends_on_enter_in_the_middle_of_a_request() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.waits_until_it_is_read();
    server.is_typed("");
    server.ends();
    scene.end();
}

/// Enter를 쳐야 끝납니다. / It is Enter that ends it.
#[test]
fn goes_on_when_nobody_can_type_any_more() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.is_typed_the_end();
    server.comes_to_rest();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn goes_on_reading_until_the_client_has_left() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(TOO_LONG));
    client.expects_the_end();
    server.prints_a_line();
    says_goodbye(&mut client);
    scene.end();
}

#[test]
fn does_not_break_off_a_client_that_said_too_much() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(1024 * 1024));
    client.expects_the_end();
    server.prints_a_line();
    says_goodbye(&mut client);
    scene.end();
}

#[test]
fn keeps_nothing_of_what_it_throws_away() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Memory) {
        return;
    }
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(TOO_LONG));
    client.expects_the_end();
    server.prints_a_line();
    let before = server.memory();
    client.sends(&"x".repeat(MUCH));
    client.waits_until_it_is_read();
    server.keeps_its_memory(before, MUCH as u64 / 2);
    client.expects_the_end();
    scene.end();
}

#[test]
fn rests_until_the_client_has_left() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(TOO_LONG));
    client.expects_the_end();
    server.prints_a_line();
    client.sends("안녕히 계세요.\n");
    client.waits_until_it_is_read();
    server.rests_for_good();
    // 손님이 남아 있어도 Enter는 끝냅니다. / Enter ends it, though the client stays.
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn tells_a_close_from_a_reset() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut polite = server.client("client-a");
    polite.sends("안녕");
    polite.half_closes();
    polite.expects_the_end();
    polite.leaves();
    server.prints_a_line();
    server.prints_a_line();
    let mut rude = server.client("client-b");
    rude.sends(&"x".repeat(TOO_LONG));
    rude.expects_the_end();
    server.prints_a_line();
    rude.resets();
    server.prints_a_line();
    scene.end();
}

/// 답하기 전에 끊은 손님에게는 할 말을 한 적이 없습니다. / To a client that broke off before, nothing was said.
#[test]
fn says_that_a_client_broke_off_within_its_request() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut rude = server.client("client-a");
    rude.sends("안녕");
    rude.waits_until_it_is_read();
    rude.resets();
    server.prints_a_line();
    let mut polite = server.client("client-b");
    polite.half_closes();
    polite.expects_the_end();
    server.prints_a_line();
    server.prints_a_line();
    scene.end();
}

#[test]
fn knows_that_the_client_has_left_when_it_leaves() {
    timed!(step 3, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        client.sends(&"x".repeat(TOO_LONG));
        client.expects_the_end();
        server.prints_a_line();
        // 버릴 것은 글자가 아니어도 됩니다. / What is thrown away need not be text.
        client.sends(b"\xff\xfe\xec");
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.leaves();
        server.prints_a_line_after(before, Wait::none());
        scene.end();
    });
}

/// client-b와 client-c는 차례를 기다리다가 끊습니다. client-c는 그 전에 할 말을 다 했으므로, 서버의
/// 답이 갈 곳이 없습니다. 그래도 다음 손님은 답을 받습니다.
/// client-b and client-c break off while they stand in line. As client-c has finished sending by
/// then, there is no place for the server's reply. The next client gets its own all the same.
#[test]
fn outlives_clients_that_are_gone_before_their_turn() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::AcceptAfterReset) {
        return;
    }
    let mut server = scene.server();
    let mut first = server.client("client-a");
    first.waits_until_it_is_read();
    server.client("client-b").resets();
    let mut third = server.client("client-c");
    third.sends("안녕");
    third.half_closes();
    third.resets();
    first.half_closes();
    first.expects_the_end();
    first.leaves();
    let mut last = server.client("client-d");
    last.half_closes();
    last.expects_the_end();
    scene.end_here();
}

#[test]
fn starts_again_where_its_own_connections_are_in_time_wait() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::TimeWaitHoldsPort) {
        return;
    }
    let mut server = scene.server_to_be_restarted();
    let mut client = server.client("client-a");
    client.sends(&"x".repeat(TOO_LONG));
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    server.prints_a_line();
    server.is_typed("");
    server.ends();
    let mut again = scene.program(&[&server.address()]);
    again.tells_its_address("server");
    again.is_typed("");
    again.ends();
    scene.end();
}

/// TIME_WAIT는 옛 연결의 것이고, 살아 있는 서버의 포트는 그 서버의 것입니다.
/// TIME_WAIT is what is left of a connection; the port of a server that is alive is its own.
#[test]
fn leaves_the_port_of_a_server_that_is_alive_alone() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.fails();
    scene.program(&["주소가 아닙니다"]).fails();
    let mut client = server.client("client-a");
    client.half_closes();
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    server.prints_a_line();
    scene.end();
}
