//! 레슨 21의 시나리오가 하는 이야기의 낱말들: 손님, 요청, 그리고 명령.
//! The words in which the scenarios of lesson 21 are told: clients, requests and commands.

pub mod refused;

use crate::http::{
    asks, asks_status, get, get_with, hears, hears_last, hears_many, hears_status, is_refused,
    post, refuses, request,
};
use probe::{Message, Peer, Program, Scene};

/// 헤드는 빈 줄까지 이보다 길 수 없습니다(바이트). / A head may not be longer, in bytes, its empty line included.
pub const HEAD: usize = 8192;
pub const LENGTH: [&str; 1] = ["Content-Length"];

pub fn a_client(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.server();
    let client = server.client("client-a");
    (scene, server, client)
}

/// 요청마다 거부하고, 그래도 바른 요청에는 답합니다. / Each of the requests is refused; a right one is answered all the same.
pub fn refuses_each<S: AsRef<str>>(mut scene: Scene, requests: &[S], right: &str) {
    let mut server = scene.server();
    refuses(&mut server, requests);
    asks(&mut server.client("client-z"), right, &LENGTH);
    scene.end();
}

/// 한 손님은 반쪽을 보내고 끝내고 한 손님은 끊습니다. 다음 손님은 답을 듣습니다.
/// One client ends after half a request, and one resets; the next is answered.
pub fn breaks_off_after(scene: Scene, half: &str, right: &str) {
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
pub fn commands(client: &mut Peer, server: &mut Program, request: &str) {
    client.sends(request);
    server.prints_a_line();
    hears(client, "POST", &LENGTH);
}

/// 빈 줄까지 `length`바이트인 헤드. / A head of `length` bytes, its empty line included.
pub fn a_head_of(length: usize) -> String {
    let empty = get_with("/", &["X: "]).len();
    let field = format!("X: {}", "x".repeat(length - empty));
    get_with("/", &[&field])
}

/// 본문인 척하는, 숨은 요청. / A request that hides where a body may be.
pub fn hidden() -> String {
    post("/commands", "비밀")
}

/// 같은 명령이 `count`번 한꺼번에 옵니다. / The same command comes `count` times at once.
pub fn commands_many(client: &mut Peer, command: &str, count: usize) {
    let bytes = post("/commands", command).repeat(count);
    let details = ["POST /commands".to_owned(), format!("× {count}")];
    let told = Message::new("HTTP", 1, &details, Some(command.as_bytes()));
    client.sends_message(bytes.as_bytes(), told);
    hears_many(client, "POST", count);
}

pub fn refuses_a_head_that_is_too_long(scene: Scene) {
    let (scene, mut server, mut client) = a_client(scene);
    // 헤드만 길이를 잽니다. 앞뒤에 온 것은 재지 않습니다. / What came before or behind a head does not count.
    client.sends(&[get("/"), a_head_of(HEAD), get("/")].concat());
    for _ in 0..3 {
        hears(&mut client, "GET", &LENGTH);
    }
    let endless = a_head_of(1_000_004);
    let no_end = a_head_of(HEAD + 5);
    let long_line = get(&format!("/{}", "x".repeat(HEAD)));
    refuses(
        &mut server,
        &[
            &a_head_of(HEAD + 1),
            endless.trim_end(),
            &no_end[..=HEAD],
            &long_line,
        ],
    );
    scene.end();
}

pub fn keeps_the_last_hundred(scene: Scene) {
    let (scene, mut server, mut client) = a_client(scene);
    commands(&mut client, &mut server, &post("/commands", "처음"));
    commands_many(&mut client, "다음", 99);
    server.comes_to_print("명령: 다음");
    asks(&mut client, &get("/commands"), &LENGTH);
    commands_many(&mut client, "끝", 1);
    server.comes_to_print("명령: 끝");
    asks(&mut client, &get("/commands"), &LENGTH);
    scene.end_here();
}

pub fn serves_others_while_a_body_is_awaited(scene: Scene) {
    let (scene, mut server, mut slow) = a_client(scene);
    let request = post("/commands", "앞");
    let (most, end) = request.as_bytes().split_at(request.len() - 1);
    slow.sends(most);
    slow.waits_until_it_is_read();
    let mut other = server.client("client-b");
    commands(&mut other, &mut server, &post("/commands", "뒤"));
    slow.sends(end);
    server.prints_a_line();
    hears(&mut slow, "POST", &LENGTH);
    scene.end();
}

pub fn goes_on_after_what_is_no_command(scene: Scene) {
    let (scene, mut server, mut client) = a_client(scene);
    let long = "가".repeat(67);
    // 본문으로는 가장 깁니다. / The longest body that there may be.
    let longest_body = "x".repeat(1024);
    let bodies = [
        "",
        "\r\n",
        "\n\n",
        "위\r",
        "위\t",
        "\u{1b}[2J",
        "위\u{85}",
        &long,
        &longest_body,
    ];
    for body in bodies {
        asks_status(&mut client, &post("/commands", body), &[]);
    }
    // 길이를 말하지 않으면 본문이 없습니다. / Where no length is said there is no body.
    asks_status(&mut client, &request("POST", "/commands", &[], ""), &[]);
    client.sends(b"POST /commands HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\xec\x9c");
    hears_status(&mut client, "POST", &[]);
    let longest = format!("{}yz\r\n", "가".repeat(66));
    commands(&mut client, &mut server, &post("/commands", &longest));
    scene.end();
}

pub fn closes_when_it_is_asked_to(mut scene: Scene) {
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
    let close = ["Connection: close"];
    let others = [
        ("GET", "/x"),
        ("POST", "/commands"),
        ("PUT", "/"),
        ("HEAD", "/"),
    ];
    // 답이 무엇이든 닫습니다. / It closes whatever the answer is.
    for (index, (method, path)) in others.iter().enumerate() {
        let client = server.client(&format!("client-{}", index + 4));
        is_refused(client, &(request(method, path, &close, "") + &get("/")));
    }
    let mut other = server.client("client-z");
    for field in ["Connection: closed", "Connection: keep-alive", "X: close"] {
        asks(&mut other, &get_with("/", &[field]), &LENGTH);
    }
    scene.end();
}

/// 100은 HTTP/1.0에 없는 답입니다. / HTTP/1.0 knows of no 100.
pub fn tells_http_1_0_no_100(scene: Scene) {
    let (scene, mut server, mut client) = a_client(scene);
    let fields = ["Content-Length: 3", "Expect: 100-continue"];
    let request = request("POST", "/commands", &fields, "위").replace("1.1", "1.0");
    let (head, body) = request.as_bytes().split_at(request.len() - 3);
    client.sends_in_pieces(&[head, body]);
    server.prints_a_line();
    hears_last(&mut client, "POST", &LENGTH);
    client.expects_the_end();
    client.leaves();
    scene.end();
}

pub fn keeps_the_beginning_of_the_next_request(scene: Scene) {
    let (scene, _server, mut client) = a_client(scene);
    let both = ["\r\n", &get("/"), &get("/")].concat();
    // 앞의 빈 줄도, 둘째 요청도 나뉩니다. / Both the empty line at the front and the second request are cut.
    let (front, rest) = both.as_bytes().split_at(1);
    let (most, end) = rest.split_at(rest.len() - 20);
    client.sends_in_pieces(&[front, most]);
    hears(&mut client, "GET", &LENGTH);
    client.sends(end);
    hears(&mut client, "GET", &LENGTH);
    scene.end();
}

/// 기다려 달라고 해도, 다른 것을 물어도 닫습니다. / Whatever it asks for, and whether it asks to be kept or not.
pub fn closes_after_an_answer_to_http_1_0(scene: Scene) {
    let (scene, mut server, mut client) = a_client(scene);
    client.sends("GET / HTTP/1.0\r\n\r\n");
    hears_last(&mut client, "GET", &LENGTH);
    client.expects_the_end();
    client.leaves();
    let mut other = server.client("client-b");
    other.sends(&("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".to_owned() + &get("/")));
    hears_last(&mut other, "GET", &LENGTH);
    other.expects_the_end();
    other.leaves();
    scene.end();
}

pub fn refuses_what_it_cannot_find_the_end_of(scene: Scene) {
    let chunked = "Transfer-Encoding: chunked";
    let body = format!("0\r\n\r\n{}", hidden());
    let length = format!("Content-Length: {}", body.len());
    let fields = [
        &[length.as_str(), chunked][..],
        &["transfer-encoding: chunked", "Content-Length: 5"],
        &["Transfer-Encoding: gzip", &length],
        &[chunked],
        &["Transfer-Encoding: gzip, chunked"],
        &["Transfer-Encoding: identity"],
    ];
    let mut requests = fields
        .map(|fields| request("POST", "/", fields, &body))
        .to_vec();
    requests.push(request("GET", "/", &[chunked], &body));
    refuses_each(scene, &requests, &get("/commands"));
}
