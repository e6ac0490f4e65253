//! 레슨 21의 시나리오. / The scenarios of lesson 21.

#[path = "../../commands/mod.rs"]
mod commands;
#[path = "../../http/mod.rs"]
mod http;

use commands::{LENGTH, a_client, breaks_off_after, commands, hidden, refused, refuses_each};
use http::{asks, asks_status, get, get_with, hears, hears_status, is_refused, post, request};
use probe::{Sight, scene};

#[test]
fn answers_every_request_of_a_connection() {
    let (scene, mut server, mut client) = a_client(scene!(step 1));
    asks(&mut client, &get("/"), &LENGTH);
    asks(&mut client, &get("/"), &LENGTH);
    server.is_typed("그만");
    server.ends();
    scene.end();
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

/// 파일 디스크립터가 없어 받지 못한 손님을, 생기면 받습니다. / Who could not be accepted for want of
/// a file descriptor is, once there is one.
#[test]
fn accepts_again_after_it_has_failed() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::NoDescriptorLeft) {
        return;
    }
    let mut server = scene.server();
    server.comes_to_rest();
    let mut client = server.client_without_a_descriptor("client-a");
    asks(&mut client, &get("/"), &LENGTH);
    scene.end_here();
}

#[test]
fn reads_a_head_byte_by_byte() {
    let (scene, _server, mut client) = a_client(scene!(step 1));
    let head = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let (first, rest) = head.split_at(14);
    let mut pieces = vec![first];
    pieces.extend(rest.chunks(1));
    client.sends_in_pieces(&pieces);
    hears(&mut client, "GET", &LENGTH);
    scene.end();
}

#[test]
fn keeps_the_beginning_of_the_next_request() {
    commands::keeps_the_beginning_of_the_next_request(scene!(step 1));
}

#[test]
fn answers_all_that_came_before_the_end() {
    let (scene, _server, mut client) = a_client(scene!(step 1));
    client.sends(&get("/").repeat(2));
    client.half_closes();
    hears(&mut client, "GET", &LENGTH);
    hears(&mut client, "GET", &LENGTH);
    client.expects_the_end();
    client.leaves();
    scene.end();
}

#[test]
fn skips_empty_lines_and_takes_bare_line_feeds() {
    let (scene, _server, mut client) = a_client(scene!(step 1));
    let heads = [
        "\r\n\nGET / HTTP/1.1\nHost: a\n\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\nHost: a\r\n\n",
    ];
    client.sends(&heads.concat());
    for _ in heads {
        hears(&mut client, "GET", &LENGTH);
    }
    scene.end();
}

#[test]
fn refuses_a_head_that_is_too_long() {
    commands::refuses_a_head_that_is_too_long(scene!(step 1));
}

#[test]
fn serves_others_while_one_is_silent() {
    let (scene, mut server, mut silent) = a_client(scene!(step 1));
    server.is_typed_the_end();
    server.comes_to_rest();
    silent.sends("GET / HT");
    silent.waits_until_it_is_read();
    let mut other = server.client("client-b");
    asks(&mut other, &get("/"), &LENGTH);
    silent.sends("TP/1.1\r\nHost: a\r\n\r\n");
    hears(&mut silent, "GET", &LENGTH);
    scene.end();
}

#[test]
fn answers_no_half_head() {
    let half = "GET / HTTP/1.1\r\nHost: a\r\n";
    breaks_off_after(scene!(step 1), half, &get("/"));
}

#[test]
fn knows_its_two_paths_and_no_other() {
    let (scene, _server, mut client) = a_client(scene!(step 2));
    asks(&mut client, &get("/"), &LENGTH);
    asks(&mut client, &get("/commands"), &LENGTH);
    for path in ["/x", "/commands/", "/..", "/%2e%2e/", "/%00", "/Commands"] {
        asks_status(&mut client, &get(path), &[]);
    }
    scene.end();
}

#[test]
fn takes_the_path_out_of_its_target() {
    let (scene, _server, mut client) = a_client(scene!(step 2));
    for target in [
        "/?now",
        "/commands?all=/x",
        "http://localhost/",
        "http://localhost:80/commands?x",
        "http://localhost",
        "http://localhost?/commands",
        "/commands?",
    ] {
        asks(&mut client, &get(target), &LENGTH);
    }
    asks_status(&mut client, &get("/x?http://localhost/commands"), &[]);
    scene.end();
}

#[test]
fn refuses_what_is_no_request_line() {
    // 뒤에 온 바른 요청에도 답하지 않습니다. / Nor is a right request behind it answered.
    let behind = get("/");
    let requests =
        refused::REQUEST_LINES.map(|line| format!("{line}\r\nHost: localhost\r\n\r\n{behind}"));
    let right = get("/").replace("1.1", "1.9");
    refuses_each(scene!(step 2), &requests, &right);
}

#[test]
fn needs_just_one_host() {
    let requests =
        refused::HOSTS.map(|version_and_hosts| format!("GET / HTTP/{version_and_hosts}\r\n"));
    let right = "GET / HTTP/1.1\r\nhOsT:[::1]:80\r\n\r\n";
    refuses_each(scene!(step 3), &requests, right);
}

#[test]
fn refuses_a_line_that_is_no_field() {
    let requests = refused::FIELDS.map(|line| get_with("/", &[line]));
    let right = get_with("/", &["X:", "!#$%&'*+-.^_`|~09aZ: x : x"]);
    refuses_each(scene!(step 3), &requests, &right);
}

#[test]
fn refuses_control_characters_in_a_head() {
    let lines = ["X: a\rb", "X: a\0b", "X: a\u{1b}[2J", "X\u{7f}: a"];
    let requests = lines.map(|line| get_with("/", &[line]));
    let right = get_with("/", &["X:\ta\tb "]);
    refuses_each(scene!(step 3), &requests, &right);
}

#[test]
fn refuses_a_length_that_is_no_number() {
    let requests = refused::LENGTHS.map(|length| {
        let length = format!("Content-Length: {length}");
        request("POST", "/commands", &[&length], "")
    });
    refuses_each(scene!(step 4), &requests, &get("/"));
}

#[test]
fn refuses_a_request_with_two_lengths() {
    let all = hidden().len();
    let requests = [(0, all), (all, 0), (6, 6)].map(|(first, second)| {
        let first = format!("Content-Length: {first}");
        let second = format!("content-length: {second}");
        request("POST", "/", &[&first, &second], &hidden())
    });
    refuses_each(scene!(step 4), &requests, &get("/commands"));
}

#[test]
fn refuses_what_it_cannot_find_the_end_of() {
    commands::refuses_what_it_cannot_find_the_end_of(scene!(step 4));
}

#[test]
fn refuses_a_long_body_before_it_comes() {
    let fields = [
        &["Content-Length: 1025"][..],
        &["content-LENGTH:\t2000 "],
        &["Content-Length: 2000", "Expect: 100-continue"],
        &["Content-Length: 4294967297"],
        &["Content-Length: 18446744073709551615"],
    ];
    let requests = fields.map(|fields| request("POST", "/commands", fields, ""));
    refuses_each(scene!(step 4), &requests, &get("/"));
}

#[test]
fn is_heard_by_who_sends_too_long_a_body() {
    let (scene, _server, client) = a_client(scene!(step 4));
    is_refused(client, &post("/commands", &"x".repeat(1_000_000)));
    scene.end();
}

#[test]
fn accepts_commands_and_tells_them() {
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    for command in ["왼쪽", " 앞으로  둘 \r\n", "x\n"] {
        commands(&mut client, &mut server, &post("/commands", command));
    }
    asks(&mut client, &get("/commands"), &LENGTH);
    scene.end();
}

#[test]
fn keeps_the_last_hundred() {
    commands::keeps_the_last_hundred(scene!(step 5));
}

#[test]
fn serves_others_while_a_body_is_awaited() {
    commands::serves_others_while_a_body_is_awaited(scene!(step 5));
}

#[test]
fn reads_a_body_in_pieces() {
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    let request = post("/commands", "오른쪽");
    let (head, body) = request.as_bytes().split_at(request.len() - 9);
    // 본문의 끝과 다음 요청이 한 조각으로 옵니다. / The end of the body and the next request come in one piece.
    let last = [&body[5..], get("/commands").as_bytes()].concat();
    client.sends_in_pieces(&[head, &body[..1], &body[1..5], &last]);
    server.prints_a_line();
    hears(&mut client, "POST", &LENGTH);
    hears(&mut client, "GET", &LENGTH);
    scene.end();
}

#[test]
fn takes_a_body_for_no_request_and_a_request_for_no_body() {
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    let body = hidden();
    let all = [
        &post("/x", &body),
        &post("/commands", "위"),
        &get("/commands"),
    ];
    client.sends(&all.map(String::as_str).concat());
    hears_status(&mut client, "POST", &[]);
    server.prints_a_line();
    hears(&mut client, "POST", &LENGTH);
    hears(&mut client, "GET", &LENGTH);
    scene.end();
}

#[test]
fn reads_the_body_of_what_it_does_not_do() {
    let (scene, _server, mut client) = a_client(scene!(step 5));
    asks_status(&mut client, &post("/x", "위"), &[]);
    let length = ["Content-Length: 003"];
    let put = request("PUT", "/commands", &length, "위");
    asks_status(&mut client, &put, &[]);
    asks(&mut client, &request("GET", "/", &length, "위"), &LENGTH);
    asks(&mut client, &get("/commands"), &LENGTH);
    scene.end();
}

#[test]
fn tells_who_asks_to_send_the_body() {
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    let fields = ["Content-Length: 6", "Expect: 100-Continue"];
    client.sends(&request("POST", "/commands", &fields, ""));
    hears(&mut client, "POST", &[]);
    client.sends_in_pieces(&["왼".as_bytes(), b"\xec", b"\xaa\xbd"]);
    server.prints_a_line();
    hears(&mut client, "POST", &LENGTH);
    asks(&mut client, &get("/commands"), &LENGTH);
    let other = server.client("client-b");
    is_refused(
        other,
        &request("POST", "/commands", &["Content-Length: 6", "Expect: x"], ""),
    );
    scene.end();
}

#[test]
fn carries_out_no_half_command() {
    let half = request("POST", "/commands", &["Content-Length: 9"], "오른");
    breaks_off_after(scene!(step 5), &half, &get("/commands"));
}

#[test]
fn goes_on_after_what_is_no_command() {
    commands::goes_on_after_what_is_no_command(scene!(step 5));
}

#[test]
fn answers_head_without_a_body() {
    let (scene, mut server, mut client) = a_client(scene!(step 6));
    let fields = ["Content-Length", "Content-Type"];
    asks(&mut client, &get("/commands"), &fields);
    commands(&mut client, &mut server, &post("/commands", "아래"));
    for path in ["/commands", "/"] {
        for method in ["HEAD", "GET"] {
            asks(&mut client, &request(method, path, &[], ""), &fields);
        }
    }
    asks_status(&mut client, &request("HEAD", "/x", &[], ""), &[]);
    asks(&mut client, &get("/"), &LENGTH);
    scene.end();
}

#[test]
fn says_which_methods_are_allowed() {
    let (scene, _server, mut client) = a_client(scene!(step 6));
    for method in ["POST", "DELETE", "get"] {
        asks_status(&mut client, &request(method, "/", &[], ""), &["Allow"]);
    }
    let put = request("PUT", "/commands", &["Content-Length: 1"], "x");
    asks_status(&mut client, &put, &["Allow"]);
    asks(&mut client, &get("/"), &LENGTH);
    scene.end();
}

#[test]
fn closes_when_it_is_asked_to() {
    commands::closes_when_it_is_asked_to(scene!(step 6));
}

#[test]
fn closes_after_an_answer_to_http_1_0() {
    commands::closes_after_an_answer_to_http_1_0(scene!(step 6));
}

#[test]
fn tells_http_1_0_no_100() {
    commands::tells_http_1_0_no_100(scene!(step 6));
}
