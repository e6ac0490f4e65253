//! 레슨 06의 시나리오. / The scenarios of lesson 06.

use probe::{Peer, Program, Sight, Wait, scene, timed};
use std::time::Duration;

/// 손님이 말을 고르는 동안. / While a client looks for words.
const A_PAUSE: Duration = Duration::from_millis(200);

const SENTENCE: &str = "안녕, 소켓!";

/// 보내기를 끝내고, 서버의 두 줄과 연결의 끝을 기다립니다.
/// Finishes sending; waits for the server's two lines and the connection's end.
fn finishes(mut client: Peer, server: &mut Program) {
    client.half_closes();
    server.prints_a_line();
    server.prints_a_line();
    client.expects_the_end();
}

#[test]
fn counts_every_byte_until_the_end() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    let (first, second) = SENTENCE.as_bytes().split_at(9);
    client.sends_in_pieces(&[first, second]);
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn counts_line_ends_and_zeros_like_any_byte() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&["한 줄\n", "두 줄\r\n\r\n", "영\0", "끝"].map(str::as_bytes));
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn counts_line_ends_that_come_at_once() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("한 줄\n두 줄\r\n\r\n영\0끝");
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn counts_bytes_that_are_no_text() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[&[b'a', 0xff, 0xfe], &[0x80, b'b']]);
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn counts_more_than_a_buffer_holds() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    // 모두 1 MiB를 조금 넘습니다. / All of it is a little more than 1 MiB.
    client.sends_in_pieces(&[&[0xff; 262_145][..]; 4]);
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn bears_with_a_client_that_looks_for_words() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕,");
    client.reads_nothing_for(A_PAUSE);
    client.sends(" 소켓!");
    client.half_closes();
    server.prints_a_line();
    scene.end_here();
}

/// 아무도 답을 청하지 않았습니다. / Nobody asked for an answer.
#[test]
fn says_nothing_to_its_client() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&["안녕,\n", "소켓!\n"].map(str::as_bytes));
    client.hears_nothing();
    client.half_closes();
    server.prints_a_line();
    client.leaves();
    scene.end_here();
}

#[test]
fn rests_while_its_client_is_silent() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.waits_until_it_is_read();
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn knows_the_end_when_it_comes() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        client.sends("안녕");
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.half_closes();
        server.prints_a_line_after(before, Wait::none());
        scene.end_here();
    });
}

#[test]
fn counts_what_came_before_a_reset() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.waits_until_it_is_read();
    client.resets();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn knows_a_reset_when_it_comes() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        client.sends("안녕");
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.resets();
        server.prints_a_line_after(before, Wait::none());
        scene.end_here();
    });
}

#[test]
fn fails_where_it_cannot_start() {
    let mut scene = scene!(step 1);
    let server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.fails();
    second.complained();
    scene.program(&["127.0.0.1"]).fails();
    scene.end();
}

#[test]
fn puts_a_sentence_together_wherever_it_is_cut() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    for cut in 1..SENTENCE.len() {
        let mut client = server.client(&format!("cut-{cut}"));
        let (first, second) = SENTENCE.as_bytes().split_at(cut);
        client.sends_in_pieces(&[first, second]);
        finishes(client, &mut server);
    }
    scene.end();
}

#[test]
fn takes_one_byte_at_a_time() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    let bytes: Vec<_> = "한글🦀".as_bytes().chunks(1).collect();
    client.sends_in_pieces(&bytes);
    finishes(client, &mut server);
    scene.end();
}

#[test]
fn takes_everything_at_once() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(&"가나다라마바사".repeat(1000));
    finishes(client, &mut server);
    scene.end();
}

#[test]
fn takes_messages_that_just_fill_a_buffer() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    for size in [1024, 4096, 8192, 65_536, 131_072] {
        let mut client = server.client(&format!("of-{size}"));
        client.sends(&"x".repeat(size));
        finishes(client, &mut server);
    }
    scene.end();
}

#[test]
fn keeps_line_ends_and_blanks_in_the_message() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends(" 첫\t줄\r끝\0\n\n셋째 줄 \n");
    client.half_closes();
    // 길이 한 줄, 메시지가 세 줄, println!의 줄바꿈이 또 한 줄입니다.
    // A line for the length, three for the message, and one that println! ends.
    for _line in 1..=5 {
        server.prints_a_line();
    }
    client.expects_the_end();
    scene.end();
}

/// U+FFFD도 글자입니다: 누가 보냈다면 잘못된 바이트가 아닙니다.
/// U+FFFD is a character as well: where somebody has sent it, no byte is wrong.
#[test]
fn prints_a_replacement_character_that_was_sent() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("앞\u{fffd}뒤");
    finishes(client, &mut server);
    scene.end();
}

#[test]
fn forgets_the_long_message_before_the_short_one() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut long = server.client("client-a");
    long.sends("이것은 꽤 긴 메시지입니다");
    // 먼저 끝냈어도 차례는 나중입니다. / It finishes first, and still its turn comes later.
    let mut short = server.client("client-b");
    short.sends("짧다");
    short.half_closes();
    server.prints_nothing_more();
    finishes(long, &mut server);
    server.prints_a_line();
    server.prints_a_line();
    short.expects_the_end();
    scene.end();
}

#[test]
fn takes_no_bytes_for_an_empty_message() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let client = server.client("client-a");
    finishes(client, &mut server);
    scene.end();
}

#[test]
fn says_so_when_it_ends_within_a_syllable() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[&"안녕".as_bytes()[..5]]);
    finishes(client, &mut server);
    scene.end();
}

#[test]
fn says_where_the_text_ends() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    // 글자 뒤, 맨 앞, UTF-16의 반쪽(RFC 3629), 네 바이트 글자의 중간.
    // After text, at the very front, one half of UTF-16 (RFC 3629), within four bytes.
    let of_no_text: [&[u8]; 4] = [
        b"\xec\x95\x88\xeb\x85\x95\xff\xfe\xed\x95\x98\xec\x84\xb8\xec\x9a\x94",
        b"\x80abc",
        b"ab\xed\xa0\x80c",
        b"abc\xf0\x9f\xa6",
    ];
    for (name, bytes) in ["client-a", "client-b", "client-c", "client-d"]
        .iter()
        .zip(of_no_text)
    {
        let mut client = server.client(name);
        client.sends(bytes);
        finishes(client, &mut server);
    }
    scene.end();
}

#[test]
fn tells_a_reset_from_an_end() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut rude = server.client("client-a");
    rude.sends("안녕");
    rude.waits_until_it_is_read();
    rude.resets();
    server.prints_a_line();
    server.prints_a_line();
    let mut polite = server.client("client-b");
    polite.sends("안녕");
    finishes(polite, &mut server);
    scene.end();
}

/// 끊긴 손님의 반쪽 글자는 다음 손님의 것이 아닙니다.
/// Half a character of a client that broke off does not belong to the next one.
#[test]
fn keeps_nothing_of_a_client_that_broke_off() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut rude = server.client("client-a");
    rude.sends_in_pieces(&["안녕".as_bytes(), b"\xed\x95"]);
    for mut rude in [rude, server.client("client-b")] {
        rude.waits_until_it_is_read();
        rude.resets();
        server.prints_a_line();
        server.prints_a_line();
    }
    let mut polite = server.client("client-c");
    polite.sends("하세요");
    finishes(polite, &mut server);
    scene.end();
}
