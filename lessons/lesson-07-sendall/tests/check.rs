//! 레슨 07의 시나리오. / The scenarios of lesson 07.

use probe::{Sight, Wait, scene, timed};
use std::time::Duration;

/// 읽지 않는 상대가 받아 두는 것보다 많고, 어느 송신 버퍼에나 다 들어가는 바이트 수.
/// More than a peer takes that does not read, and no more than any send buffer has room for.
const A_LITTLE: usize = 10_000;

/// 상대가 읽지 않는 동안 송신 버퍼가 찹니다. / The send buffer fills up meanwhile.
const A_WHILE: Duration = Duration::from_millis(200);

/// 처음 1밀리초에서 쉴 때마다 두 배로 오래 쉬면, 이때는 아직 0.8초쯤 더 쉽니다.
/// Whoever rests for a millisecond first, and twice as long each time, still has some 0.8 s to go.
const A_LONG_WHILE: Duration = Duration::from_millis(1_200);

#[test]
fn hands_over_a_small_message() {
    let mut scene = scene!(step 1);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "1000"]);
    let mut peer = server.accepts(&program);
    program.prints_a_line();
    peer.expects_the_end();
    program.ends();
    scene.end();
}

#[test]
fn hands_over_a_single_byte() {
    let mut scene = scene!(step 1);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "1"]);
    let mut peer = server.accepts(&program);
    program.prints_a_line();
    peer.expects_the_end();
    program.ends();
    scene.end();
}

#[test]
fn has_nothing_to_hand_over() {
    let mut scene = scene!(step 1);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "0"]);
    let mut peer = server.accepts(&program);
    program.prints_a_line();
    peer.expects_the_end();
    program.ends();
    scene.end();
}

#[test]
fn hands_over_and_leaves_at_once() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.listener_with_little_room("server-a");
        let size = A_LITTLE.to_string();
        let mut program = scene.program(&[&server.address().to_string(), &size]);
        let mut peer = server.accepts(&program);
        let came = peer.came();
        // 무엇이 언제 도착하는지는 운영체제의 일입니다. / What arrives when is the system's work.
        program.prints_a_line_after(came, Wait::none());
        program.ends_after(came, Wait::none());
        peer.expects_the_end();
        scene.end();
    });
}

#[test]
fn ends_with_an_error_where_it_cannot_send() {
    let mut scene = scene!(step 1);
    let server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "많이"]);
    program.ends_with_an_error();
    let refuses = scene.port_that_refuses("port-a");
    let mut program = scene.program(&[&refuses.address().to_string(), "1000"]);
    program.ends_with_an_error();
    scene.end();
}

#[test]
fn sends_eight_mebibytes_to_a_peer_that_reads_late() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "8388608"]);
    let mut peer = server.accepts(&program);
    program.is_not_read_by(&mut peer, A_WHILE);
    peer.expects_the_end();
    program.prints_a_line();
    program.ends();
    scene.end();
}

#[test]
fn sends_the_usual_size_without_an_argument() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    let mut peer = server.accepts(&program);
    peer.expects_the_end();
    program.prints_a_line();
    program.ends();
    scene.end();
}

#[test]
fn sends_to_a_peer_that_reads_a_byte_at_a_time() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "8388608"]);
    let mut peer = server.accepts(&program);
    peer.expects_single_bytes(1000);
    peer.expects_the_end();
    program.prints_a_line();
    program.ends();
    scene.end();
}

#[test]
fn rests_while_there_is_no_room() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "16777216"]);
    let peer = server.accepts(&program);
    // 상대가 읽지 않으면 자리가 나기를 기다릴 수밖에 없습니다.
    // Where the peer does not read there is nothing to do but wait for room.
    program.rests_before(&peer);
    // 아직 다 넘기지 못했습니다. / Not all is handed over yet.
    program.prints_nothing();
    scene.end_here();
}

#[test]
fn sends_all_of_it_to_a_peer_that_has_finished() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "8388608"]);
    let mut peer = server.accepts(&program);
    // 상대는 더 보낼 것이 없을 뿐, 계속 받습니다. / It has no more to send, and goes on receiving.
    peer.half_closes();
    peer.expects_the_end();
    program.prints_a_line();
    program.ends();
    scene.end();
}

#[test]
fn goes_on_when_there_is_room() {
    timed!(step 2, of 3000 ms, |mut scene, _| {
        if scene.skipped_without(Sight::Rest) {
            return;
        }
        let mut server = scene.listener("server-a");
        let mut program = scene.program(&[&server.address().to_string(), "8388608"]);
        let mut peer = server.accepts(&program);
        program.rests_before(&peer);
        peer.reads_nothing_for(A_LONG_WHILE);
        // 오래 기다렸다고 더 오래 쉬지 않습니다. PAUSE는 1밀리초입니다.
        // It rests no longer for having waited long. PAUSE is a millisecond.
        let room = scene.moment();
        peer.expects_the_end_after(room, Wait::none());
        program.prints_a_line();
        program.ends();
        scene.end();
    });
}

#[test]
fn says_that_the_peer_left_in_the_middle() {
    let mut scene = scene!(step 3);
    let mut server = scene.listener("server-a");
    let address = server.address().to_string();
    let mut program = scene.program(&[&address, "16777216"]);
    let mut peer = server.accepts(&program);
    peer.expects_some(12_000_000);
    peer.resets();
    program.ends_with_an_error();
    program.complains_about(&address);
    // 상대가 읽은 것보다 훨씬 적을 수도, 16 MiB일 수도 없습니다. 남은 바이트 수는 8,400,000보다 작습니다.
    // It cannot be much less than the peer has read, nor all of the 16 MiB. What is left is less than this.
    program.complained_with_a_number(8_400_000..=16_777_215);
    scene.end();
}

#[test]
fn says_that_the_peer_left_after_its_own_end() {
    let mut scene = scene!(step 3);
    let mut server = scene.listener("server-a");
    let address = server.address().to_string();
    let mut program = scene.program(&[&address, "16777216"]);
    let mut peer = server.accepts(&program);
    peer.expects_some(1_000_000);
    // 보내기를 끝낸 상대가 끊으면 Linux는 ConnectionReset이 아니라 BrokenPipe를 냅니다.
    // After the peer's own end Linux reports BrokenPipe, not ConnectionReset.
    peer.half_closes();
    peer.resets();
    program.ends_with_an_error();
    program.complains_about(&address);
    program.complained_with_a_number(500_000..=16_777_215);
    scene.end();
}

#[test]
fn says_at_once_that_the_peer_left() {
    timed!(step 3, of 1000 ms, |mut scene, _| {
        let mut server = scene.listener("server-a");
        let mut program = scene.program(&[&server.address().to_string(), "16777216"]);
        let mut peer = server.accepts(&program);
        peer.expects_some(1_000_000);
        // 자리가 나기를 기다린 지 오래여도 곧바로입니다. / At once, however long it has waited for room.
        peer.reads_nothing_for(A_WHILE);
        let left = scene.moment();
        peer.resets();
        program.gives_up_after(left, Wait::none());
        scene.end_here();
    });
}
