//! 레슨 10의 시나리오. / The scenarios of lesson 10.

#[path = "../../pair/mod.rs"]
mod pair;

use pair::client_server::{
    LIMIT, a_client_and_its_server, hears_its_client_out, hears_no_reply,
    in_the_middle_of_a_message, is_answered_at_once, is_sent, is_served,
    one_is_cut_off_and_the_next_is_slow, one_says_more_than_its_line, outlives,
    the_longest_messages_come, three_come_at_once,
};
use pair::{a_server_and_its_client, a_server_beside_a_second, finds_nobody};
use probe::{Peer, Program, Sight, Wait, scene, timed};
use std::time::Duration;

/// 메시지가 다 오면 바로 답합니다. / A message is answered when it is there.
#[test]
fn answers_each_client_with_its_number() {
    timed!(lesson "10", step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let say_the_rest = |client: &mut Peer| client.sends("하세요\n");
        let (mut client, _) = is_answered_at_once(&scene, &mut server, "client-a", say_the_rest);
        client.waits_until_it_is_read();
        let before = scene.moment();
        client.leaves();
        server.prints_a_line_after(before, Wait::none());
        // 다음 손님의 메시지는 FIN에서 끝나고, 대화도 그것으로 끝납니다.
        // The next one's message ends with its FIN, and so does the conversation.
        let (_client, before) =
            is_answered_at_once(&scene, &mut server, "client-b", Peer::half_closes);
        server.prints_a_line_after(before, Wait::none());
        scene.end();
    });
}

#[test]
fn serves_one_client_after_another() {
    three_come_at_once(scene!(lesson "10", step 1));
}

#[test]
fn accepts_again_after_it_has_failed() {
    pair::client_server::accepts_again_after_it_has_failed(scene!(lesson "10", step 1));
}

#[test]
fn leaves_the_port_of_another_server_alone() {
    let mut scene = scene!(lesson "10", step 1);
    let mut server = a_server_beside_a_second(&mut scene);
    is_served("client-a", &mut server);
    scene.end();
}

#[test]
fn answers_a_line_in_pieces_and_a_line_without_its_newline() {
    let mut scene = scene!(lesson "10", step 1);
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    // 앞의 빈칸도 글자입니다. 줄바꿈 뒤의 것은 무엇이든 메시지가 아닙니다.
    // Blanks at its beginning are a part of it. What is behind the newline is not, whatever it is.
    let (first, second) = "  안녕하세요\n그런데".as_bytes().split_at(6);
    client.sends_in_pieces(&[first, &[second, &[b'x'; 2_000], b"\xec\x98"].concat()]);
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    let mut client = server.client("client-b");
    client.sends("저도요");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    scene.end();
}

#[test]
fn answers_the_longest_message() {
    the_longest_messages_come(scene!(lesson "10", step 1));
}

#[test]
fn does_not_lose_the_reply_of_a_client_that_says_more() {
    one_says_more_than_its_line(scene!(lesson "10", step 1));
}

#[test]
fn outlives_rubbish() {
    outlives(scene!(lesson "10", step 2), |client| {
        client.sends_in_pieces(&[b"\xff\xfe\xec\n"]);
        client.expects_the_end();
    });
}

#[test]
fn outlives_a_line_that_is_a_byte_too_long() {
    // 연결이 FIN으로 끝나는지 RST로 끝나는지는 여기서 보지 않습니다.
    // Whether the connection ends with FIN or RST is not looked at here.
    outlives(scene!(lesson "10", step 2), |client| {
        client.sends(&("x".repeat(LIMIT) + "\n"));
    });
}

#[test]
fn outlives_a_client_that_does_not_come_to_an_end() {
    outlives(scene!(lesson "10", step 2), |client| {
        client.floods(&"x".repeat(LIMIT / 8));
    });
}

#[test]
fn outlives_a_client_that_breaks_off() {
    outlives(scene!(lesson "10", step 2), |client| {
        client.sends("안녕");
        client.waits_until_it_is_read();
        client.resets();
    });
}

#[test]
fn outlives_a_client_that_leaves_without_a_word() {
    outlives(scene!(lesson "10", step 2), |client| client.leaves());
}

#[test]
fn keeps_no_socket_of_clients_that_are_gone() {
    let mut scene = scene!(lesson "10", step 2);
    if scene.skipped_without(Sight::HeldSockets) || scene.skipped_without(Sight::AcceptAfterReset) {
        return;
    }
    let (mut server, mut client) = in_the_middle_of_a_message(&mut scene);
    // 이 둘은 제 차례가 오기 전에 끊습니다. / These two break off before it is their turn.
    server.client("client-b").resets();
    server.client("client-c").resets();
    client.resets();
    for _ in 0..3 {
        server.prints_a_line();
    }
    is_served("client-d", &mut server);
    // 손님의 소켓을 언제 닫는지는 서버의 일입니다. / When it closes a client's socket is its own business.
    server.comes_to_hold(&["TCP"]);
    scene.end();
}

#[test]
fn lets_a_silent_client_go_when_its_time_is_up() {
    timed!(lesson "10", step 3, from 150 ms, |mut scene, patience| {
        let mut server = scene.server_with(&[&patience.as_millis().to_string()]);
        let mut silent = server.client("client-a");
        let came = silent.came();
        let mut waiting = server.client("client-b");
        waiting.sends("저 뒤에서 기다려요\n");
        silent.expects_the_end_after(came, Wait::of(patience));
        waiting.expects_the_end();
        waiting.leaves();
        server.prints_a_line();
        server.prints_a_line();
        scene.end();
    });
}

/// 답을 듣고도 남은 손님도 제 시간만큼만 있습니다. / One that stays after the reply has its time, and no more.
#[test]
fn lets_a_client_go_that_stays_after_the_reply() {
    timed!(lesson "10", step 3, from 150 ms, |mut scene, patience| {
        let mut server = scene.server_with(&[&patience.as_millis().to_string()]);
        // 그 시간은 손님이 와야 시작됩니다. / That time begins when there is a client.
        server.prints_nothing();
        let mut client = server.client("client-a");
        let came = client.came();
        client.sends("안녕하세요\n");
        client.expects_the_end();
        server.prints_a_line_after(came, Wait::of(patience));
        scene.end();
    });
}

#[test]
fn rests_while_its_client_is_silent() {
    let mut scene = scene!(lesson "10", step 3);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (mut server, mut client) = in_the_middle_of_a_message(&mut scene);
    server.rests_for_good();
    // 답한 다음에도 쉬며 기다립니다. / When it has replied it waits at rest as well.
    client.sends("하세요\n");
    client.expects_the_end();
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn lets_a_slowly_dripping_client_go_when_its_time_is_up() {
    timed!(lesson "10", step 3, from 150 ms, 4 times, |mut scene, patience| {
        let mut server = scene.server_with(&[&patience.as_millis().to_string()]);
        let mut client = server.client("client-a");
        let came = client.came();
        // 여럿이 자주 보내서, 남은 시간이 꼭 0이 됩니다. 모두 합쳐도 LIMIT보다 짧게.
        // Several do, so often that the time left does become 0; in all shorter than LIMIT.
        let pause = Duration::from_millis(1).max(patience / 600);
        client.drips(".", pause, came, Wait::of(patience));
        server.prints_a_line();
        scene.end();
    });
}

#[test]
fn stops_when_it_is_told_to() {
    let mut scene = scene!(lesson "10", step 4);
    let mut server = scene.server();
    is_served("client-a", &mut server);
    // 글자가 아닌 줄도 다른 줄일 뿐입니다. / A line that is not UTF-8 is another line, that is all.
    for line in [
        "쉬어도 돼".as_bytes(),
        b"\xff\xfe",
        b"",
        b"do not stop",
        b"stopper",
    ] {
        server.is_typed(line);
    }
    is_served("client-b", &mut server);
    server.is_typed("stop");
    server.ends();
    scene.end();
}

/// 서버의 주소는 그때그때 다릅니다. / The server's own address is not always the same.
#[test]
fn stops_wherever_it_listens() {
    let mut scene = scene!(lesson "10", step 4);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    // 아무도 오지 않았습니다. / Nobody has come.
    let mut server = scene.server_on("127.0.0.2");
    server.is_typed("stop");
    server.ends();
    scene.end();
}

#[test]
fn goes_on_when_nobody_can_type_any_more() {
    let mut scene = scene!(lesson "10", step 4);
    let mut server = scene.server();
    server.is_typed_the_end();
    server.comes_to_rest();
    is_served("client-a", &mut server);
    scene.end();
}

#[test]
fn stops_on_ctrl_c() {
    let mut scene = scene!(lesson "10", step 4);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    let mut server = scene.server();
    // stdin이 끝난 뒤에도 듣습니다. / It hears it though stdin has ended.
    server.is_typed_the_end();
    is_served("client-a", &mut server);
    server.is_interrupted();
    server.ends();
    scene.end();
}

#[test]
fn finishes_with_the_client_it_is_serving_before_it_stops() {
    hears_its_client_out(scene!(lesson "10", step 4), |server| {
        server.is_typed("stop");
    });
}

/// 줄을 선 손님은 벌써 한마디 했지만, 차례가 오지 않습니다.
/// Whoever stands in line has said its line already, and gets no turn.
#[test]
fn serves_nobody_else_when_it_is_told_to_stop() {
    hears_its_client_out(scene!(lesson "10", step 4), |server| {
        server.client("client-b").sends("저도요\n");
        server.is_typed("stop");
    });
}

/// 대기열이 꽉 차서, 서버를 깨우는 연결도 기다려야 합니다. 그 전에 stopping이 true여야 합니다.
/// The queue is full: the connection that wakes it has to wait, and stopping be true by then.
#[test]
fn stops_though_clients_stand_in_line() {
    let scene = scene!(lesson "10", step 4);
    if scene.skipped_without(Sight::SilentBacklog) {
        return;
    }
    hears_its_client_out(scene, |server| {
        server.is_crowded();
        server.is_typed("stop");
    });
}

#[test]
fn prints_the_reply() {
    timed!(lesson "10", step 5, of 1000 ms, |mut scene, _| {
        let (mut client, mut peer) = a_client_and_its_server(&mut scene, &["안녕, 서버"]);
        peer.sends_in_pieces(&[b"7\xeb\xb2", b"\x88"]);
        peer.waits_until_it_is_read();
        let before = scene.moment();
        peer.sends("째 손님, 반갑습니다.\n");
        // 서버가 떠나지 않아도, 답을 들은 손님은 떠납니다. / It leaves with the reply, though the server stays.
        client.ends_after(before, Wait::none());
        scene.end();
    });
}

#[test]
fn says_that_there_is_no_server() {
    finds_nobody(scene!(lesson "10", step 5));
}

#[test]
fn takes_the_first_line_for_the_reply() {
    let reply = "  7번째  손님, 반갑습니다. \n광고: 내일도";
    is_sent(reply, &["  안녕,  서버 "], scene!(lesson "10", step 5));
}

/// 보낼 말을 주지 않아도 할 말이 있습니다. / Without a text to send it has one of its own.
#[test]
fn takes_an_empty_line_for_a_reply() {
    is_sent("\n", &[], scene!(lesson "10", step 5));
}

#[test]
fn takes_a_long_reply_whole() {
    let reply = ["반갑습니다. ".repeat(5_000).as_str(), "또 오세요.\n"].concat();
    is_sent(&reply, &[""], scene!(lesson "10", step 5));
}

#[test]
fn does_not_take_half_a_reply() {
    hears_no_reply(scene!(lesson "10", step 5), |peer| {
        peer.sends("7번째 손님, 반");
        peer.leaves();
    });
}

#[test]
fn does_not_take_a_reply_that_broke_off() {
    hears_no_reply(scene!(lesson "10", step 5), |peer| {
        peer.sends("7번째 손님, 반");
        peer.waits_until_it_is_read();
        peer.resets();
    });
}

#[test]
fn does_not_take_what_is_no_text_for_a_reply() {
    hears_no_reply(scene!(lesson "10", step 5), |peer| {
        peer.sends(b"7\xeb\xb2\n");
    });
}

#[test]
fn takes_nothing_at_all_for_no_reply() {
    hears_no_reply(scene!(lesson "10", step 5), Peer::leaves);
}

#[test]
fn rests_while_the_reply_is_on_its_way() {
    let mut scene = scene!(lesson "10", step 5);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (mut client, mut peer) = a_client_and_its_server(&mut scene, &["안녕, 서버"]);
    peer.sends("7번째");
    peer.waits_until_it_is_read();
    client.rests_for_good();
    scene.end_here();
}

#[test]
fn the_next_client_is_served_after_one_was_cut_off() {
    one_is_cut_off_and_the_next_is_slow(scene!(lesson "10", step 5).with_both_programs());
}

/// Ctrl+C는 기다리는 호출을 깨웁니다(EINTR). / Ctrl+C wakes a call that waits (EINTR).
#[test]
fn hears_a_client_out_though_ctrl_c_comes_in_the_middle() {
    let scene = scene!(lesson "10", step 4);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    hears_its_client_out(scene, Program::is_interrupted);
}

#[test]
fn hears_a_client_out_though_it_is_told_to_stop_twice() {
    let scene = scene!(lesson "10", step 4);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    hears_its_client_out(scene, |server| {
        server.is_interrupted();
        server.is_typed("stop");
    });
}
