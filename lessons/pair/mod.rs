//! 레슨 09, 10, 11의 시나리오가 함께 쓰는 이야기: 서버와 클라이언트, 그리고 둘이 시작하지 못할 때.
//! What the scenarios of lessons 09, 10 and 11 share: a server and its client, and either
//! that cannot begin. What they say to each other is left to the lessons.
#![allow(dead_code, reason = "each lesson uses its own part")]

pub mod client_server;
pub mod echo;
pub mod one_shot;

use probe::{Peer, Program, Scene, Sight};

/// 서버와, 연결해 온 첫 손님. / A server, and the first client that has connected to it.
pub fn a_server_and_its_client(scene: &mut Scene) -> (Program, Peer) {
    let mut server = scene.server();
    let client = server.client("client-a");
    (server, client)
}

/// 쓰이는 주소에서는 두 번째 서버가 이유를 말하고 끝납니다. 첫 서버는 그대로입니다.
/// At an address in use a second server says why, and ends. The first goes on.
pub fn a_server_beside_a_second(scene: &mut Scene) -> Program {
    let server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.ends_with_an_error();
    second.complained();
    server
}

/// 거부하는 포트에 연결하지 못한 클라이언트는 이유를 말하고 끝납니다.
/// A client that is refused says why, and ends.
pub fn finds_nobody(mut scene: Scene) {
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let refuses = scene.port_that_refuses("port-a");
    let mut client = scene.client(&[&refuses.address().to_string()]);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}
