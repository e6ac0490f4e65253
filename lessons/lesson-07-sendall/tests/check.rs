//! 레슨 07의 시나리오. / The scenarios of lesson 07.

use probe::scene;
use std::time::Duration;

/// 상대가 읽지 않는 동안 송신 버퍼가 찹니다. / The send buffer fills up meanwhile.
const A_WHILE: Duration = Duration::from_millis(200);

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
fn sends_eight_mebibytes_to_a_peer_that_reads_late() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string(), "8388608"]);
    let mut peer = server.accepts(&program);
    peer.reads_nothing_for(A_WHILE);
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
fn says_that_the_peer_left_in_the_middle() {
    let mut scene = scene!(step 3);
    let mut server = scene.listener("server-a");
    let address = server.address().to_string();
    let mut program = scene.program(&[&address, "16777216"]);
    let mut peer = server.accepts(&program);
    peer.expects_some(100_000);
    peer.resets();
    program.ends();
    program.complained_about(&address);
    scene.end();
}
