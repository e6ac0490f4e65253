//! 레슨 10의 시나리오가 하는 이야기의 낱말들: 손님 여럿과 서버, 그리고 답 한 줄.
//! The words in which the scenarios of lesson 10 are told: a server and its many clients, and a
//! reply of one line.

use probe::{Moment, Peer, Program, Scene, Side, Sight, Wait};

/// 메시지는 이보다 길 수 없습니다(바이트). / A message may not be longer, in bytes.
pub const LIMIT: usize = 1024;

/// 좋은 손님: 한마디 하고, 답을 끝까지 듣고, 떠납니다. / A good client: its line, the reply to the end, goodbye.
pub fn is_served(name: &str, server: &mut Program) {
    let client = server.client(name);
    is_answered(client, server);
}

fn is_answered(mut client: Peer, server: &mut Program) {
    client.sends("안녕하세요\n");
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

/// 파일 디스크립터가 없어 받지 못한 손님을, 생기면 받습니다. / Who could not be accepted for want of
/// a file descriptor is, once there is one.
pub fn accepts_again_after_it_has_failed(mut scene: Scene) {
    if scene.skipped_without(Sight::NoDescriptorLeft) {
        return;
    }
    let mut server = scene.server();
    server.comes_to_rest();
    let client = server.client_without_a_descriptor("client-a");
    is_answered(client, &mut server);
    scene.end();
}

/// 클라이언트가 연결해 와서 한 줄을 보냈습니다. / The client has connected, and sent its line.
pub fn a_client_and_its_server(scene: &mut Scene, says: &[&str]) -> (Program, Peer) {
    let mut server = scene.listener("server-a");
    let address = server.address().to_string();
    let client = scene.client(&[&[address.as_str()], says].concat());
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    (client, peer)
}

/// 첫 손님이 무엇을 하든, 다음 손님이 있습니다. / Whatever the first client does, there is a next one.
pub fn outlives(mut scene: Scene, what: impl FnOnce(&mut Peer)) {
    let mut server = scene.server();
    let mut client = server.client("client-a");
    what(&mut client);
    server.prints_a_line();
    is_served("client-b", &mut server);
    scene.end();
}

/// 손님의 줄을 반만 들었고, 시간은 넉넉합니다. / Half of the client's line is heard, with time to spare.
pub fn in_the_middle_of_a_message(scene: &mut Scene) -> (Program, Peer) {
    let mut server = scene.server_with(&["60000"]);
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.waits_until_it_is_read();
    (server, client)
}

/// 도중에 끝내라고 해도, 손님은 말을 마치고 답을 듣습니다. / Told to stop, it hears its client out first.
pub fn hears_its_client_out(mut scene: Scene, is_told: impl FnOnce(&mut Program)) {
    let (mut server, mut client) = in_the_middle_of_a_message(&mut scene);
    is_told(&mut server);
    server.comes_to_rest();
    client.sends("하세요\n");
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

/// 이 답의 첫 줄을 출력하고 끝납니다. / The first line of this reply is printed, and the client ends.
pub fn is_sent(reply: &str, says: &[&str], mut scene: Scene) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene, says);
    peer.sends(reply);
    client.ends();
    scene.end();
}

/// 온전한 답이 오지 않으면 이유를 말하고 끝납니다. / Without a whole reply the client says why, and ends.
pub fn hears_no_reply(mut scene: Scene, tells: impl FnOnce(&mut Peer)) {
    let (mut client, mut peer) = a_client_and_its_server(&mut scene, &["안녕, 서버"]);
    tells(&mut peer);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

/// 메시지의 처음만 왔을 때는 아무 답이 없고, `ends`로 끝나면 곧바로 답이 옵니다.
/// While only its beginning has come there is no reply; as soon as it `ends` there is. The moment
/// is the one before that.
pub fn is_answered_at_once(
    scene: &Scene,
    server: &mut Program,
    name: &str,
    ends: impl FnOnce(&mut Peer),
) -> (Peer, Moment) {
    let mut client = server.client(name);
    client.sends("안녕");
    client.waits_until_it_is_read();
    client.hears_nothing();
    let before = scene.moment();
    ends(&mut client);
    client.expects_the_end_after(before, Wait::none());
    (client, before)
}

/// client-b와 client-c는 줄을 섭니다. 먼저 말해도 차례는 온 순서입니다.
/// client-b and client-c stand in line: whoever speaks first, the turn is who came first's.
pub fn three_come_at_once(mut scene: Scene) {
    let mut server = scene.server_with(&["60000"]);
    let mut first = server.client("client-a");
    let mut second = server.client("client-b");
    let mut third = server.client("client-c");
    third.sends("셋째\n");
    second.sends("둘째\n");
    first.sends("첫째\n");
    first.expects_the_end();
    // 답은 들었지만, 아직 떠나지 않았습니다. / It has its reply, and has not left.
    server.prints_nothing();
    third.hears_nothing();
    second.hears_nothing();
    first.leaves();
    server.prints_a_line();
    for client in [&mut second, &mut third] {
        client.expects_the_end();
        client.leaves();
        server.prints_a_line();
    }
    scene.end();
}

/// 손님의 말이 많아도, 답은 RST 없이 갑니다. / However much a client says, its reply comes, and no RST.
pub fn one_says_more_than_its_line(mut scene: Scene) {
    let mut server = scene.server_with(&["60000"]); // 한 바이트씩 읽어도 넉넉합니다. / Enough to read it byte by byte.
    let mut client = server.client("client-a");
    client.sends("안녕하세요\n");
    client.waits_until_it_is_read();
    client.sends(&"x".repeat(256 * 1024));
    client.expects_the_end();
    client.waits_until_it_is_read();
    client.sends("안녕히 계세요\n");
    client.waits_until_it_is_read();
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
    scene.end();
}

/// 첫 대화는 끊기고, 다음 대화는 조각나서 갑니다. / One conversation is cut off, the next comes in pieces.
pub fn one_is_cut_off_and_the_next_is_slow(mut scene: Scene) {
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let address = middle.address().to_string();
    let mut unlucky = scene.client(&[&address, "저는 운이 없어요"]);
    middle.joins(&unlucky);
    middle.takes_a_line_from(Side::Client);
    middle.cuts();
    server.prints_a_line();
    unlucky.ends_with_an_error();
    unlucky.complained();
    let mut lucky = scene.client(&[&address, "저는 느려요"]);
    middle.joins(&lucky);
    middle.takes_a_line_from(Side::Client);
    middle.passes_on_in_pieces_to(Side::Server, &[1, 10]);
    middle.takes_the_end_from(Side::Server);
    middle.passes_on_in_pieces_to(Side::Client, &[2]);
    lucky.ends();
    middle.carries_the_end_to(Side::Server);
    server.prints_a_line();
    server.is_typed("stop");
    server.ends();
    scene.end();
}

/// 줄바꿈까지, 또는 FIN까지 꼭 LIMIT바이트입니다. / Just LIMIT bytes, with a newline or up to the FIN.
pub fn the_longest_messages_come(mut scene: Scene) {
    let mut server = scene.server();
    for (name, message) in [
        ("client-a", "x".repeat(LIMIT - 1) + "\n"),
        ("client-b", "x".repeat(LIMIT)),
    ] {
        let mut client = server.client(name);
        client.sends(&message);
        client.half_closes();
        client.expects_the_end();
        server.prints_a_line();
    }
    scene.end();
}
