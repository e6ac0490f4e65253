//! 레슨 22의 클라이언트, 유니티가 나오는 시나리오의 낱말들. 서버는 검사가 맡습니다.
//! The words of the scenarios of Unity, the client of lesson 22; the check plays its server.

use super::frame;
use probe::{Listener, Moment, Peer, Program, Scene, Sight, Wait};
use std::time::Duration;

/// 상대가 서버를 맡고, 유니티가 연결해 옵니다. / The check plays the server, Unity the client.
pub fn unity_and_its_server(mut scene: Scene) -> (Scene, Program, Listener) {
    let server = scene.listener("server-a");
    let unity = scene.client(&[&server.address().to_string()]);
    (scene, unity, server)
}

/// 유니티가 `last`까지 했다고 말하고, 서버가 `after`로 답합니다.
/// Unity says that it has come as far as `last`, and the server answers `after`.
pub fn greets(server: &mut Listener, unity: &mut Program, last: u64, after: u64) -> Peer {
    let mut server = server.accepts(unity);
    server.expects(&frame(format!("last {last}")));
    server.sends(&frame(format!("after {after}")));
    unity.prints_a_line();
    server
}

/// 서버가 보낸 명령을 유니티가 합니다. / Unity carries out what the server sends.
pub fn obeys(unity: &mut Program, server: &mut Peer, id: u64, command: &str) {
    server.sends(&frame(format!("{id} {command}")));
    unity.prints_a_line();
    server.expects(&frame(format!("done {id}")));
}

/// 이 바이트를 보낸 서버를 떠났다가 다시 옵니다. / It leaves a server that sends these bytes, and comes back.
pub fn leaves_each_who_sends<B: AsRef<[u8]>>(all: &[B], scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    for bytes in all {
        server.sends(bytes);
        unity.prints_a_line();
        server.expects_the_end();
        server.leaves();
        server = greets(&mut listener, &mut unity, 1, 1);
    }
    unity.is_typed("");
    unity.ends();
    unity.complained();
    scene.end();
}

/// "after M"이 아닌 답은 연결이 아닙니다. / An answer other than "after M" is no connection.
pub fn leaves_a_server_that_answers_something_else(scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = listener.accepts(&unity);
    server.expects(&frame("last 0"));
    server.sends(&frame("after x"));
    server.expects_the_end();
    server.leaves();
    unity.prints_a_line();
    greets(&mut listener, &mut unity, 0, 0);
    unity.is_typed("");
    unity.ends();
    unity.complained();
    scene.end();
}

/// 쉬는 시간은 두 배씩 늘고, 연결되면 처음으로 돌아갑니다. / Each pause is twice as long; once connected, the first is as short again.
pub fn pauses_twice_as_long_each_time(scene: Scene) {
    const PAUSE: Duration = Duration::from_millis(100);
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = listener.accepts(&unity);
    let mut since = leaves_without_an_answer(server, &scene);
    for pause in [PAUSE, PAUSE * 2] {
        server = listener.accepts_after(since, Wait::of(pause), &unity);
        since = leaves_without_an_answer(server, &scene);
    }
    server = listener.accepts_after(since, Wait::of(PAUSE * 4), &unity);
    server.expects(&frame("last 0"));
    server.sends(&frame("after 0"));
    unity.prints_a_line();
    unity.prints_a_line();
    since = scene.moment();
    server.leaves();
    server = listener.accepts_after(since, Wait::of(PAUSE), &unity);
    server.expects(&frame("last 0"));
    scene.end_here();
}

/// When it left: the program's pause begins after that.
fn leaves_without_an_answer(mut server: Peer, scene: &Scene) -> Moment {
    server.expects(&frame("last 0"));
    let since = scene.moment();
    server.leaves();
    since
}

/// 서버가 앞의 것을 이미 다 했다고 알면 번호는 1부터가 아닙니다. 두 번 온 것은 한 번만 합니다.
/// IDs need not begin at 1, for what the server knows to be done is not sent; what comes twice is done once.
pub fn takes_ids_as_they_are(scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 6, "왼쪽");
    obeys(&mut unity, &mut server, 7, "점프");
    server.sends(&[frame("6 왼쪽"), frame("7 점프"), frame("8 오른쪽")].concat());
    unity.prints_a_line();
    server.expects(&[frame("done 6"), frame("done 7"), frame("done 8")].concat());
    server.resets();
    unity.prints_a_line();
    greets(&mut listener, &mut unity, 8, 8);
    scene.end();
}

pub fn costs_nothing_while_it_waits(mut scene: Scene) {
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let nobody = scene.port_that_refuses("server-a");
    let mut unity = scene.client(&[&nobody.address().to_string()]);
    unity.prints_a_line();
    unity.rests();
    scene.end_here();
}

pub fn carries_out_what_comes_in_any_pieces(scene: Scene) {
    let (scene, mut unity, mut server) = unity_and_its_server(scene);
    let mut server = greets(&mut server, &mut unity, 0, 0);
    server.sends(&[frame("1 왼쪽"), frame("2 점프")].concat());
    unity.prints_a_line();
    unity.prints_a_line();
    server.expects(&[frame("done 1"), frame("done 2")].concat());
    let third = frame("3 오른쪽 끝까지");
    server.sends_in_pieces(&[&third[..2], &third[2..7], &third[7..]]);
    unity.prints_a_line();
    server.expects(&frame("done 3"));
    // 가장 긴 프레임. / The longest frame.
    obeys(&mut unity, &mut server, 4, &"x".repeat(1022));
    unity.is_typed("");
    unity.ends();
    scene.end();
}

pub fn counts_anew_with_a_server_that_does(scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    obeys(&mut unity, &mut server, 2, "점프");
    server.resets();
    unity.prints_a_line();
    let mut server = greets(&mut listener, &mut unity, 2, 0);
    obeys(&mut unity, &mut server, 1, "오른쪽");
    server.resets();
    unity.prints_a_line();
    // 서버가 더 안다고 해도 서버의 말대로입니다. / Also where the server says that it has come further.
    let mut server = greets(&mut listener, &mut unity, 1, 3);
    server.sends(&frame("3 점프"));
    server.expects(&frame("done 3"));
    obeys(&mut unity, &mut server, 4, "왼쪽");
    scene.end();
}

pub fn tells_a_loss_once_and_keeps_trying(mut scene: Scene) {
    let nobody = scene.port_that_refuses("server-a");
    let mut unity = scene.client(&[&nobody.address().to_string()]);
    unity.prints_a_line();
    unity.prints_nothing();
    let mut listener = scene.listener_after_all("server-a", nobody);
    let mut silent = listener.accepts(&unity);
    silent.expects(&frame("last 0"));
    silent.leaves();
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    server.leaves();
    unity.prints_a_line();
    unity.is_typed("");
    unity.ends();
    scene.end();
}

pub fn comes_back_and_says_how_far_it_has_come(scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    obeys(&mut unity, &mut server, 2, "점프");
    server.leaves();
    unity.prints_a_line();
    let mut server = greets(&mut listener, &mut unity, 2, 2);
    server.sends(&[frame("2 점프"), frame("3 오른쪽")].concat());
    unity.prints_a_line();
    server.expects(&[frame("done 2"), frame("done 3")].concat());
    scene.end();
}
