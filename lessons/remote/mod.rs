//! 레슨 22의 시나리오가 하는 이야기의 낱말들: 휴대폰, 유니티, 그리고 서버.
//! The words in which the scenarios of lesson 22 are told: phones, Unity and the server.

pub mod phones;
pub mod unity_alone;

use crate::http::{hears, hears_many, hears_page, hears_status};
use probe::{Message, Middle, Peer, Program, Scene, Side, Sight};

/// 서버, 그리고 유니티가 연결하는 문. / The server, and the door where Unity connects.
pub fn a_server(mut scene: Scene) -> (Scene, Program, Program) {
    let mut server = scene.server_with(&["127.0.0.1:0"]);
    let door = server.also_tells_an_address("unity");
    (scene, server, door)
}

/// `host`를 부르는 요청. / A request that calls the server `host`.
pub fn request(line: &str, host: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let length = match body.len() {
        0 if line.starts_with("GET") => String::new(),
        length => format!("Content-Length: {length}\r\n"),
    };
    let head = format!("{line} HTTP/1.1\r\nHost: {host}\r\n{fields}{length}\r\n");
    [head.as_bytes(), body].concat()
}

pub fn post(server: &Program, command: impl AsRef<[u8]>) -> Vec<u8> {
    let host = server.address();
    request("POST /commands", &host, "", command.as_ref())
}

/// 휴대폰이 명령을 보내고, 받았다는 답을 듣습니다. / A phone sends a command, and hears that it was accepted.
pub fn gives(phone: &mut Peer, server: &mut Program, command: &str) {
    phone.sends(&post(server, command));
    server.prints_a_line();
    hears(phone, "POST", &["Location"]);
}

/// 휴대폰이 묻고 답을 듣습니다. / A phone asks, and hears the answer.
pub fn asks(phone: &mut Peer, server: &Program, path: &str) {
    phone.sends(&request(&format!("GET {path}"), &server.address(), "", b""));
    hears(phone, "GET", &[]);
}

pub fn sees_the_page(phone: &mut Peer, server: &Program) {
    phone.sends(&request("GET /", &server.address(), "", b""));
    hears_page(phone, &["Content-Type"]);
}

/// 가장 긴 명령. / The longest command.
pub fn longest() -> String {
    "x".repeat(200)
}

/// 가장 긴 명령 `count`개가 한꺼번에 옵니다. / So many commands come at once, as long as one may be.
pub fn gives_many(phone: &mut Peer, server: &Program, count: usize) {
    let bytes = post(server, longest()).repeat(count);
    phone.sends_message(&bytes, posted(&format!("× {count}"), longest()));
    hears_many(phone, "POST", count);
}

/// 너무 길거나 글이 아닌 본문의 POST는 이렇게 적습니다. / How a POST is told that is long, or has no text for a body.
pub fn posted(how: &str, body: impl AsRef<[u8]>) -> Message {
    let details = ["POST /commands", how].map(str::to_owned);
    Message::new("HTTP", 1, &details, Some(body.as_ref()))
}

/// `last`까지 했다는 유니티가 자리를 차지하고, 서버가 `after`로 답합니다.
/// A Unity that has come as far as `last` takes the place, and the server answers `after`.
pub fn unity(door: &mut Program, name: &str, last: u64, after: u64) -> Peer {
    let unity = door.client(name);
    takes_the_place(unity, door, last, after)
}

fn takes_the_place(mut unity: Peer, door: &mut Program, last: u64, after: u64) -> Peer {
    unity.sends(&frame(format!("last {last}")));
    door.prints_a_line();
    unity.expects_just(&frame(format!("after {after}")));
    unity
}

pub fn does(unity: &mut Peer, server: &mut Program, id: u64) {
    unity.sends(&frame(format!("done {id}")));
    server.prints_a_line();
}

/// 본문의 길이를 담은 네 바이트, 그리고 본문. / Four bytes with the body's length, then the body.
pub fn frame(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), body].concat()
}

/// 유니티와 서버가 가운데를 거쳐 인사합니다. / Unity and the server greet each other through the middle.
pub fn greet_through(middle: &mut Middle, unity: &mut Program, server: &mut Program, last: u64) {
    middle.joins(unity);
    carries(middle, Side::Server, &format!("last {last}"));
    server.prints_a_line();
    carries(middle, Side::Client, &format!("after {last}"));
    unity.prints_a_line();
}

/// 프레임 하나가 `side`로 갑니다. / A frame goes on to `side`.
pub fn carries(middle: &mut Middle, side: Side, text: &str) {
    takes(middle, side.other(), text);
    middle.passes_on_to(side);
}

pub fn takes(middle: &mut Middle, side: Side, text: &str) {
    middle.takes_bytes_from(side, frame(text).len());
}

/// 새로 온 유니티가 0까지 했다고 해도, 다 한 것은 다시 보내지 않습니다.
/// What is done is not sent again, though a new Unity says that it has done nothing.
pub fn begins_behind_what_is_done(scene: Scene) {
    let (scene, mut server, mut door) = a_server(scene);
    let mut first = unity(&mut door, "unity-a", 0, 0);
    let mut phone = server.client("phone-a");
    for (id, command) in [(1, "왼쪽"), (2, "점프"), (3, "오른쪽")] {
        gives(&mut phone, &mut server, command);
        first.expects(&frame(format!("{id} {command}")));
    }
    does(&mut first, &mut server, 1);
    does(&mut first, &mut server, 2);
    first.resets();
    server.prints_a_line();
    let mut second = unity(&mut door, "unity-b", 0, 0);
    second.expects(&frame("3 오른쪽"));
    scene.end();
}

pub fn is_not_kept(phone: &mut Peer, server: &Program, id: &str) {
    let line = format!("GET /commands/{id}");
    phone.sends(&request(&line, &server.address(), "", b""));
    hears_status(phone, "GET", &[]);
}

pub fn costs_nothing_while_nothing_waits(scene: Scene) {
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server, mut door) = a_server(scene);
    let _unity = unity(&mut door, "unity-a", 0, 0);
    server.rests();
    scene.end_here();
}

pub fn answers_phones_while_unity_does_not_read(scene: Scene) {
    if scene.skipped_without(Sight::LittleRoom) {
        return;
    }
    let (scene, mut server, mut door) = a_server(scene);
    let mut lazy = door.client_with_little_room("unity-a");
    lazy.sends(&frame("last 0"));
    server.prints_a_line();
    lazy.expects_just(&frame("after 0"));
    let mut phone = server.client("phone-a");
    // 커널은 150개 가까이 받아 두고, 240개는 받아 두지 않습니다.
    // The kernel takes nearly 150 of them, and never 240.
    for (more, done) in [(100, 100), (100, 140)] {
        gives_many(&mut phone, &server, more);
        let sent = (1..=done).map(|id| frame(format!("{id} {}", longest())).len());
        server.has_handed_over(&lazy, sent.sum::<usize>());
        lazy.sends(&frame(format!("done {done}")));
        server.comes_to_print(&format!("전달했습니다: {done}"));
    }
    gives_many(&mut phone, &server, 40);
    asks(&mut phone, &server, "/commands/140");
    asks(&mut phone, &server, "/commands/240");
    scene.end_here();
}

/// 자리를 빼앗긴 연결은 유니티가 떠나지 않아도 놓습니다: 대기 소켓 둘과 새 연결만 남습니다.
/// Of the connection that lost the place nothing is held, though that Unity stays: two listeners and the new one are left.
pub fn lets_go_of_whom_it_replaced(scene: Scene) {
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let (scene, mut server, mut door) = a_server(scene);
    let mut first = unity(&mut door, "unity-a", 0, 0);
    let mut second = unity(&mut door, "unity-b", 0, 0);
    first.expects_the_end();
    server.comes_to_hold(&["TCP", "TCP", "TCP"]);
    // 떠난 것도 쥐고 있지 않습니다. / Nor is one held that has left.
    second.resets();
    server.prints_a_line();
    server.comes_to_hold(&["TCP", "TCP"]);
    scene.end_here();
}

pub fn carries_out_once_what_was_cut_before_its_acknowledgement(scene: Scene) {
    let (mut scene, mut server, door) = a_server(scene.with_both_programs());
    let mut middle = scene.middle(&door);
    let mut unity = scene.client(&[&middle.address().to_string()]);
    greet_through(&mut middle, &mut unity, &mut server, 0);
    let mut phone = server.client("phone-a");
    gives(&mut phone, &mut server, "왼쪽");
    carries(&mut middle, Side::Client, "1 왼쪽");
    unity.prints_a_line();
    takes(&mut middle, Side::Client, "done 1");
    middle.cuts();
    server.prints_a_line();
    unity.prints_a_line();
    asks(&mut phone, &server, "/commands/1");
    greet_through(&mut middle, &mut unity, &mut server, 1);
    server.prints_a_line();
    asks(&mut phone, &server, "/commands/1");
    gives(&mut phone, &mut server, "점프");
    carries(&mut middle, Side::Client, "2 점프");
    unity.prints_a_line();
    carries(&mut middle, Side::Server, "done 2");
    server.prints_a_line();
    scene.end();
}

/// 두 주소 가운데 하나라도 쓸 수 없으면 이유를 말하고 끝납니다. / Where one of its two addresses is taken, it says so and ends.
/// 파일 디스크립터가 없어 받지 못한 손님을, 생기면 받습니다. 두 곳에서 다 그렇습니다. / Who could not be
/// accepted for want of a file descriptor is, once there is one; at both addresses.
pub fn accepts_again_after_it_has_failed(scene: Scene) {
    if scene.skipped_without(Sight::NoDescriptorLeft) {
        return;
    }
    let (scene, mut server, mut door) = a_server(scene);
    server.comes_to_rest();
    let mut phone = server.client_without_a_descriptor("phone-a");
    asks(&mut phone, &server, "/commands");
    let late = door.client_without_a_descriptor("unity-a");
    takes_the_place(late, &mut door, 0, 0);
    scene.end_here();
}

pub fn says_why_it_cannot_listen(mut scene: Scene) {
    let taken = scene.port_in_use("taken");
    let taken = &taken.address().to_string();
    for addresses in [[taken, "127.0.0.1:0"], ["127.0.0.1:0", taken]] {
        let mut server = scene.program(&addresses);
        server.fails();
        server.complained();
    }
    scene.end();
}

pub fn gives_the_place_to_the_newcomer(scene: Scene) {
    let (scene, mut server, mut door) = a_server(scene);
    let mut first = unity(&mut door, "unity-a", 0, 0);
    // 말이 없거나 알 수 없는 말을 하면 자리를 얻지 못합니다. / Who says nothing, or nothing known, gets no place.
    let _silent = door.client("unity-b");
    for first_word in [
        frame("hello"),
        frame("done 0"),
        frame("last"),
        frame("last -1"),
    ] {
        let mut unknown = door.client("unity-c");
        unknown.sends(&first_word);
        unknown.expects_the_end();
        unknown.leaves();
    }
    let mut second = unity(&mut door, "unity-d", 0, 0);
    first.expects_the_end();
    first.leaves();
    second.resets();
    server.prints_a_line();
    unity(&mut door, "unity-e", 0, 0).leaves();
    server.prints_a_line();
    scene.end_here();
}

pub fn lets_go_who_sends_what_cannot_be_believed(scene: Scene) {
    let (scene, mut server, mut door) = a_server(scene);
    let mut phone = server.client("phone-a");
    gives(&mut phone, &mut server, "왼쪽");
    let too_long = 1025_u32.to_be_bytes().to_vec();
    for bytes in [
        frame("done 2"),
        frame("did 1"),
        frame(b"done 1\xff"),
        too_long,
    ] {
        let mut unity = unity(&mut door, "unity-a", 0, 0);
        unity.expects(&frame("1 왼쪽"));
        unity.sends(&bytes);
        unity.expects_the_end();
        unity.leaves();
        server.prints_a_line();
    }
    asks(&mut phone, &server, "/commands/1");
    scene.end();
}
