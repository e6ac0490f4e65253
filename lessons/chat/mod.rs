//! 레슨 17, 19, 20의 채팅 서버가 함께 가진 시나리오. 밖에서 보면 같은 서버입니다.
//! The scenarios that the chat servers of lessons 17, 19 and 20 share: seen from outside, they
//! are one server. Each lesson's `tests/check.rs` tells them with a scene of its own.

mod coming;
mod leaving;
mod talking;

pub use coming::*;
pub use leaving::*;
pub use talking::*;

use probe::{Peer, Program, Scene};

/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;

/// 1,000바이트짜리 줄 3,000개: 읽지 않는 손님의 커널 버퍼에는 다 들어가지 않고, 큐에는 들어갑니다.
/// 3,000 lines of 1,000 bytes: more than the kernel takes for a client with little room that does
/// not read (Linux: 40 kB), and a queue takes them.
pub const MANY: usize = 3_000;

/// 1,000바이트짜리 줄 여럿. / Many lines of 1,000 bytes.
pub fn lines(beginning: &str, many: usize) -> String {
    format!("{beginning}{}\n", "x".repeat(1_000)).repeat(many)
}

/// 큐와 커널의 버퍼에 다 들어가지 않을 만큼 말하고, 서버가 다 읽습니다.
/// A member says more than a queue and the kernel's buffers take, and the server reads all of it.
pub fn says_too_much(member: &mut Peer) {
    member.sends(&format!("{}\n", "x".repeat(200)).repeat(16_000));
    member.waits_until_it_is_read();
}

/// 이름을 말하라는 말을 들은 손님. / A client that has been asked for its name.
pub fn asked(server: &mut Program, client: &str) -> Peer {
    let client = server.client(client);
    is_asked(client)
}

fn is_asked(mut client: Peer) -> Peer {
    client.expects("이름을 알려 주세요\n");
    client
}

/// `count`번째로 들어온 사람. / A member, who makes it `count`.
pub fn member(server: &mut Program, client: &str, name: &str, count: usize) -> Peer {
    let client = server.client(client);
    joins(server, client, name, count)
}

pub fn joins(server: &mut Program, client: Peer, name: &str, count: usize) -> Peer {
    tells_its_name(server, is_asked(client), name, count)
}

fn tells_its_name(server: &mut Program, mut client: Peer, name: &str, count: usize) -> Peer {
    client.sends(&format!("{name}\n"));
    client.expects(&format!("환영합니다: {name} ({count}명)\n"));
    server.prints_a_line();
    client
}

pub fn hear<const N: usize>(line: &str, members: [&mut Peer; N]) {
    let line = format!("{line}\n");
    members.into_iter().for_each(|member| member.expects(&line));
}

pub fn a_server(mut scene: Scene) -> (Scene, Program) {
    let server = scene.server();
    (scene, server)
}

/// 철수와 영희가 있습니다. / Two members are there.
pub fn two_members(scene: Scene) -> (Scene, Program, Peer, Peer) {
    two(scene, Program::client)
}

/// 읽지 않으면 영희에게 갈 것은 곧 서버에서 기다려야 합니다.
/// Two members, the second with little room: where it does not read, what is for it soon has to wait.
pub fn two_members_one_slow(scene: Scene) -> (Scene, Program, Peer, Peer) {
    two(scene, Program::client_with_little_room)
}

fn two(scene: Scene, comes: fn(&mut Program, &str) -> Peer) -> (Scene, Program, Peer, Peer) {
    let (scene, mut server) = a_server(scene);
    let mut first = member(&mut server, "client-a", "철수", 1);
    let second = comes(&mut server, "client-b");
    let second = joins(&mut server, second, "영희", 2);
    hear("영희님이 들어왔습니다", [&mut first]);
    (scene, server, first, second)
}

/// 그리고 민수. / And a third.
pub fn three_members(scene: Scene) -> (Scene, Program, [Peer; 3]) {
    and_a_third(two_members(scene))
}

/// 그리고 민수. / And a third.
pub fn three_members_one_slow(scene: Scene) -> (Scene, Program, [Peer; 3]) {
    and_a_third(two_members_one_slow(scene))
}

fn and_a_third(
    (scene, mut server, mut first, mut second): (Scene, Program, Peer, Peer),
) -> (Scene, Program, [Peer; 3]) {
    let third = member(&mut server, "client-c", "민수", 3);
    hear("민수님이 들어왔습니다", [&mut first, &mut second]);
    (scene, server, [first, second, third])
}

/// 손님이 이유를 듣고 닫힙니다. / The client is told why, and the connection is closed.
pub fn is_refused(server: &mut Program, mut client: Peer) {
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}
