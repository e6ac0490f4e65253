//! 레슨 03의 시나리오. / The scenarios of lesson 03.

use probe::{Sight, scene};

/// 시작 코드의 DEFAULT_BACKLOG. / The starter's DEFAULT_BACKLOG.
const DEFAULT_BACKLOG: usize = 128;

#[test]
fn refuses_before_listen_and_connects_after_it() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.client_tries("too-early");
    server.is_typed("");
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
    program.complained_about("12명");
    scene.end();
}

#[test]
fn rejects_a_backlog_that_is_no_number() {
    let mut scene = scene!(step 2);
    let mut program = scene.program(&["127.0.0.1:0", "많이"]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complained_about("많이");
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
