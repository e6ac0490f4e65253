//! 레슨 16의 시나리오. / The scenarios of lesson 16.

use probe::{Peer, Program, Sight, scene};

const GREETING: &str = "반갑습니다";

/// 가장 긴 본문(바이트). / The longest body, in bytes.
const LIMIT: u32 = 65_536;

/// 믿지 않을 길이. 그만큼 자리를 잡으면 눈에 띕니다.
/// A length not to be believed; making room for it shows.
const MUCH: u32 = 128 * 1024 * 1024;

/// 본문의 길이를 담은 네 바이트, 그리고 본문. / Four bytes with the body's length, then the body.
fn frame(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    [&header(u32::try_from(body.len()).unwrap_or(u32::MAX)), body].concat()
}

fn header(length: u32) -> [u8; 4] {
    length.to_be_bytes()
}

/// 인사를 받은 손님. / A client that has been greeted.
fn greeted(server: &mut Program, name: &str) -> Peer {
    let mut client = server.client(name);
    client.expects(&frame(GREETING));
    client
}

#[test]
fn greets_with_a_whole_frame() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.hears_nothing();
    server.is_typed("");
    server.ends();
    scene.end();
}

/// 들을 수 없으면 그렇게 끝납니다. / Where it cannot listen, that is how it ends.
#[test]
fn does_not_start_where_another_listens() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.fails();
    second.complained();
    server.is_typed_the_end();
    server.goes_on();
    server.client("client-a");
    scene.end_here();
}

#[test]
fn tells_the_length_before_the_body_has_come() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(&header(0x0000_0102));
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_a_header_in_pieces() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends_in_pieces(&[&[0, 0], &[1], &[2]]);
    server.prints_a_line();
    scene.end_here();
}

/// 손님이 느린 것은 잘못이 아닙니다. / A client may be slow.
#[test]
fn waits_for_the_rest_of_a_header() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) || scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.waits_until_it_is_read();
    server.is_stopped_for_a_moment();
    client.sends(b"\0\0");
    client.waits_until_it_is_read();
    server.rests_for_good();
    server.is_stopped_for_a_moment();
    client.sends(b"\x01\x02");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn tells_an_end_between_two_messages() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    greeted(&mut server, "client-b");
    scene.end_here();
}

#[test]
fn tells_an_end_within_a_header() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(b"\0\0");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    greeted(&mut server, "client-b");
    scene.end_here();
}

#[test]
fn tells_a_reset_between_two_messages() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut rude = greeted(&mut server, "client-a");
    rude.waits_until_it_is_read();
    rude.resets();
    server.prints_a_line();
    greeted(&mut server, "client-b");
    scene.end_here();
}

/// 남은 조각은 다음 손님의 것이 아닙니다. / What was left of it is not the next client's.
#[test]
fn outlives_a_reset_within_a_header() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut rude = greeted(&mut server, "client-a");
    rude.sends(b"\0\x03");
    rude.waits_until_it_is_read();
    rude.resets();
    server.prints_a_line();
    let mut next = greeted(&mut server, "client-b");
    next.sends(&header(0x0000_0102));
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn refuses_four_gibibytes() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(&header(u32::MAX));
    server.prints_a_line();
    server.prints_a_line();
    client.expects_the_end();
    greeted(&mut server, "client-b");
    scene.end_here();
}

#[test]
fn takes_no_memory_for_what_it_refuses() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::Memory) {
        return;
    }
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    let before = server.memory();
    client.sends(&header(MUCH));
    server.prints_a_line();
    server.prints_a_line();
    client.expects_the_end();
    server.keeps_its_memory(before, u64::from(MUCH) / 8);
    scene.end_here();
}

#[test]
fn refuses_one_byte_more_than_the_limit() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(&header(LIMIT + 1));
    server.prints_a_line();
    server.prints_a_line();
    client.expects_the_end();
    greeted(&mut server, "client-b").leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn believes_a_length_at_the_limit() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(&header(LIMIT));
    server.prints_a_line();
    // 이제 본문을 기다립니다. / Now it waits for the body.
    client.hears_nothing();
    scene.end_here();
}

#[test]
fn sends_back_a_message_that_came_in_pieces() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    // 둘째 메시지의 시작이 첫째의 끝과 함께 옵니다. / The second begins in the piece that ends the first.
    let messages = [frame("안녕하세요"), frame("또 왔어요")].concat();
    client.sends_in_pieces(&[
        &messages[..8],
        &messages[8..10],
        &messages[10..21],
        &messages[21..],
    ]);
    server.prints_a_line();
    server.prints_a_line();
    client.expects(&messages);
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn waits_for_the_rest_of_a_body() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    let message = frame("안녕하세요");
    client.sends(&message[..7]);
    server.prints_a_line();
    client.waits_until_it_is_read();
    server.rests_for_good();
    client.sends(&message[7..]);
    client.expects(&message);
    scene.end();
}

/// TCP는 무엇이 한 메시지인지 모릅니다. / TCP does not know what a message is.
#[test]
fn sends_back_three_messages_and_a_half_that_came_as_one() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    let whole = [frame("하나"), frame("둘"), frame("셋")].concat();
    let (half, rest) = (&frame("넷째")[..7], &frame("넷째")[7..]);
    client.sends(&[&whole, half].concat());
    for _ in 0..4 {
        server.prints_a_line();
    }
    client.expects(&whole);
    client.sends(rest);
    client.expects(&frame("넷째"));
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn sends_back_an_empty_message() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    for message in [frame(""), frame("!"), frame("안녕")] {
        client.sends(&message);
        server.prints_a_line();
        client.expects(&message);
    }
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn sends_back_bytes_that_are_not_text() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    for message in [frame(b"a\xff\xfe\0\r\n"), frame(b"\0\xff\0\0")] {
        client.sends(&message);
        server.prints_a_line();
        client.expects(&message);
    }
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn sends_back_the_longest_message() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    let message = frame("x".repeat(LIMIT as usize));
    let (half, rest) = message.split_at(message.len() / 2);
    let next = frame("또");
    client.sends_in_pieces(&[half, &[rest, &next].concat()]);
    server.prints_a_line();
    client.expects_just(&message);
    server.prints_a_line();
    client.expects(&next);
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn tells_an_end_within_a_body() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut client = greeted(&mut server, "client-a");
    client.sends(&frame("안녕")[..7]);
    server.prints_a_line();
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    // 본문은 한 바이트도 오지 않았습니다. / Not one byte of the body has come.
    let mut next = greeted(&mut server, "client-b");
    next.sends(&header(6));
    server.prints_a_line();
    next.half_closes();
    next.expects_the_end();
    server.prints_a_line();
    scene.end();
}

#[test]
fn outlives_a_reset_within_a_body() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut rude = greeted(&mut server, "client-a");
    rude.sends(&frame("안녕")[..7]);
    server.prints_a_line();
    rude.waits_until_it_is_read();
    rude.resets();
    server.prints_a_line();
    let mut next = greeted(&mut server, "client-b");
    next.sends(&frame("안녕"));
    server.prints_a_line();
    next.expects(&frame("안녕"));
    scene.end();
}
