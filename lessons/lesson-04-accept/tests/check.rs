//! 레슨 04의 시나리오. / The scenarios of lesson 04.

use probe::{Sight, Wait, scene, timed};

const GREETING: &str = "반갑습니다";

/// 누가 세고 있다면 그만둘 만큼. / As many as make one stop who counts.
const MANY: u32 = 130;

#[test]
fn tells_who_connected() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    server.client("client-a");
    server.prints_a_line();
    server.prints_nothing_more(); // 한 번만 알립니다. / It is announced once.
    scene.end_here();
}

#[test]
fn tells_who_connected_over_ipv6() {
    let mut scene = scene!(step 1);
    if let Some(mut server) = scene.server_over_ipv6() {
        server.client("client-a");
        server.prints_a_line();
        scene.end_here();
    }
}

#[test]
fn tells_who_connected_to_another_host() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::OtherLoopback) {
        return;
    }
    let mut server = scene.program(&["127.0.0.2:0"]);
    server.tells_its_address("server");
    // Linux에서 이 손님의 주소는 127.0.0.1입니다. / On Linux this client is at 127.0.0.1.
    server.client("client-a");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn tells_who_connected_at_once() {
    timed!(step 1, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let came = server.client("client-a").came();
        server.prints_a_line_after(came, Wait::none());
        scene.end_here();
    });
}

#[test]
fn is_not_disturbed_by_a_second_copy() {
    let mut scene = scene!(step 1);
    let mut server = scene.server();
    let mut second = scene.second_copy_of(&server);
    second.fails();
    second.complained();
    server.client("client-a");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn fails_without_an_address() {
    let mut scene = scene!(step 1);
    scene.program(&["127.0.0.1"]).fails();
    scene.end();
}

#[test]
fn rests_while_nobody_comes() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    scene.server().rests_for_good();
    scene.end_here();
}

#[test]
fn greets_on_the_new_socket() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    // 손님은 아직 여기 있습니다. 더 보낼 것도, 끊을 이유도 없습니다.
    // The client is still here: nothing more is due, and no end.
    client.hears_nothing();
    scene.end();
}

#[test]
fn greets_at_once() {
    timed!(step 2, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut client = server.client("client-a");
        let came = client.came();
        server.prints_a_line_after(came, Wait::none());
        client.expects_after(GREETING, came, Wait::none());
        scene.end_here();
    });
}

#[test]
fn rests_while_its_client_is_silent() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn ends_in_order_with_a_client_that_has_finished() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    client.half_closes();
    client.expects_the_end();
    scene.end_here();
}

#[test]
fn stays_with_a_client_that_talks() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    client.sends_in_pieces(&[b"\xff\xfe\n", b"\0", b"\r\n"]);
    let talk = "저도 반갑습니다\n".repeat(11_400);
    // 모두 1 MiB를 조금 넘습니다. / All of it is a little more than 1 MiB.
    client.sends_in_pieces(&[talk.as_bytes(); 4]);
    client.waits_until_it_is_read();
    client.hears_nothing();
    client.half_closes();
    client.expects_the_end();
    scene.end_here();
}

/// 대기열에 적어도 이만큼은 들어갑니다. / At least as many as this have room in the queue.
const WAITING: [&str; 5] = ["client-b", "client-c", "client-d", "client-e", "client-f"];

#[test]
fn others_can_connect_while_it_is_busy() {
    let mut scene = scene!(step 2);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    for name in WAITING {
        server.client_tries(name);
    }
    scene.end_here();
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
fn greets_all_who_have_waited() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut client = server.client("client-a");
    server.prints_a_line();
    client.expects(GREETING);
    let waiting: Vec<_> = WAITING
        .iter()
        .filter_map(|name| server.client_tries(name))
        .collect();
    for next in waiting {
        client.leaves();
        client = next;
        server.prints_a_line();
        client.expects(GREETING);
    }
    scene.end();
}

#[test]
fn greets_a_client_that_had_finished_before_its_turn() {
    let mut scene = scene!(step 3);
    let mut server = scene.server();
    let mut first = server.client("client-a");
    server.prints_a_line();
    first.expects(GREETING);
    // 할 말을 다 했어도 인사는 들으려고 왔습니다. / It has said all, and came to be greeted.
    let mut second = server.client("client-b");
    second.sends("먼저 가겠습니다\n");
    second.half_closes();
    first.leaves();
    server.prints_a_line();
    second.expects(GREETING);
    second.expects_the_end();
    scene.end();
}

#[test]
fn greets_two_clients_over_ipv6() {
    let mut scene = scene!(step 3);
    let Some(mut server) = scene.server_over_ipv6() else {
        return;
    };
    for name in ["client-a", "client-b"] {
        let mut client = server.client(name);
        server.prints_a_line();
        client.expects(GREETING);
        client.leaves();
    }
    scene.end();
}

#[test]
fn greets_the_next_one_at_once() {
    timed!(step 3, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut first = server.client("client-a");
        server.prints_a_line();
        first.expects(GREETING);
        let left = scene.moment();
        first.leaves();
        let mut second = server.client("client-b");
        server.prints_a_line_after(left, Wait::none());
        second.expects_after(GREETING, left, Wait::none());
        scene.end();
    });
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
    for number in 1..=MANY {
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
    let mut last_to_break_off = String::new();
    for number in 1..=MANY {
        let mut rude = server.client(&format!("client-{number}"));
        server.prints_a_line();
        rude.expects(GREETING);
        rude.resets();
        last_to_break_off = rude.address().to_string();
    }
    let mut last = server.client("client-z");
    server.prints_a_line();
    last.expects(GREETING);
    server.complains_about(&last_to_break_off);
    scene.end();
}

#[test]
fn greets_the_next_one_at_once_though_one_broke_off() {
    timed!(step 4, of 1000 ms, |mut scene, _| {
        let mut server = scene.server();
        let mut rude = server.client("client-a");
        server.prints_a_line();
        rude.expects(GREETING);
        let broke_off = scene.moment();
        rude.resets();
        let mut next = server.client("client-b");
        server.prints_a_line_after(broke_off, Wait::none());
        next.expects_after(GREETING, broke_off, Wait::none());
        scene.end();
    });
}

#[test]
fn names_a_client_of_ipv6_that_broke_off() {
    let mut scene = scene!(step 4);
    let Some(mut server) = scene.server_over_ipv6() else {
        return;
    };
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
