//! 레슨 04의 시나리오. / The scenarios of lesson 04.

use probe::{Sight, scene};

const GREETING: &str = "반갑습니다";

#[test]
fn tells_who_connected() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.client("client-a");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn rests_while_nobody_comes() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    scene.server().rests();
    scene.end_here();
}

#[test]
fn greets_on_the_new_socket() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    // 손님은 아직 여기 있습니다. 더 보낼 것도, 끊을 까닭도 없습니다.
    // The client is still here: nothing more is due, and no end.
    client.hears_nothing();
    scene.end();
}

#[test]
fn greets_two_clients_one_after_another() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    for name in ["client-a", "client-b"] {
        let mut client = server.client(name);
        server.prints_a_line();
        client.expects(GREETING);
        client.leaves();
    }
    scene.end();
}

#[test]
fn lets_go_of_a_client_that_has_finished() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    client.half_closes();
    client.expects_the_end();
    scene.end();
}

#[test]
fn does_not_count_its_clients() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    for number in 1..=20 {
        let mut client = server.client(&format!("client-{number}"));
        server.prints_a_line();
        client.expects(GREETING);
        client.leaves();
    }
    scene.end();
}

#[test]
fn the_second_client_waits_until_the_first_has_left() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut first = server.client("client-a");
    server.prints_a_line();
    first.expects(GREETING);
    let mut second = server.client("client-b");
    second.hears_nothing();
    first.leaves();
    server.prints_a_line();
    second.expects(GREETING);
    scene.end();
}

#[test]
fn outlives_a_client_that_broke_off_before_accept() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::AcceptAfterReset) {
        return;
    }
    let mut server = scene.server();
    let mut first = server.client("client-a");
    server.prints_a_line();
    first.expects(GREETING);
    let mut hasty = server.client("client-b");
    hasty.resets();
    first.leaves();
    server.prints_a_line();
    let mut last = server.client("client-c");
    server.prints_a_line();
    last.expects(GREETING);
    server.complains_about(&hasty.address().to_string());
    scene.end();
}

#[test]
fn outlives_a_client_that_breaks_off_in_the_middle() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    let mut rude = server.client("client-a");
    server.prints_a_line();
    rude.expects(GREETING);
    rude.resets();
    let mut next = server.client("client-b");
    server.prints_a_line();
    next.expects(GREETING);
    server.complains_about(&rude.address().to_string());
    scene.end();
}

#[test]
fn outlives_a_client_that_finished_and_broke_off_before_accept() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::AcceptAfterReset) {
        return;
    }
    let mut server = scene.server();
    let mut first = server.client("client-a");
    server.prints_a_line();
    first.expects(GREETING);
    // 보내기를 끝낸 손님이 끊으면 Linux는 ConnectionReset이 아니라 BrokenPipe를 냅니다.
    // After the client's own end Linux reports BrokenPipe, not ConnectionReset.
    let mut hasty = server.client("client-b");
    hasty.half_closes();
    hasty.resets();
    first.leaves();
    server.prints_a_line();
    let mut last = server.client("client-c");
    server.prints_a_line();
    last.expects(GREETING);
    server.complains_about(&hasty.address().to_string());
    scene.end();
}

#[test]
fn outlives_one_rude_client_after_another() {
    let mut scene = scene!(step 4);
    let mut server = scene.server();
    for number in 1..=10 {
        let mut rude = server.client(&format!("client-{number}"));
        server.prints_a_line();
        rude.expects(GREETING);
        rude.resets();
    }
    let mut last = server.client("client-z");
    server.prints_a_line();
    last.expects(GREETING);
    scene.end();
}
