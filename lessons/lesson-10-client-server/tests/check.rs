//! 레슨 10의 시나리오. / The scenarios of lesson 10.

use probe::{Peer, Program, Scene, Side, Sight, Wait, scene, timed};
use std::time::Duration;

/// 좋은 손님: 한마디 하고, 답을 끝까지 듣고, 떠납니다. / A good client: its line, the reply to the end, goodbye.
fn is_served(name: &str, server: &mut Program) {
    let mut client = server.client(name);
    client.sends("안녕하세요\n");
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

/// 클라이언트가 연결해 와서 한 줄을 보냈습니다. / The client has connected, and sent its line.
fn a_client_and_its_server(scene: &mut Scene) -> (Program, Peer) {
    let mut server = scene.listener("server-a");
    let client = scene.client(&[&server.address().to_string(), "안녕, 서버"]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    (client, peer)
}

/// 줄이 다 오면 바로 답합니다. / A line is answered when it is there.
#[test]
fn answers_each_client_with_its_number() {
    timed!(lesson "10", step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        for name in ["client-a", "client-b"] {
            let mut client = server.client(name);
            client.waits_until_it_is_read();
            client.hears_nothing();
            let before = scene.moment();
            client.sends("안녕하세요\n");
            client.expects_the_end_after(before, Wait::none());
            client.waits_until_it_is_read();
            let before = scene.moment();
            client.leaves();
            server.prints_a_line_after(before, Wait::none());
        }
        scene.end();
    });
}

#[test]
fn answers_a_line_in_pieces_and_a_line_without_its_newline() {
    let mut scene = scene!(lesson "10", step 1);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    let (first, second) = "안녕하세요\n".as_bytes().split_at(4);
    client.sends_in_pieces(&[first, second]);
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
fn does_not_lose_the_reply_of_a_client_that_says_more() {
    let mut scene = scene!(lesson "10", step 1);
    let mut server = scene.server_with(&["60000"]); // 한 바이트씩 읽어도 넉넉합니다. / Enough to read it byte by byte.
    let mut client = server.client("client-a");
    client.sends("안녕하세요\n");
    client.waits_until_it_is_read();
    client.sends(&"x".repeat(256 * 1024));
    client.expects_the_end();
    client.waits_until_it_is_read();
    client.sends("안녕히 계세요\n");
    client.waits_until_it_is_read();
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    scene.end();
}

/// 첫 손님이 무엇을 하든, 다음 손님이 있습니다. / Whatever the first client does, there is a next one.
fn outlives(mut scene: Scene, what: impl FnOnce(&mut Peer)) {
    let mut server = scene.server();
    let mut client = server.client("client-a");
    what(&mut client);
    server.prints_a_line();
    is_served("client-b", &mut server);
    scene.end();
}

#[test]
fn outlives_rubbish() {
    outlives(scene!(lesson "10", step 2), |client| {
        client.sends_in_pieces(&[b"\xff\xfe\xec\n"]);
        client.expects_the_end();
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

/// 손님의 줄을 반만 들었고, 시간은 넉넉합니다. / Half of the client's line is heard, with time to spare.
fn in_the_middle_of_a_message(scene: &mut Scene) -> (Program, Peer) {
    let mut server = scene.server_with(&["60000"]);
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.waits_until_it_is_read();
    (server, client)
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
    let (mut server, _client) = in_the_middle_of_a_message(&mut scene);
    server.rests();
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
    server.is_typed("쉬어도 돼");
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
    let mut server = scene.server_on("127.0.0.2");
    is_served("client-a", &mut server);
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
    is_served("client-a", &mut server);
    server.is_interrupted();
    server.ends();
    scene.end();
}

/// 도중에 끝내라고 해도, 손님은 말을 마치고 답을 듣습니다. / Told to stop, it hears its client out first.
fn hears_its_client_out(mut scene: Scene, is_told: impl FnOnce(&mut Program)) {
    let (mut server, mut client) = in_the_middle_of_a_message(&mut scene);
    is_told(&mut server);
    server.comes_to_rest();
    client.sends("하세요\n");
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

#[test]
fn finishes_with_the_client_it_is_serving_before_it_stops() {
    hears_its_client_out(scene!(lesson "10", step 4), |server| {
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
        let (mut client, mut peer) = a_client_and_its_server(&mut scene);
        peer.sends_in_pieces(&[b"7\xeb\xb2", b"\x88"]);
        peer.waits_until_it_is_read();
        let before = scene.moment();
        peer.sends("째 손님, 반갑습니다.\n");
        // 서버가 떠나지 않아도, 답을 들은 손님은 떠납니다. / It leaves with the reply, though the server stays.
        client.ends_after(before, Wait::none());
        scene.end();
    });
}

fn is_sent(reply: &str, mut scene: Scene) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    peer.sends(reply);
    client.ends();
    scene.end();
}

#[test]
fn takes_the_first_line_for_the_reply() {
    let reply = "  7번째  손님, 반갑습니다. \n광고: 내일도";
    is_sent(reply, scene!(lesson "10", step 5));
}

#[test]
fn takes_an_empty_line_for_a_reply() {
    is_sent("\n", scene!(lesson "10", step 5));
}

#[test]
fn takes_a_long_reply_whole() {
    let reply = ["반갑습니다. ".repeat(500).as_str(), "또 오세요.\n"].concat();
    is_sent(&reply, scene!(lesson "10", step 5));
}

fn hears_no_reply(mut scene: Scene, tells: impl FnOnce(&mut Peer)) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    tells(&mut peer);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

#[test]
fn does_not_take_half_a_reply() {
    hears_no_reply(scene!(lesson "10", step 5), |peer| {
        peer.sends("7번째 손님, 반");
        peer.leaves();
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
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    peer.sends("7번째");
    peer.waits_until_it_is_read();
    client.rests();
    scene.end_here();
}

#[test]
fn the_next_client_is_served_after_one_was_cut_off() {
    let mut scene = scene!(lesson "10", step 5).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let address = middle.address().to_string();
    let mut unlucky = scene.client(&[&address, "저는 운이 없어요"]);
    middle.joins(&unlucky);
    middle.takes_a_line_from(Side::Client);
    middle.cuts();
    server.prints_a_line();
    unlucky.ends_with_an_error();
    unlucky.complained();
    let mut lucky = scene.client(&[&address, "저는 느려요"]);
    middle.joins(&lucky);
    middle.takes_a_line_from(Side::Client);
    middle.passes_on_in_pieces_to(Side::Server, &[1, 10]);
    middle.takes_the_end_from(Side::Server);
    middle.passes_on_in_pieces_to(Side::Client, &[2]);
    lucky.ends();
    middle.carries_the_end_to(Side::Server);
    server.prints_a_line();
    server.is_typed("stop");
    server.ends();
    scene.end();
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
