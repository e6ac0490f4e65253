//! 레슨 12의 시나리오가 하는 이야기의 낱말들: 끈기 있는 클라이언트, 그리고 그가 만나는 서버.
//! The words in which the scenarios of lesson 12 are told: a client that tries again, and the
//! server that it meets.

use probe::{Listener, Peer, Program, Scene, Sight};

/// 시간이 다 되기를 기다려야 하는 시나리오의 기다릴 시간과 쉬는 시간(밀리초).
/// The patience and the pause where a scenario has to wait for their end, in milliseconds.
pub const SHORT: &str = "25";
pub const SHORT_PAUSE: &str = "5";

/// 답 없는 주소를 지나, 답하는 서버에 닿을 때 기다릴 시간(밀리초).
/// The patience where one address is silent and the next answers, in milliseconds.
pub const BRIEF: &str = "200";

/// 답하는 서버 앞에서 기다릴 시간과, 첫 실패 다음에 쉬는 시간(밀리초).
/// The patience with a server that answers, and the first pause, in milliseconds.
pub const PATIENT: &str = "3000";
pub const FIRST_PAUSE: &str = "20";

/// 검사가 끝까지 기다려 주지 않는 긴 시간(밀리초). / A patience longer than the check's, in milliseconds.
pub const VERY_PATIENT: &str = "30000";

/// 쉴 일이 없는 시나리오의 쉬는 시간(밀리초). 쉬면 검사가 기다려 주지 않습니다.
/// The pause where none is due, in milliseconds: longer than the check waits.
pub const NO_PAUSE_IS_DUE: &str = "30000";

/// 클라이언트를 이 기다릴 시간과 쉬는 시간으로 시작해, 첫 질문을 받습니다.
/// Starts the client with this patience and this pause, and takes its first question.
pub fn is_asked(scene: &mut Scene, times: &[&str]) -> (Listener, Program, Peer) {
    let mut server = scene.listener("server-a");
    let address = server.address().to_string();
    let client = scene.client(&[&[address.as_str()], times].concat());
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    (server, client, peer)
}

/// 다음 시도의 질문을 받습니다. / Takes the question of the next attempt.
pub fn is_asked_again(server: &mut Listener, client: &Program) -> Peer {
    let mut peer = server.accepts(client);
    peer.expects_a_line();
    peer
}

/// 시도와 실패를 출력합니다. / Prints that it is connected, and what failed.
pub fn tells_of_a_failure(client: &mut Program) {
    client.prints_a_line();
    client.prints_a_line();
}

/// 답을 출력하고 끝납니다. / Prints the reply, and ends.
pub fn has_its_reply(mut client: Program, scene: Scene) {
    client.ends();
    scene.end();
}

/// 이유를 알리고 끝납니다. / Says why, and ends.
pub fn gives_up(mut client: Program, scene: Scene) {
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

pub fn skipped_without_silence_at_a_name(scene: &Scene) -> bool {
    scene.skipped_without(Sight::LocalhostBothWays) || scene.skipped_without(Sight::SilentBacklog)
}
