//! 레슨 08의 시나리오. / The scenarios of lesson 08.

use probe::{Peer, Sight, scene};

/// 서버가 읽고 답하기에 꼭 한 바이트 긴 요청. / One byte longer than the server takes.
const TOO_LONG: usize = 1025;

/// 모으면 눈에 띄는 바이트 수. / Bytes that show if they are gathered.
const MUCH: usize = 32 * 1024 * 1024;

/// 답과 FIN을 받은 뒤에도 보냅니다. 서버가 아직 읽고 있으면 다시 FIN, 닫았으면 RST입니다.
/// Sends on after the reply and FIN: FIN again if the server still reads, RST if it closed.
fn says_goodbye(client: &mut Peer) {
    for word in ["안녕히 ", "!", "계세요"] {
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
