//! 레슨 18의 시나리오가 하는 이야기의 낱말들: 서버, 손님, 그리고 끝내라는 말.
//! The words in which the scenarios of lesson 18 are told: the server, its clients, and the stop.

use probe::{Peer, Program, Scene};
use std::time::Duration;

/// 마지막에 이만큼 기다리는 서버를 검사는 기다리지 않습니다(초). / Longer than the check waits, in seconds.
pub const PATIENT: &str = "60";
/// 기다림이 주제인 시나리오의 초. / The seconds where the wait is what it is about.
pub const SHORT: &str = "1";
pub const SECOND: Duration = Duration::from_secs(1);

/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
pub const LINE: usize = 1024;

/// 이 수까지 세면 커널의 버퍼에 다 들어가지 않습니다. / Counting up to it is more than the kernel's buffers take.
pub const MUCH: u32 = 1_000_000;

pub fn a_server(mut scene: Scene) -> (Scene, Program) {
    let server = scene.server_with(&[PATIENT]);
    (scene, server)
}

/// 첫 줄을 들은 손님. / A client that has been asked.
pub fn asked(server: &mut Program, name: &str) -> Peer {
    let client = server.client(name);
    is_asked(client, server)
}

pub fn is_asked(mut client: Peer, server: &mut Program) -> Peer {
    client.expects("몇까지 셀까요?\n");
    server.prints_a_line();
    client
}

pub fn a_server_and_its_client(scene: Scene) -> (Scene, Program, Peer) {
    let (scene, mut server) = a_server(scene);
    let client = asked(&mut server, "client-a");
    (scene, server, client)
}

pub fn numbers(most: u32) -> String {
    (1..=most).map(|number| format!("{number}\n")).collect()
}

/// Enter를 치면 서버가 끝내기 시작합니다. / Enter makes the server begin to end.
pub fn is_stopped(server: &mut Program) {
    server.is_typed("");
    server.prints_a_line();
}

/// 손님이 끝인사를 듣고 떠납니다. / A client hears the goodbye, and leaves.
pub fn leaves_at_the_goodbye(mut client: Peer, server: &mut Program) {
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

/// 끝내기 시작한 서버에는 아무도 들어가지 못합니다. / Into a server that has begun to end nobody gets.
pub fn lets_nobody_in(scene: Scene, mut server: Program) {
    let _client = asked(&mut server, "client-a");
    is_stopped(&mut server);
    server.client_tries("client-b");
    scene.end_here();
}

/// 헤어진 다음에 온 것도 읽습니다. 읽지 않으면 RST입니다. 글이 아니어도 그렇습니다.
/// What still comes is read, be it text or not: else there is RST.
pub fn is_read_to_the_end(mut client: Peer, server: &mut Program) {
    for more in [&b"2\n"[..], b"\xff\xfe\n", b"2\n"] {
        client.sends(more);
        client.waits_until_it_is_read();
    }
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

/// 두 번째에는 남은 손님을 기다리지 않습니다. / At the second stop nobody is waited for.
pub fn ends_at_the_second_stop(scene: Scene, stops: [fn(&mut Program); 2]) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    let [first, second] = stops;
    first(&mut server);
    server.prints_a_line();
    client.expects_the_end();
    second(&mut server);
    server.prints_a_line();
    server.ends();
    scene.end();
}

pub fn is_typed_a_line(server: &mut Program) {
    server.is_typed("그만");
}
