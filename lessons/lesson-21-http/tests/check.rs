//! 레슨 21의 시나리오. / The scenarios of lesson 21.

#[path = "../../http/mod.rs"]
mod http;

use http::{
    asks, asks_status, get, get_with, hears, hears_last, hears_status, is_refused, post, refuses,
    request,
};
use probe::{Peer, Program, Scene, scene};

/// 헤드는 빈 줄까지 이보다 길 수 없습니다(바이트). / A head may not be longer, in bytes, its empty line included.
const HEAD: usize = 8192;
const LENGTH: [&str; 1] = ["Content-Length"];

fn a_client(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.server();
    let client = server.client("client-a");
    (scene, server, client)
}

/// 요청마다 거부하고, 그래도 바른 요청에는 답합니다. / Each of the requests is refused; a right one is answered all the same.
fn refuses_each<S: AsRef<str>>(mut scene: Scene, requests: &[S], right: &str) {
    let mut server = scene.server();
    refuses(&mut server, requests);
    asks(&mut server.client("client-z"), right, &LENGTH);
    scene.end();
}

/// 한 손님은 반쪽을 보내고 끝내고 한 손님은 끊습니다. 다음 손님은 답을 듣습니다.
/// One client ends after half a request, and one resets; the next is answered.
fn breaks_off_after(scene: Scene, half: &str, right: &str) {
    let (scene, mut server, mut first) = a_client(scene);
    first.sends(half);
    first.half_closes();
    first.expects_the_end();
    first.leaves();
    let mut second = server.client("client-b");
    second.sends(half);
    second.waits_until_it_is_read();
    second.resets();
    asks(&mut server.client("client-c"), right, &LENGTH);
    scene.end();
}

/// 명령 하나를 보내고, 출력과 답을 봅니다. / Sends a command, which is printed, and answered.
fn commands(client: &mut Peer, server: &mut Program, request: &str) {
    client.sends(request);
    server.prints_a_line();
    hears(client, "POST", &LENGTH);
}

#[test]
fn answers_every_request_of_a_connection() {
    let (scene, mut server, mut client) = a_client(scene!(step 1));
    asks(&mut client, &get("/"), &LENGTH);
    asks(&mut client, &get("/"), &LENGTH);
    server.is_typed("");
    server.ends();
    scene.end();
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
    client.sends("\r\n\nGET / HTTP/1.1\nHost: a\n\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\n\r\n");
    hears(&mut client, "GET", &LENGTH);
    hears(&mut client, "GET", &LENGTH);
    scene.end();
}

/// 빈 줄까지 `length`바이트인 헤드. / A head of `length` bytes, its empty line included.
fn a_head_of(length: usize) -> String {
    let empty = get_with("/", &["X: "]).len();
    let field = format!("X: {}", "x".repeat(length - empty));
    get_with("/", &[&field])
}

#[test]
fn refuses_a_head_that_is_too_long() {
    let (scene, mut server, mut client) = a_client(scene!(step 1));
    asks(&mut client, &a_head_of(HEAD), &LENGTH);
    let endless = a_head_of(1_000_004);
    refuses(&mut server, &[&a_head_of(HEAD + 1), endless.trim_end()]);
    scene.end();
}

#[test]
fn serves_others_while_one_is_silent() {
    let (scene, mut server, mut silent) = a_client(scene!(step 1));
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
    ] {
        asks(&mut client, &get(target), &LENGTH);
    }
    asks_status(&mut client, &get("/x?http://localhost/commands"), &[]);
    scene.end();
}

#[test]
fn refuses_what_is_no_request_line() {
    let lines = [
        "GET /",
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 x",
        "G@T / HTTP/1.1",
        "GET / http/1.1",
        "GET / HTTP/1",
        "GET / HTTP/2.0",
    ];
    let requests = lines.map(|line| format!("{line}\r\nHost: localhost\r\n\r\n"));
    refuses_each(scene!(step 2), &requests, &get("/"));
}

#[test]
fn needs_just_one_host() {
    let hosts = ["", "Host: a\r\nhost: a\r\n"];
    let requests = hosts.map(|hosts| format!("GET / HTTP/1.1\r\n{hosts}\r\n"));
    let right = "GET / HTTP/1.1\r\nhOsT:[::1]:80\r\n\r\n";
    refuses_each(scene!(step 3), &requests, right);
}

#[test]
fn refuses_a_line_that_is_no_field() {
    let lines = ["x", ": x", "X : x", "X: x\r\n x", "a b: x", " X: x"];
    let requests = lines.map(|line| get_with("/", &[line]));
    refuses_each(scene!(step 3), &requests, &get("/"));
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
    let lengths = ["-1", "+5", "0x5", "5 5", "5,5", "", "18446744073709551616"];
    let requests = lengths.map(|length| {
        let length = format!("Content-Length: {length}");
        request("POST", "/commands", &[&length], "")
    });
    refuses_each(scene!(step 4), &requests, &get("/"));
}

/// 본문인 척하는, 숨은 요청. / A request that hides where a body may be.
fn hidden() -> String {
    post("/commands", "비밀")
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
    let chunked = "Transfer-Encoding: chunked";
    let body = format!("0\r\n\r\n{}", hidden());
    let length = format!("Content-Length: {}", body.len());
    let fields = [
        &[length.as_str(), chunked][..],
        &["transfer-encoding: chunked", "Content-Length: 5"],
        &["Transfer-Encoding: gzip", &length],
        &[chunked],
        &["Transfer-Encoding: gzip, chunked"],
    ];
    let requests = fields.map(|fields| request("POST", "/", fields, &body));
    refuses_each(scene!(step 4), &requests, &get("/commands"));
}

#[test]
fn refuses_a_long_body_before_it_comes() {
    let fields = [
        &["Content-Length: 1025"][..],
        &["content-LENGTH:\t2000 "],
        &["Content-Length: 2000", "Expect: 100-continue"],
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
    for command in ["왼쪽", "앞으로 둘\r\n", "go\n"] {
        commands(&mut client, &mut server, &post("/commands", command));
    }
    asks(&mut client, &get("/commands"), &LENGTH);
    scene.end();
}

#[test]
fn reads_a_body_in_pieces() {
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    let request = post("/commands", "오른쪽");
    let (head, body) = request.as_bytes().split_at(request.len() - 9);
    let pieces = [head, &body[..1], &body[1..5], &body[5..]];
    client.sends_in_pieces(&pieces);
    server.prints_a_line();
    hears(&mut client, "POST", &LENGTH);
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
    let length = ["Content-Length: 3"];
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
    let (scene, mut server, mut client) = a_client(scene!(step 5));
    let long = "가".repeat(67);
    for body in ["", "\r\n", "\n\n", "위\t", "\u{1b}[2J", &long] {
        asks_status(&mut client, &post("/commands", body), &[]);
    }
    client.sends(b"POST /commands HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\xec\x9c");
    hears_status(&mut client, "POST", &[]);
    let longest = format!("{}yz\r\n", "가".repeat(66));
    commands(&mut client, &mut server, &post("/commands", &longest));
    scene.end();
}

#[test]
fn answers_head_without_a_body() {
    let (scene, mut server, mut client) = a_client(scene!(step 6));
    commands(&mut client, &mut server, &post("/commands", "아래"));
    for path in ["/commands", "/"] {
        for method in ["HEAD", "GET"] {
            let fields = ["Content-Length", "Content-Type"];
            asks(&mut client, &request(method, path, &[], ""), &fields);
        }
    }
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
    let mut scene = scene!(step 6);
    let mut server = scene.server();
    let fields = [
        &["Connection: close"][..],
        &["connection: x , Close"],
        &["Connection: keep-alive", "Connection: close"],
    ];
    for (index, fields) in fields.iter().enumerate() {
        let mut client = server.client(&format!("client-{}", index + 1));
        client.sends(&(get_with("/", fields) + &get("/")));
        hears(&mut client, "GET", &LENGTH);
        client.expects_the_end();
        client.leaves();
    }
    let mut other = server.client("client-z");
    asks(&mut other, &get_with("/", &["Connection: closed"]), &LENGTH);
    asks(&mut other, &get_with("/", &["X: close"]), &LENGTH);
    scene.end();
}

#[test]
fn closes_after_an_answer_to_http_1_0() {
    let (scene, _server, mut client) = a_client(scene!(step 6));
    client.sends("GET / HTTP/1.0\r\n\r\n");
    hears_last(&mut client, "GET", &LENGTH);
    client.expects_the_end();
    client.leaves();
    scene.end();
}
