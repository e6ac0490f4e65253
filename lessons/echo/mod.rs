//! 레슨 15의 시나리오가 하는 이야기의 낱말들: 묻는 클라이언트와 되돌려 주는 서버.
//! The words in which the scenarios of lesson 15 are told: a client that asks, and a server that
//! sends back.

use probe::{Program, Scene, UdpPeer};

/// 답하는 상대 앞에서 첫 답을 기다리는 시간(밀리초). 다시 보낼 일이 없게 넉넉합니다.
/// The first wait with a peer that answers, in milliseconds: long, so that nothing is sent twice.
pub const PATIENT: &str = "10000";

/// 답이 오면 바로 알아보는지 볼 때(밀리초): 검사가 기다리는 시간보다 깁니다.
/// To see that a reply is taken when it comes, in milliseconds: longer than the check waits.
pub const VERY_PATIENT: &str = "30000";

/// 잃어버리는 네트워크에서 첫 답을 기다리는 시간(밀리초).
/// The first wait on a lossy network, in milliseconds.
pub const QUICK: &str = "20";

/// 한꺼번에 오는 데이터그램의 수. / How many datagrams come at once.
pub const A_BURST: usize = 50;

/// 이 네트워크에서는 요청이 하나, 답이 하나 사라지고, 답이 하나 겹치며, 요청 하나가 앞지름을
/// 당하고, 답이 하나 늦습니다.
/// On this network a request and a reply get lost, a reply is doubled, a request is
/// overtaken, and a reply is late.
pub const BAD_WEATHER: u64 = 1_471_179;

/// 상대가 서버를 맡습니다. / The check plays the server.
pub fn a_client_of(scene: &mut Scene, server: &UdpPeer, first_wait: &str) -> Program {
    scene.client(&[&server.address().to_string(), first_wait])
}

/// 클라이언트가 "안녕"을 물었습니다. / The client has asked "안녕" ("hi").
pub fn has_asked(scene: &mut Scene, first_wait: &str) -> (UdpPeer, Program) {
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(scene, &server, first_wait);
    client.is_typed("안녕");
    server.receives_from(&client);
    (server, client)
}

/// 친 줄을 묻고, 그대로 돌아온 것을 출력합니다. / It asks with the line, and prints what comes back.
pub fn has_its_echo(client: &mut Program, server: &mut UdpPeer, number: u32, line: &str) {
    client.is_typed(line);
    server.receives_from(client);
    server.replies(&format!("{number} {line}"));
    client.prints_a_line();
}

/// 오류로 끝나고, 이유를 알립니다. / It ends in failure, and says why.
pub fn fails(mut program: Program) {
    program.fails();
    program.complained();
}

/// 서버가 아직 있습니다. / The server is still there.
pub fn still_echoes(scene: &mut Scene, server: &Program) {
    let mut client = scene.udp_peer("client-a");
    client.sends_to(server, "아직 있나요?");
    client.receives();
}

/// 모르는 소켓의 말이 먼저 와도 서버의 답을 출력합니다.
/// A stranger comes first, and it prints the server's reply all the same.
pub fn is_not_fooled(client: &mut Program, server: &mut UdpPeer, mut stranger: UdpPeer) {
    stranger.replies_in_place_of(server, "1 속았지");
    server.replies("1 안녕");
    client.prints_a_line();
}
