//! 레슨 09의 시나리오가 하는 이야기의 낱말들: 메시지 하나, 그리고 답 하나.
//! The words in which the scenarios of lesson 09 are told: one message, and one reply.

use super::a_server_and_its_client;
use probe::{Peer, Program, Scene};

/// 클라이언트가 연결해 와서 한 줄을 보냈습니다. / The client has connected, and sent its line.
pub fn a_client_and_its_server(scene: &mut Scene) -> (Program, Peer) {
    let mut server = scene.listener("server-a");
    let client = scene.client(&[&server.address().to_string()]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    (client, peer)
}

/// 첫 손님만 받고, 그다음 연결은 거부합니다. / Takes its first client; whoever tries after that is refused.
pub fn takes_one_client(mut server: Program, scene: Scene) {
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.waits_until_it_is_read();
    server.client_tries("client-b");
    scene.end_here();
}

/// 이렇게 나뉘어 온 메시지를, 손님이 보내기를 끝내지 않아도 출력합니다.
/// A message in these pieces is printed, though the client does not finish.
pub fn is_told(pieces: &[&[u8]], mut scene: Scene) {
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends_in_pieces(pieces);
    server.prints_a_line();
    server.prints_a_line();
    scene.end_here();
}

/// 이런 메시지는 오류이고, 더 기다리지 않습니다. / Such a message is an error, and nothing more is waited for.
pub fn is_refused(message: &[u8], mut scene: Scene) {
    let (mut server, mut client) = a_server_and_its_client(&mut scene);
    client.sends(message);
    server.prints_a_line();
    server.ends_with_an_error();
    server.complained();
    scene.end_here();
}

/// 이렇게 나뉘어 온 답을 출력하고 끝납니다. / A reply in these pieces is printed, and the client ends.
pub fn is_sent(reply: &[&[u8]], mut scene: Scene) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    peer.sends_in_pieces(reply);
    peer.leaves();
    client.ends();
    scene.end();
}

/// 온전한 답이 오지 않으면 이유를 말하고 끝납니다. / Without a whole reply the client says why, and ends.
pub fn hears_no_reply(mut scene: Scene, tells: impl FnOnce(&mut Peer)) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene);
    tells(&mut peer);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}
