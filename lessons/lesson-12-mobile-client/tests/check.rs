//! 레슨 12의 시나리오. / The scenarios of lesson 12.

use probe::{Loopback, Scene, Sight, Wait, scene, timed};
use std::time::Duration;

/// 시간이 다 되기를 기다려야 하는 시나리오의 기다릴 시간과 쉬는 시간(밀리초).
/// The patience and the pause where a scenario has to wait for their end, in milliseconds.
const SHORT: &str = "25";
const SHORT_PAUSE: &str = "5";

/// 답하는 서버 앞에서 기다릴 시간과, 첫 실패 다음에 쉬는 시간(밀리초).
/// The patience with a server that answers, and the first pause, in milliseconds.
const PATIENT: &str = "3000";
const FIRST_PAUSE: &str = "20";

/// 검사가 끝까지 기다려 주지 않는 긴 시간(밀리초). / A patience longer than the check's, in milliseconds.
const VERY_PATIENT: &str = "30000";

/// 쉴 일이 없는 시나리오의 쉬는 시간(밀리초). 쉬면 검사가 기다려 주지 않습니다.
/// The pause where none is due, in milliseconds: longer than the check waits.
const NO_PAUSE_IS_DUE: &str = "30000";

#[test]
fn connects_and_asks() {
    let mut scene = scene!(step 1);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, NO_PAUSE_IS_DUE]);
    let mut peer = server.accepts(&client);
    client.prints_a_line();
    peer.expects_a_line();
    scene.end_here();
}

#[test]
fn looks_a_name_up() {
    let mut scene = scene!(step 1);
    let mut server = scene.listener_by_name("server-a");
    let mut client = scene.client(&[&server.by_name(), PATIENT, FIRST_PAUSE]);
    server.accepts(&client);
    client.prints_a_line();
    scene.end_here();
}

/// 4단계가 있으면 바로 끝나고, 없으면 다시 시도합니다. / With step 4 it ends, without it tries again.
#[test]
fn has_something_to_say_of_an_address_without_a_port() {
    let mut scene = scene!(step 1);
    let mut client = scene.client(&["127.0.0.1", PATIENT, NO_PAUSE_IS_DUE]);
    client.tells_something();
    scene.end_here();
}

/// 다른 주소에서는 아무 답도 없습니다. 연결되었으면 거기에 시간을 쓸 이유가 없습니다.
/// The other address does not answer. With a connection there is no reason to wait for it.
#[test]
fn does_not_wait_for_the_other_addresses_of_a_name() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::LocalhostBothWays)
        || scene.skipped_without(Sight::SilentBacklog)
    {
        return;
    }
    let mut server = scene.listener_beside_silence("server-a");
    let mut client = scene.client(&[&server.by_name(), VERY_PATIENT, FIRST_PAUSE]);
    server.accepts(&client);
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn reaches_a_server_that_is_there_over_ipv4_only() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::LocalhostBothWays) {
        return;
    }
    let mut server = scene.listener_on(Loopback::V4, "server-a");
    let mut client = scene.client(&[&server.by_name(), PATIENT, FIRST_PAUSE]);
    server.accepts(&client);
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn reaches_a_server_that_is_there_over_ipv6_only() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::LocalhostBothWays) {
        return;
    }
    let mut server = scene.listener_on(Loopback::V6, "server-a");
    let mut client = scene.client(&[&server.by_name(), PATIENT, FIRST_PAUSE]);
    server.accepts(&client);
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn puts_the_reply_together() {
    timed!(step 2, of 1000 ms, |mut scene, _| {
        let mut server = scene.listener("server-a");
        let mut client = scene.client(&[&server.address().to_string()]);
        let mut peer = server.accepts(&client);
        peer.expects_a_line();
        let (first, second) = "세 시 반입니다.\n".as_bytes().split_at(5);
        peer.sends_in_pieces(&[first, second]);
        // 서버가 떠나지 않아도, 답을 들은 손님은 떠납니다. / It leaves with the reply, though the server stays.
        client.ends_after(scene.moment(), Wait::none());
        scene.end();
    });
}

#[test]
fn takes_the_first_line_for_the_reply() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string()]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.sends("세 시 반입니다.\n그리고 내일은");
    client.ends();
    scene.end();
}

#[test]
fn takes_a_reply_that_is_as_long_as_it_may_be() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string()]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.sends(&["x".repeat(1023).as_str(), "\n"].concat());
    client.ends();
    scene.end();
}

/// 어떻게 읽든 LIMIT에서 그만둡니다. / However it reads, it stops at LIMIT.
#[test]
fn gives_up_on_a_reply_without_end() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, NO_PAUSE_IS_DUE]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    client.prints_a_line();
    peer.floods(&"세 ".repeat(50));
    scene.end_here();
}

#[test]
fn says_that_the_reply_ended_halfway() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, NO_PAUSE_IS_DUE]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    client.prints_a_line();
    peer.sends("세 시");
    peer.leaves();
    client.tells_of("답이 도중에 끝남");
    scene.end_here();
}

/// 서버는 들을 말이 있을지 몰라 듣기를 계속합니다. / The server goes on listening.
#[test]
fn says_that_the_reply_ended_before_it_began() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, NO_PAUSE_IS_DUE]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    client.prints_a_line();
    peer.half_closes();
    client.tells_of("답이 도중에 끝남");
    scene.end_here();
}

#[test]
fn rests_while_the_reply_is_on_its_way() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), VERY_PATIENT]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.sends("세 시");
    peer.waits_until_it_is_read();
    client.rests();
    scene.end_here();
}

#[test]
fn gives_up_on_a_reply_that_drips() {
    timed!(step 2, from 150 ms, |mut scene, patience| {
        let mut server = scene.listener("server-a");
        let patient = patience.as_millis().to_string();
        let mut client = scene.client(&[&server.address().to_string(), &patient, NO_PAUSE_IS_DUE]);
        let mut peer = server.accepts(&client);
        let asked = peer.expects_a_line();
        client.prints_a_line();
        peer.drips(".", Duration::from_millis(10), asked, Wait::of(patience));
        scene.end_here();
    });
}

#[test]
fn goes_on_waiting_after_it_was_stopped() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string()]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.sends("세 시");
    peer.waits_until_it_is_read();
    client.is_stopped_for_a_moment();
    peer.waits_until_it_is_read();
    peer.sends(" 반입니다.\n");
    client.ends();
    scene.end();
}

#[test]
fn tries_again_after_a_reset() {
    let mut scene = scene!(step 3);
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, FIRST_PAUSE]);
    let mut first = server.accepts(&client);
    first.expects_a_line();
    first.sends("세 시");
    first.waits_until_it_is_read();
    first.resets();
    client.prints_a_line();
    client.prints_a_line();
    let mut second = server.accepts(&client);
    second.expects_a_line();
    second.sends("세 시 반입니다.\n");
    client.ends();
    scene.end();
}

#[test]
fn costs_nothing_between_two_attempts() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, NO_PAUSE_IS_DUE]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.leaves();
    client.prints_a_line();
    client.prints_a_line();
    client.rests();
    scene.end_here();
}

#[test]
fn holds_no_socket_of_an_attempt_that_failed() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string()]);
    let mut first = server.accepts(&client);
    first.expects_a_line();
    first.resets();
    let mut second = server.accepts(&client);
    second.expects_a_line();
    client.comes_to_hold(&["TCP"]);
    scene.end_here();
}

/// 쉬는 시간은 제비뽑기이니 여럿을 나란히 봅니다. / The rests are drawn by lot, so several are looked at.
#[test]
fn rests_longer_after_each_failure_and_gives_up() {
    timed!(step 3, from 40 ms, 8 times, |mut scene, pause| {
        let mut server = scene.listener("server-a");
        let first_pause = pause.as_millis().to_string();
        let mut client = scene.client(&[&server.address().to_string(), PATIENT, &first_pause]);
        let mut peer = server.accepts(&client);
        for rests in [1, 2, 4] {
            peer.expects_a_line();
            let before = scene.moment();
            peer.leaves();
            client.prints_a_line();
            client.prints_a_line();
            // jitter는 절반까지 더합니다. / The jitter adds a half at most.
            let rest = Wait::between(pause * rests, pause * rests * 3 / 2);
            peer = server.accepts_after(before, rest, &client);
        }
        peer.expects_a_line();
        let before = scene.moment();
        peer.leaves();
        client.prints_a_line();
        // 끝내는 데도 시간은 들지만, 한 번 더 쉬는 것은 아닙니다. / To end takes time, but no rest.
        client.gives_up_after(before, Wait::between(Duration::ZERO, pause * 4));
        client.ends_with_an_error();
        client.complained();
        scene.end();
    });
}

#[test]
fn gives_up_on_a_server_that_accepts_and_says_nothing() {
    timed!(step 3, from 50 ms, |mut scene, patience| {
        let mut server = scene.listener("server-a");
        let patient = patience.as_millis().to_string();
        let mut client = scene.client(&[&server.address().to_string(), &patient, SHORT_PAUSE]);
        for attempt in 1..=4 {
            let mut peer = server.accepts(&client);
            let asked = peer.expects_a_line();
            peer.expects_the_end_after(asked, Wait::of(patience));
            client.prints_a_line();
            if attempt < 4 {
                client.prints_a_line();
            }
        }
        client.ends_with_an_error();
        client.complained();
        scene.end();
    });
}

#[test]
fn gives_up_where_nobody_listens() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let closed = scene.port_that_refuses("closed");
    let mut client = scene.client(&[&closed.address().to_string(), SHORT, SHORT_PAUSE]);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

#[test]
fn gives_up_where_no_connect_is_answered() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::SilentBacklog) {
        return;
    }
    let full = scene.port_that_is_silent("full");
    let mut client = scene.client(&[&full.address().to_string(), SHORT, SHORT_PAUSE]);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

#[test]
fn does_not_try_again_with_an_address_that_is_none() {
    let mut scene = scene!(step 4);
    let mut client = scene.client(&["127.0.0.1"]);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

/// 이런 답을 다시 묻지 않습니다. / Such a reply is not asked for again.
fn is_sent(reply: &[u8], mut scene: Scene) {
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string(), PATIENT, FIRST_PAUSE]);
    let mut peer = server.accepts(&client);
    peer.expects_a_line();
    peer.sends_in_pieces(&[reply]);
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

#[test]
fn does_not_ask_again_for_a_reply_that_is_no_text() {
    is_sent(b"\xff\xfe\n", scene!(step 4));
}

#[test]
fn does_not_ask_again_for_a_reply_that_is_too_long() {
    is_sent(&[b'x'; 2000], scene!(step 4));
}
