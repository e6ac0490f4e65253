//! 레슨 09의 시나리오. / The scenarios of lesson 09.

#[path = "../../pair/mod.rs"]
mod pair;

use pair::one_shot::{
    a_client_and_its_server, hears_no_reply, is_refused, is_sent, is_told, takes_one_client,
};
use pair::{a_server_and_its_client, a_server_beside_a_second, finds_nobody};
use probe::{Peer, Side, Sight, Wait, scene, timed};
use std::time::Duration;

const GREETING: &str = "안녕하세요, 저는 손님입니다.\n";
/// 메시지는 줄바꿈까지 이보다 길 수 없습니다(바이트). / A message may not be longer, newline included.
const LIMIT: usize = 1024;

#[test]
fn closes_the_door_behind_its_only_client() {
    let mut scene = scene!(lesson "09", step 1);
    takes_one_client(scene.server(), scene);
}

#[test]
fn accepts_a_client_at_another_address() {
    let mut scene = scene!(lesson "09", step 1);
    if scene.skipped_without(Sight::OtherLoopback) {
        return;
    }
    takes_one_client(scene.server_on("127.0.0.2"), scene);
}

#[test]
fn accepts_a_client_over_ipv6() {
    let mut scene = scene!(lesson "09", step 1);
    if let Some(server) = scene.server_over_ipv6() {
        takes_one_client(server, scene);
    }
}

#[test]
fn leaves_the_port_of_another_server_alone() {
    let mut scene = scene!(lesson "09", step 1);
    let mut server = a_server_beside_a_second(&mut scene);
    server.client("client-a");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn tells_of_its_client_when_it_comes() {
    timed!(lesson "09", step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let before = scene.moment();
        server.client("client-a");
        server.prints_a_line_after(before, Wait::none());
        scene.end_here();
    });
}

#[test]
fn puts_a_message_together_from_its_pieces() {
    let (first, rest) = GREETING.as_bytes().split_at(2);
    let (second, third) = rest.split_at(17);
    is_told(&[first, second, third], scene!(lesson "09", step 2));
}

#[test]
fn takes_the_end_of_the_stream_for_the_end_of_the_message() {
    let mut scene = scene!(lesson "09", step 2);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends("안녕하세요");
    client.half_closes();
    server.prints_a_line();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_nothing_behind_the_newline_for_the_message() {
    // 다음 말이 벌써 시작되어, 글자의 중간까지 함께 왔습니다.
    // The next sentence has begun already, and came along up to the middle of a character.
    let piece = [GREETING.as_bytes(), "그런데 ".as_bytes(), b"\xec\x98"].concat();
    is_told(&[&piece], scene!(lesson "09", step 2));
}

/// 앞의 빈칸도 글자입니다. / Blanks at its beginning are a part of it.
#[test]
fn takes_the_longest_message() {
    let line = ["  ", &"x".repeat(LIMIT - 3)].concat();
    is_told(&[line.as_bytes(), b"\n"], scene!(lesson "09", step 2));
}

#[test]
fn knows_the_message_when_its_newline_comes() {
    timed!(lesson "09", step 2, of 1000 ms, |mut scene, _| {
        let (mut server, mut client) = a_server_and_its_client(&mut scene);
        server.prints_a_line();
        client.sends("안녕");
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.sends("하세요\n");
        server.prints_a_line_after(before, Wait::none());
        scene.end_here();
    });
}

#[test]
fn rests_while_nobody_comes() {
    let mut scene = scene!(lesson "09", step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    scene.server().rests_for_good();
    scene.end_here();
}

#[test]
fn rests_while_its_client_is_silent() {
    let mut scene = scene!(lesson "09", step 2);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    server.prints_a_line();
    client.sends("안녕");
    client.waits_until_it_is_read();
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn says_that_its_client_broke_off() {
    let mut scene = scene!(lesson "09", step 2);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends("안녕");
    client.waits_until_it_is_read();
    client.resets();
    server.prints_a_line();
    server.ends_with_an_error();
    server.complained();
    scene.end();
}

#[test]
fn has_something_to_say_of_an_empty_line() {
    let mut scene = scene!(lesson "09", step 2);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends("\n");
    server.prints_a_line();
    server.tells_something();
    scene.end_here();
}

/// 빈 메시지로 여겨도, 오류로 여겨도 됩니다. 죽지만 않으면 됩니다.
/// It may be an empty message or an error; it must not be a crash.
#[test]
fn has_something_to_say_of_a_client_that_leaves_without_a_word() {
    let mut scene = scene!(lesson "09", step 2);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.leaves();
    server.prints_a_line();
    server.tells_something();
    scene.end_here();
}

#[test]
fn says_that_a_message_is_no_text() {
    is_refused(b"\xec\x95\n", scene!(lesson "09", step 2));
}

/// 줄바꿈은 더 올 수 없습니다. / There is no room for a newline any more.
#[test]
fn refuses_a_message_that_is_too_long() {
    is_refused(&[b'x'; LIMIT], scene!(lesson "09", step 2));
}

#[test]
fn refuses_a_message_whose_newline_is_one_byte_too_late() {
    let line = [&[b'x'; LIMIT][..], b"\n"].concat();
    is_refused(&line, scene!(lesson "09", step 2));
}

#[test]
fn replies_and_parts_in_order() {
    let mut scene = scene!(lesson "09", step 3);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends(GREETING);
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

#[test]
fn replies_and_parts_when_it_has_heard_something() {
    timed!(lesson "09", step 3, of 1000 ms, |mut scene, _| {
        let (mut server, mut client) = a_server_and_its_client(&mut scene);
        let (first, rest) = GREETING.split_at(6);
        client.sends(first);
        client.waits_until_it_is_read();
        client.hears_nothing();
        let before = scene.moment();
        client.sends(rest);
        client.expects_the_end_after(before, Wait::none());
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.leaves();
        server.ends_after(before, Wait::none());
        scene.end();
    });
}

/// 먼저 보내기를 끝낸 손님도 답을 받고, 서버는 더 기다릴 것이 없습니다.
/// One that has finished first gets its reply as well; then there is nothing to wait for.
#[test]
fn replies_to_a_client_that_has_finished() {
    timed!(lesson "09", step 3, of 1000 ms, |mut scene, _| {
        let (mut server, mut client) = a_server_and_its_client(&mut scene);
        client.sends("안녕하세요");
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.half_closes();
        client.expects_the_end_after(before, Wait::none());
        server.ends_after(before, Wait::none());
        scene.end();
    });
}

#[test]
fn rests_until_its_client_has_left() {
    let mut scene = scene!(lesson "09", step 3);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends(GREETING);
    client.expects_the_end();
    client.waits_until_it_is_read();
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn does_not_lose_the_reply_of_a_client_that_says_more() {
    let mut scene = scene!(lesson "09", step 3);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends(&[GREETING, &"x".repeat(256 * 1024)].concat());
    client.expects_the_end();
    client.waits_until_it_is_read();
    client.sends("안녕히 계세요\n");
    client.waits_until_it_is_read();
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

#[test]
fn is_still_there_when_the_client_says_goodbye() {
    let mut scene = scene!(lesson "09", step 3);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends(GREETING);
    client.expects_the_end();
    client.reads_nothing_for(Duration::from_millis(150));
    // RST가 오면 두 번째에 알게 됩니다. UTF-8이 아니어도 됩니다. / The second notices an RST; it need not be text.
    for word in ["고맙습니다.\n".as_bytes(), b"\xff\xfe"] {
        client.sends_in_pieces(&[word]);
        client.waits_until_it_is_read();
    }
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

#[test]
fn sends_its_greeting_as_a_line() {
    let mut scene = scene!(lesson "09", step 4);
    let _both = a_client_and_its_server(&mut scene);
    scene.end_here();
}

#[test]
fn says_that_there_is_no_server() {
    finds_nobody(scene!(lesson "09", step 4));
}

#[test]
fn reads_the_reply_to_its_end() {
    // 앞의 빈칸도, 가운데 빈 줄도 답의 일부입니다. / Blanks at the beginning and empty lines are parts of it.
    let reply = "  어서 오세요, 손님!\n\n 오늘은 쉽니다.\n".as_bytes();
    is_sent(&[&reply[..7], &reply[7..]], scene!(lesson "09", step 5));
}

#[test]
fn takes_the_end_of_the_stream_for_the_end_of_the_reply() {
    is_sent(&["잘 가요".as_bytes()], scene!(lesson "09", step 5));
}

#[test]
fn takes_a_blank_line_for_a_reply() {
    is_sent(&[b"\n"], scene!(lesson "09", step 5));
}

/// 서버는 보내기만 끝냅니다. / The server ends its own direction only.
#[test]
fn leaves_as_soon_as_the_reply_has_ended() {
    timed!(lesson "09", step 5, of 1000 ms, |mut scene, _| {
        let (mut client, mut peer) = a_client_and_its_server(&mut scene);
        peer.sends("어서 오세요\n");
        peer.waits_until_it_is_read();
        let before = scene.moment();
        peer.half_closes();
        peer.expects_the_end_after(before, Wait::none());
        client.ends();
        scene.end();
    });
}

#[test]
fn rests_while_the_reply_is_on_its_way() {
    let mut scene = scene!(lesson "09", step 5);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    peer.sends("어서 오");
    peer.waits_until_it_is_read();
    client.rests_for_good();
    scene.end_here();
}

#[test]
fn prints_a_long_reply_whole() {
    let reply = ["긴 답".repeat(10_000).as_str(), "\n"].concat();
    is_sent(&[reply.as_bytes()], scene!(lesson "09", step 5));
}

#[test]
fn says_that_there_was_no_reply() {
    hears_no_reply(scene!(lesson "09", step 5), Peer::leaves);
}

#[test]
fn says_that_the_reply_broke_off() {
    hears_no_reply(scene!(lesson "09", step 5), |peer| {
        peer.sends("어서 오");
        peer.waits_until_it_is_read();
        peer.resets();
    });
}

#[test]
fn says_that_the_reply_is_no_text() {
    hears_no_reply(scene!(lesson "09", step 5), |peer| {
        peer.sends_in_pieces(&["어서 오세요\n".as_bytes(), b"\xec\x98"]);
        peer.leaves();
    });
}

#[test]
fn talk_to_each_other_over_a_network_that_splits() {
    let mut scene = scene!(lesson "09", step 5).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let mut client = scene.client(&[&middle.address().to_string()]);
    middle.joins(&client);
    server.prints_a_line();
    middle.takes_a_line_from(Side::Client);
    middle.passes_on_in_pieces_to(Side::Server, &[2, 8, 32]);
    server.prints_a_line();
    middle.takes_the_end_from(Side::Server);
    middle.passes_on_in_pieces_to(Side::Client, &[1, 4]);
    client.ends();
    middle.carries_the_end_to(Side::Server);
    server.ends();
    scene.end();
}

#[test]
fn both_say_so_when_the_network_cuts_them_off() {
    let mut scene = scene!(lesson "09", step 5).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let mut client = scene.client(&[&middle.address().to_string()]);
    middle.joins(&client);
    server.prints_a_line();
    middle.takes_a_line_from(Side::Client);
    middle.cuts();
    client.ends_with_an_error();
    client.complained();
    server.ends_with_an_error();
    server.complained();
    scene.end();
}
