//! 레슨 11의 시나리오가 하는 이야기의 낱말들: 줄마다 오는 메아리, 그리고 quit.
//! The words in which the scenarios of lesson 11 are told: an echo for each line, and quit.

use probe::{Peer, Program, Scene, Side};

/// 상대가 서버를 맡고, 클라이언트가 연결해 옵니다. / The check plays the server; the client has connected.
pub fn a_client_and_its_server(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.listener("server-a");
    let client = scene.client(&[&server.address().to_string()]);
    let peer = server.accepts(&client);
    (scene, client, peer)
}

/// 서버와, 연결해 온 첫 손님. / A server, and the first client that has connected to it.
pub fn a_server_and_its_client(mut scene: Scene) -> (Scene, Program, Peer) {
    let (server, client) = super::a_server_and_its_client(&mut scene);
    (scene, server, client)
}

/// 한 줄을 치고, 서버가 그 줄을 그대로 되돌려 줍니다. / A line is typed, and the server sends it back.
pub fn is_typed_and_echoed(line: &str, client: &mut Program, peer: &mut Peer) {
    client.is_typed(line);
    is_echoed(line, client, peer);
}

/// 친 줄이 서버에 오고, 되돌아와 출력됩니다. / What was typed is at the server, comes back and is printed.
pub fn is_echoed(line: &str, client: &mut Program, peer: &mut Peer) {
    peer.expects_a_line();
    peer.sends(&format!("{line}\n"));
    client.prints_a_line();
}

/// 첫 손님이 어떻게 떠나든, 다음 손님이 있습니다. / However the first client leaves, there is a next one.
pub fn goes_on_to_the_next_client(scene: Scene, leaves: impl FnOnce(&mut Peer)) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends("안녕\n");
    client.expects("안녕\n");
    leaves(&mut client);
    server.prints_a_line();
    let mut next = server.client("client-b");
    next.sends("저도요\n");
    next.expects("저도요\n");
    scene.end();
}

/// 이렇게 나뉘어 온 quit을 되돌려 주고 끝납니다. / quit, in these pieces, comes back, and the server ends.
pub fn end_the_server(pieces: &[&[u8]], scene: Scene) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends_in_pieces(pieces);
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

/// 이 줄들은 되돌아오고, 대화는 계속됩니다. / These lines come back, and the conversation goes on.
pub fn come_back(lines: &[impl AsRef<str>], scene: Scene) {
    let (scene, _server, mut client) = a_server_and_its_client(scene);
    for line in lines.iter().map(AsRef::as_ref).chain(["아직 있어요\n"]) {
        client.sends(line);
        client.expects(line);
    }
    scene.end();
}

/// 온전한 메아리가 오지 않으면 이유를 말하고 끝납니다. / Without a whole echo the client says why, and ends.
pub fn hears_no_echo(scene: Scene, tells: impl FnOnce(&mut Peer)) {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene);
    client.is_typed("안녕하세요");
    peer.expects_a_line();
    tells(&mut peer);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

/// 첫 클라이언트와의 연결은 끊기고, 다음 것은 끝까지 갑니다. / One connection is cut off, the next is not.
pub fn one_is_cut_off_and_the_next_is_not(mut scene: Scene) {
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let address = middle.address().to_string();
    let mut unlucky = scene.client(&[&address]);
    middle.joins(&unlucky);
    unlucky.is_typed("안녕");
    middle.carries_a_line_to(Side::Server);
    middle.takes_a_line_from(Side::Server);
    middle.cuts();
    server.prints_a_line();
    unlucky.ends_with_an_error();
    unlucky.complained();
    let mut lucky = scene.client(&[&address]);
    middle.joins(&lucky);
    lucky.is_typed("저도 안녕");
    middle.carries_a_line_to(Side::Server);
    middle.carries_a_line_to(Side::Client);
    lucky.prints_a_line();
    lucky.is_typed_the_end();
    middle.carries_the_end_to(Side::Server);
    middle.carries_the_end_to(Side::Client);
    lucky.ends();
    server.prints_a_line();
    scene.end();
}
