//! 레슨 22의 시나리오. / The scenarios of lesson 22.

use probe::{Listener, Peer, Program, Scene, Sight, scene};

/// 본문의 길이를 담은 네 바이트, 그리고 본문. / Four bytes with the body's length, then the body.
fn frame(body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), body].concat()
}

/// 상대가 서버를 맡고, 유니티가 연결해 옵니다. / The check plays the server, Unity the client.
fn unity_and_its_server(mut scene: Scene) -> (Scene, Program, Listener) {
    let server = scene.listener("server-a");
    let unity = scene.client(&[&server.address().to_string()]);
    (scene, unity, server)
}

/// 유니티가 `last`까지 했다고 말하고, 서버가 `after`로 답합니다.
/// Unity says that it has come as far as `last`, and the server answers `after`.
fn greets(server: &mut Listener, unity: &mut Program, last: u64, after: u64) -> Peer {
    let mut server = server.accepts(unity);
    server.expects(&frame(format!("last {last}")));
    server.sends(&frame(format!("after {after}")));
    unity.prints_a_line();
    server
}

/// 서버가 보낸 명령을 유니티가 합니다. / Unity carries out what the server sends.
fn obeys(unity: &mut Program, server: &mut Peer, id: u64, command: &str) {
    server.sends(&frame(format!("{id} {command}")));
    unity.prints_a_line();
    server.expects(&frame(format!("done {id}")));
}

#[test]
fn carries_out_what_comes_in_any_pieces() {
    let (scene, mut unity, mut server) = unity_and_its_server(scene!(lesson "22", step 6));
    let mut server = greets(&mut server, &mut unity, 0, 0);
    server.sends(&[frame("1 왼쪽"), frame("2 점프")].concat());
    unity.prints_a_line();
    unity.prints_a_line();
    server.expects(&[frame("done 1"), frame("done 2")].concat());
    let third = frame("3 오른쪽 끝까지");
    server.sends_in_pieces(&[&third[..2], &third[2..7], &third[7..]]);
    unity.prints_a_line();
    server.expects(&frame("done 3"));
    unity.is_typed("");
    unity.ends();
    scene.end();
}

#[test]
fn carries_a_repeated_command_out_once() {
    let (scene, mut unity, mut server) = unity_and_its_server(scene!(lesson "22", step 6));
    let mut server = greets(&mut server, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    server.sends(&[frame("1 왼쪽"), frame("2 점프")].concat());
    unity.prints_a_line();
    server.expects(&[frame("done 1"), frame("done 2")].concat());
    scene.end();
}

#[test]
fn comes_back_and_says_how_far_it_has_come() {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene!(lesson "22", step 6));
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

#[test]
fn counts_anew_with_a_server_that_does() {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene!(lesson "22", step 6));
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    obeys(&mut unity, &mut server, 2, "점프");
    server.resets();
    unity.prints_a_line();
    let mut server = greets(&mut listener, &mut unity, 2, 0);
    obeys(&mut unity, &mut server, 1, "오른쪽");
    server.resets();
    unity.prints_a_line();
    greets(&mut listener, &mut unity, 1, 1);
    scene.end();
}

#[test]
fn tells_a_loss_once_and_keeps_trying() {
    let mut scene = scene!(lesson "22", step 6);
    let nobody = scene.port_that_refuses("server-a");
    let mut unity = scene.client(&[&nobody.address().to_string()]);
    unity.prints_a_line();
    unity.prints_nothing();
    let mut listener = scene.listener_after_all("server-a", nobody);
    // 답하지 않고 떠난 서버에는 아직 연결된 것이 아닙니다. / With one that leaves without an answer, it is lost still.
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

#[test]
fn costs_nothing_while_it_waits() {
    let mut scene = scene!(lesson "22", step 6);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let nobody = scene.port_that_refuses("server-a");
    let mut unity = scene.client(&[&nobody.address().to_string()]);
    unity.prints_a_line();
    unity.rests();
    scene.end_here();
}

/// 이 바이트를 보낸 서버를 떠났다가 다시 옵니다. / It leaves a server that sends these bytes, and comes back.
fn leaves_who_sends(bytes: &[u8], scene: Scene) {
    let (scene, mut unity, mut listener) = unity_and_its_server(scene);
    let mut server = greets(&mut listener, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    server.sends(bytes);
    unity.prints_a_line();
    server.expects_the_end();
    greets(&mut listener, &mut unity, 1, 1);
    unity.is_typed("");
    unity.ends();
    unity.complained();
    scene.end();
}

#[test]
fn leaves_a_server_whose_frame_is_too_long() {
    leaves_who_sends(&1025_u32.to_be_bytes(), scene!(lesson "22", step 6));
}

#[test]
fn leaves_a_server_that_sends_no_command() {
    leaves_who_sends(&frame("둘 점프"), scene!(lesson "22", step 6));
}
