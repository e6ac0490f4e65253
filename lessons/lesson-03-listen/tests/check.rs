//! 레슨 03의 시나리오. / The scenarios of lesson 03.

use probe::{Program, Scene, Sight, Wait, scene, timed};

/// 시작 코드의 DEFAULT_BACKLOG. / The starter's DEFAULT_BACKLOG.
const DEFAULT_BACKLOG: usize = 128;

#[test]
fn refuses_before_listen_and_connects_after_it() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.client_tries("too-early");
    // Enter 앞에 무엇을 쳤든 Enter는 하나입니다. / Whatever was typed before it, Enter is one Enter.
    server.is_typed("listen");
    server.prints_a_line();
    let mut client = server.client("client-a");
    // 아무도 accept하지 않아도 운영체제가 받아 둡니다. / Nobody accepts; the system keeps it.
    client.sends("안녕\n");
    scene.end();
}

#[test]
fn admits_as_many_as_the_backlog_says() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::ExactBacklog) {
        return;
    }
    let mut server = scene.server_with(&["2"]);
    server.is_typed("");
    server.prints_a_line();
    for name in ["client-a", "client-b", "client-c", "client-d"] {
        server.client_tries(name);
    }
    scene.end();
}

#[test]
fn admits_the_usual_number_without_an_argument() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::LongBacklog) {
        return;
    }
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    // Linux는 백로그보다 하나 더 받아 둡니다. / Linux admits one more than the backlog.
    server.is_joined_by(DEFAULT_BACKLOG + 1);
    server.client_tries("one-too-many");
    scene.end();
}

#[test]
fn admits_more_than_the_usual_number_if_asked_to() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::LongBacklog) {
        return;
    }
    let backlog = DEFAULT_BACKLOG + 32;
    let mut server = scene.server_with(&[&backlog.to_string()]);
    server.is_typed("");
    server.prints_a_line();
    server.is_joined_by(backlog + 1);
    server.client_tries("one-too-many");
    scene.end();
}

#[test]
fn admits_one_with_a_backlog_of_0() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::ExactBacklog) {
        return;
    }
    let mut server = scene.server_with(&["0"]);
    server.is_typed("");
    server.prints_a_line();
    for name in ["client-a", "client-b"] {
        server.client_tries(name);
    }
    scene.end();
}

#[test]
fn takes_a_long_backlog() {
    let mut scene = scene!(step 2);
    // 운영체제가 줄이더라도 숫자는 숫자입니다. / It is a number, though the system cuts it.
    let mut server = scene.server_with(&["100000"]);
    server.is_typed("");
    server.prints_a_line();
    scene.end();
}

#[test]
fn rejects_a_number_with_something_behind_it() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&["127.0.0.1:0", "12명"]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complains_about("12명");
    scene.end();
}

#[test]
fn rejects_a_backlog_that_is_no_number() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&["127.0.0.1:0", "많이"]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complains_about("많이");
    scene.end();
}

#[test]
fn rejects_a_number_that_is_not_whole() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&["127.0.0.1:0", "2.9"]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complains_about("2.9");
    scene.end();
}

#[test]
fn closing_the_listener_resets_those_who_wait() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    let mut client = server.client("client-a");
    server.is_typed("");
    server.prints_a_line();
    client.expects_the_end();
    server.client_tries("too-late");
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn leaves_those_who_wait_in_the_queue() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    let mut client = server.client("client-a");
    client.hears_nothing();
    scene.end_here();
}

#[test]
fn rejects_an_empty_number() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&["127.0.0.1:0", ""]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    scene.end();
}

#[test]
fn takes_each_enter_that_was_typed_in_advance() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    // Enter 세 번이 한꺼번에 옵니다. / All three come in one piece.
    server.is_typed("\n\n");
    server.prints_a_line();
    server.prints_a_line();
    server.ends();
    scene.end();
}

#[test]
fn is_closed_when_it_says_so() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    server.is_typed("");
    server.prints_a_line();
    server.client_tries("too-late");
    scene.end_here();
}

/// 듣기 전에는 거부되고, 들으면 연결되고, 닫으면 끊어집니다.
/// Refused before it listens, connected while it does, broken off when it closes.
fn listens_and_closes(scene: Scene, mut server: Program) {
    server.client_tries("too-early");
    server.is_typed("");
    server.prints_a_line();
    let mut client = server.client("client-a");
    server.is_typed("");
    server.prints_a_line();
    client.expects_the_end();
    scene.end_here();
}

#[test]
fn listens_on_another_host() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    let mut server = scene.program(&["127.0.0.2:0"]);
    server.tells_its_address("server");
    listens_and_closes(scene, server);
}

#[test]
fn listens_over_ipv6() {
    let mut scene = scene!(step 3);
    if let Some(server) = scene.server_over_ipv6() {
        listens_and_closes(scene, server);
    }
}

#[test]
fn does_not_say_that_it_listens_where_another_copy_does() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::SharedBind) {
        return;
    }
    let mut first = scene.server();
    let mut second = scene.second_copy_of(&first);
    second.prints_a_line();
    first.is_typed("");
    first.prints_a_line();
    // 한 주소에 둘이 바인드될 수는 있어도, 듣는 것은 하나입니다.
    // Two may be bound to one address, but only one of them can listen.
    second.is_typed_the_end();
    second.ends_with_an_error();
    second.complained();
    first.client("client-a");
    scene.end_here();
}

#[test]
fn fails_where_it_cannot_bind() {
    let mut scene = scene!(step 1);
    let taken = scene.port_in_use("taken");
    let mut program = scene.program(&[&taken.address().to_string()]);
    program.ends_with_an_error();
    program.complained();
    scene.program(&["127.0.0.1"]).fails();
    scene.end();
}

#[test]
fn holds_no_socket_when_it_says_closed() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut server = scene.server();
    server.is_typed("");
    server.prints_a_line();
    server.is_typed("");
    server.prints_a_line();
    server.comes_to_hold(&[]);
    // 셋째 Enter는 아직 오지 않았습니다. / The third Enter has not come yet.
    server.goes_on();
    scene.end_here();
}

#[test]
fn takes_the_end_of_its_input_for_every_enter() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    server.is_typed_the_end();
    server.prints_a_line();
    server.prints_a_line();
    server.ends();
    scene.end();
}

#[test]
fn listens_at_once() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let typed = server.is_typed("");
        server.prints_a_line_after(typed, Wait::none());
        scene.end_here();
    });
}

#[test]
fn closes_at_once() {
    timed!(step 3, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        server.is_typed("");
        server.prints_a_line();
        let mut client = server.client("client-a");
        let typed = server.is_typed("");
        server.prints_a_line_after(typed, Wait::none());
        client.expects_the_end_after(typed, Wait::none());
        let typed = server.is_typed("");
        server.ends_after(typed, Wait::none());
        scene.end();
    });
}
