//! 레슨 18의 시나리오. / The scenarios of lesson 18.

use probe::{Peer, Program, Scene, Sight, Wait, scene, timed};
use std::time::Duration;

/// 마지막에 이만큼 기다리는 서버를 검사는 기다리지 않습니다(초). / Longer than the check waits, in seconds.
const PATIENT: &str = "60";
/// 기다림이 주제인 시나리오의 초. / The seconds where the wait is what it is about.
const SHORT: &str = "1";
const SECOND: Duration = Duration::from_secs(1);

/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;

/// 이 수까지 세면 커널의 버퍼에 다 들어가지 않습니다. / Counting up to it is more than the kernel's buffers take.
const MUCH: u32 = 1_000_000;

fn a_server(mut scene: Scene) -> (Scene, Program) {
    let server = scene.server_with(&[PATIENT]);
    (scene, server)
}

/// 첫 줄을 들은 손님. / A client that has been asked.
fn asked(server: &mut Program, name: &str) -> Peer {
    let mut client = server.client(name);
    client.expects("몇까지 셀까요?\n");
    server.prints_a_line();
    client
}

fn a_server_and_its_client(scene: Scene) -> (Scene, Program, Peer) {
    let (scene, mut server) = a_server(scene);
    let client = asked(&mut server, "client-a");
    (scene, server, client)
}

fn numbers(most: u32) -> String {
    (1..=most).map(|number| format!("{number}\n")).collect()
}

/// Enter를 치면 서버가 끝내기 시작합니다. / Enter makes the server begin to end.
fn is_stopped(server: &mut Program) {
    server.is_typed("");
    server.prints_a_line();
}

/// 손님이 끝인사를 듣고 떠납니다. / A client hears the goodbye, and leaves.
fn leaves_at_the_goodbye(mut client: Peer, server: &mut Program) {
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

#[test]
fn begins_to_end_on_enter() {
    let (scene, mut server) = a_server(scene!(step 1));
    is_stopped(&mut server);
    scene.end_here();
}

#[test]
fn begins_to_end_on_ctrl_c() {
    let scene = scene!(step 1);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.is_interrupted();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn begins_to_end_on_sigterm() {
    let scene = scene!(step 1);
    if scene.skipped_without(Sight::Terminate) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.is_terminated();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_no_other_number_of_seconds() {
    let mut scene = scene!(step 1);
    for seconds in ["0", "601", "열"] {
        let mut server = scene.program(&["127.0.0.1:0", seconds]);
        server.ends_with_an_error();
        server.complained();
    }
    scene.end();
}

#[test]
fn counts_those_who_come_and_go() {
    let (scene, mut server) = a_server(scene!(step 2));
    let mut silent = asked(&mut server, "client-a");
    let mut rude = asked(&mut server, "client-b");
    let mut polite = asked(&mut server, "client-c");
    rude.resets();
    server.prints_a_line();
    polite.half_closes();
    leaves_at_the_goodbye(polite, &mut server);
    asked(&mut server, "client-d");
    silent.leaves();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn goes_on_when_nobody_can_type_any_more() {
    let (scene, mut server) = a_server(scene!(step 2));
    server.is_typed_the_end();
    server.comes_to_rest();
    asked(&mut server, "client-a");
    scene.end_here();
}

/// 끝내기 시작한 서버에는 아무도 들어가지 못합니다. / Into a server that has begun to end nobody gets.
fn lets_nobody_in(scene: Scene, mut server: Program) {
    let _client = asked(&mut server, "client-a");
    is_stopped(&mut server);
    server.client_tries("client-b");
    scene.end_here();
}

#[test]
fn lets_nobody_in_any_more() {
    let (scene, server) = a_server(scene!(step 3));
    lets_nobody_in(scene, server);
}

#[test]
fn lets_nobody_in_any_more_wherever_it_listens() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    let server = scene.server_on("127.0.0.2");
    lets_nobody_in(scene, server);
}

#[test]
fn counts_and_counts_again() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(step 4));
    client.sends_in_pieces(&[b"1", b"2\r", b"\n"]);
    client.expects(&numbers(12));
    client.sends("1\n3\n");
    client.expects(&[numbers(1), numbers(3)].concat());
    scene.end();
}

#[test]
fn asks_for_a_number_where_there_is_none() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(step 4));
    let lines = ["", "\r", "셋", "0", "-1", "1.5", "1 2", "2000001"];
    for line in lines
        .map(str::as_bytes)
        .into_iter()
        .chain([&b"\xff\xfe"[..]])
    {
        client.sends(&[line, b"\n"].concat());
        client.expects_a_line();
    }
    client.sends("2\n");
    client.expects(&numbers(2));
    scene.end();
}

#[test]
fn waits_for_the_rest_of_a_line() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(step 4));
    client.sends("1");
    client.waits_until_it_is_read();
    client.reads_nothing_for(Duration::from_millis(150));
    client.sends("2\n");
    client.expects(&numbers(12));
    scene.end();
}

#[test]
fn answers_a_last_line_without_its_newline() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 4));
    client.sends("2\n3");
    client.half_closes();
    leaves_at_the_goodbye(client, &mut server);
    scene.end();
}

#[test]
fn rests_while_its_clients_are_silent() {
    let scene = scene!(step 4);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    let _other = asked(&mut server, "client-b");
    client.sends("1");
    client.waits_until_it_is_read();
    server.rests();
    scene.end_here();
}

#[test]
fn finishes_its_reply_and_begins_no_other() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 5));
    client.sends(&format!("{MUCH}\n3\n"));
    client.expects_just(&numbers(9));
    is_stopped(&mut server);
    client.expects_just(&numbers(MUCH)[numbers(9).len()..]);
    leaves_at_the_goodbye(client, &mut server);
    scene.end_here();
}

#[test]
fn answers_no_half_request_when_it_ends() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 5));
    client.sends("1");
    client.waits_until_it_is_read();
    is_stopped(&mut server);
    leaves_at_the_goodbye(client, &mut server);
    scene.end_here();
}

/// 헤어진 다음에 온 것도 읽습니다. 읽지 않으면 RST입니다. / What still comes is read: else there is RST.
#[test]
fn lets_go_whose_line_is_too_long() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 5));
    client.sends(&format!("{}\r\n", "x".repeat(LINE)));
    client.expects_a_line();
    client.sends(&format!("{}\n", "x".repeat(LINE + 1)));
    client.expects_the_end();
    client.reads_nothing_for(Duration::from_millis(150));
    for _ in 0..2 {
        client.sends("2\n");
        client.waits_until_it_is_read();
    }
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    scene.end();
}

#[test]
fn ends_at_once_where_nobody_is_there() {
    let (scene, mut server) = a_server(scene!(step 6));
    // 이제 손님을 기다립니다. / Now it waits for clients.
    server.comes_to_rest();
    is_stopped(&mut server);
    server.prints_a_line();
    server.ends();
    scene.end();
}

#[test]
fn ends_when_all_have_gone() {
    let (scene, mut server, mut first) = a_server_and_its_client(scene!(step 6));
    let second = asked(&mut server, "client-b");
    first.sends("2\n");
    first.expects(&numbers(2));
    is_stopped(&mut server);
    leaves_at_the_goodbye(second, &mut server);
    leaves_at_the_goodbye(first, &mut server);
    server.prints_a_line();
    server.ends();
    scene.end();
}

/// 손님이 하나 가도 기다리는 시간은 늘지 않습니다. / When a client goes, the time for the rest grows no longer.
#[test]
fn waits_no_longer_than_it_was_told_to() {
    timed!(step 6, of 1000 ms, |mut scene, _| {
        let mut server = scene.server_with(&[SHORT]);
        let mut stays = asked(&mut server, "client-a");
        let mut goes = asked(&mut server, "client-b");
        let stopped = server.is_typed("");
        server.prints_a_line_after(stopped, Wait::between(Duration::ZERO, SECOND / 2));
        stays.expects_the_end();
        goes.expects_the_end();
        goes.reads_nothing_for(SECOND / 2);
        goes.leaves();
        server.prints_a_line();
        server.prints_a_line_after(stopped, Wait::of(SECOND));
        server.ends();
        scene.end();
    });
}

#[test]
fn waits_no_longer_for_a_client_that_does_not_read() {
    timed!(step 6, of 1000 ms, |mut scene, _| {
        if scene.skipped_without(Sight::Rest) {
            return;
        }
        let mut server = scene.server_with(&[SHORT]);
        let mut client = asked(&mut server, "client-a");
        client.sends(&format!("{MUCH}\n"));
        client.expects_just(&numbers(9));
        server.rests_before(&client);
        let stopped = server.is_typed("");
        server.prints_a_line_after(stopped, Wait::between(Duration::ZERO, SECOND / 2));
        server.prints_a_line_after(stopped, Wait::of(SECOND));
        server.ends();
        scene.end_here();
    });
}

/// 두 번째에는 남은 손님을 기다리지 않습니다. / At the second stop nobody is waited for.
fn ends_at_the_second_stop(scene: Scene, is_told: fn(&mut Program)) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    is_told(&mut server);
    server.prints_a_line();
    client.expects_the_end();
    is_told(&mut server);
    server.prints_a_line();
    server.ends();
    scene.end();
}

#[test]
fn ends_at_once_on_a_second_enter() {
    // 무엇을 치고 Enter를 치든 한 줄입니다. / Whatever is typed before Enter, it is a line.
    ends_at_the_second_stop(scene!(step 6), |server| {
        server.is_typed("그만");
    });
}

#[test]
fn ends_at_once_on_a_second_ctrl_c() {
    let scene = scene!(step 6);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    ends_at_the_second_stop(scene, Program::is_interrupted);
}
