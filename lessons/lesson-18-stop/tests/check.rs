//! 레슨 18의 시나리오. / The scenarios of lesson 18.

#[path = "../../stop/mod.rs"]
mod stop;

use probe::{Program, Sight, Wait, scene, timed};
use std::time::Duration;
use stop::{
    LINE, MUCH, SECOND, SHORT, a_server, a_server_and_its_client, asked, ends_at_the_second_stop,
    is_asked, is_read_to_the_end, is_stopped, is_typed_a_line, leaves_at_the_goodbye,
    lets_nobody_in, numbers,
};

#[test]
fn begins_to_end_on_enter() {
    let (scene, mut server) = a_server(scene!(step 1));
    is_stopped(&mut server);
    scene.end_here();
}

/// 무엇을 치고 Enter를 치든 한 줄입니다. / Whatever is typed before Enter, it is a line.
#[test]
fn begins_to_end_on_a_line_of_text() {
    let (scene, mut server) = a_server(scene!(step 1));
    server.is_typed("이제 그만");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn begins_to_end_on_a_line_that_is_no_text() {
    let (scene, mut server) = a_server(scene!(step 1));
    server.is_typed(b"\xff");
    server.prints_a_line();
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
    server.is_typed_the_end();
    server.comes_to_rest();
    server.is_terminated();
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_no_other_number_of_seconds() {
    let mut scene = scene!(step 1);
    let _patient = scene.server_with(&["600"]);
    for seconds in ["0", "601", "1.5", "열"] {
        let mut server = scene.program(&["127.0.0.1:0", seconds]);
        server.ends_with_an_error();
        server.complained();
    }
    scene.end_here();
}

#[test]
fn says_why_it_cannot_listen() {
    let mut scene = scene!(step 1);
    let taken = scene.port_in_use("taken");
    let mut server = scene.program(&[&taken.address().to_string()]);
    server.ends_with_an_error();
    server.complained();
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

/// 파일 디스크립터가 없어 받지 못한 손님을, 생기면 받습니다. / Who could not be accepted for want of
/// a file descriptor is, once there is one.
#[test]
fn accepts_again_after_it_has_failed() {
    let scene = scene!(step 2);
    if scene.skipped_without(Sight::NoDescriptorLeft) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.comes_to_rest();
    let client = server.client_without_a_descriptor("client-a");
    is_asked(client, &mut server);
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
    client.sends_in_pieces(&[b"1", b"2\r", b"\n1\n3\n"]);
    client.expects(&[numbers(12), numbers(1), numbers(3)].concat());
    // 가장 큰 수. 끝까지 읽지는 않습니다. / The greatest number; it is not read to its end.
    client.sends("2000000\n");
    client.expects_just(&numbers(9));
    scene.end_here();
}

#[test]
fn asks_for_a_number_where_there_is_none() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(step 4));
    let lines = [
        "",
        "\r",
        "셋",
        "0",
        "-1",
        "1.5",
        "1 2",
        "2000001",
        "4294967297", // 2³² + 1
    ];
    let no_text = [&b"\xff\xfe"[..], b"12\xff"];
    for line in lines.map(str::as_bytes).into_iter().chain(no_text) {
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

/// 기다리던 읽기는 EINTR로 실패합니다. / The read that waits fails with EINTR.
#[test]
fn keeps_its_clients_when_a_signal_wakes_it() {
    let scene = scene!(step 4);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends("1");
    client.waits_until_it_is_read();
    server.is_stopped_for_a_moment();
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
    // 얼마나 조용했든 손님은 그대로입니다. / However long it was silent, a client is as it was.
    client.reads_nothing_for(SECOND);
    client.sends("2\n");
    client.expects(&numbers(12));
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
    client.expects_the_end();
    is_read_to_the_end(client, &mut server);
    scene.end_here();
}

#[test]
fn lets_go_whose_line_is_too_long() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 5));
    client.sends(&format!("{}\r\n", "x".repeat(LINE)));
    client.expects_a_line();
    client.sends(&format!("{}\n", "x".repeat(LINE + 1)));
    client.expects_the_end();
    client.reads_nothing_for(Duration::from_millis(150));
    is_read_to_the_end(client, &mut server);
    scene.end();
}

#[test]
fn waits_for_no_end_of_a_line_that_is_too_long() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(step 5));
    client.sends(&"x".repeat(LINE * 2));
    leaves_at_the_goodbye(client, &mut server);
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

/// 손님이 가는 동안에도 시간은 흐릅니다. / While clients go, the time goes on.
#[test]
fn waits_no_longer_though_one_after_another_goes() {
    timed!(step 6, of 1000 ms, |mut scene, _| {
        let mut server = scene.server_with(&[SHORT]);
        let mut stays = asked(&mut server, "client-a");
        let names = ('b'..='i').map(|letter| format!("client-{letter}"));
        let mut leaving: Vec<_> = names.map(|name| asked(&mut server, &name)).collect();
        let stopped = server.is_typed("");
        server.prints_a_line_after(stopped, Wait::between(Duration::ZERO, SECOND / 2));
        stays.expects_the_end();
        for goes in &mut leaving {
            goes.expects_the_end();
        }
        for goes in &mut leaving {
            goes.reads_nothing_for(SECOND / 20);
            goes.leaves();
        }
        for _ in leaving.iter().skip(1) {
            server.prints_a_line();
        }
        server.prints_a_line_after(stopped, Wait::between(Duration::ZERO, SECOND * 3 / 4));
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
        // 다른 손님은 기다리지 않습니다. / Another client does not wait for it.
        let mut other = asked(&mut server, "client-b");
        other.sends("2\n");
        other.expects(&numbers(2));
        other.leaves();
        server.prints_a_line();
        let stopped = server.is_typed("");
        server.prints_a_line_after(stopped, Wait::between(Duration::ZERO, SECOND / 2));
        server.prints_a_line_after(stopped, Wait::of(SECOND));
        server.ends();
        scene.end_here();
    });
}

#[test]
fn ends_at_once_on_a_second_enter() {
    ends_at_the_second_stop(scene!(step 6), [is_typed_a_line; 2]);
}

#[test]
fn ends_at_once_on_a_second_ctrl_c() {
    let scene = scene!(step 6);
    if scene.skipped_without(Sight::Interrupt) {
        return;
    }
    ends_at_the_second_stop(scene, [Program::is_interrupted; 2]);
}

#[test]
fn ends_at_once_whichever_way_the_second_stop_comes() {
    let scene = scene!(step 6);
    if scene.skipped_without(Sight::Terminate) {
        return;
    }
    ends_at_the_second_stop(scene, [is_typed_a_line, Program::is_terminated]);
}
