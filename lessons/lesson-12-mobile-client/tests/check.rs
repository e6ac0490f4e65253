//! 레슨 12의 시나리오. / The scenarios of lesson 12.

#[path = "../../mobile/mod.rs"]
mod mobile;

use mobile::{
    BRIEF, FIRST_PAUSE, NO_PAUSE_IS_DUE, PATIENT, SHORT, SHORT_PAUSE, VERY_PATIENT, gives_up,
    has_its_reply, is_asked, is_asked_again, skipped_without_silence_at_a_name, tells_of_a_failure,
};
use probe::{Loopback, Sight, Wait, scene, timed};
use std::time::Duration;

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
    if skipped_without_silence_at_a_name(&scene) {
        return;
    }
    let mut server = scene.listener_beside_silence("server-a");
    let mut client = scene.client(&[&server.by_name(), VERY_PATIENT, FIRST_PAUSE]);
    server.accepts(&client);
    client.prints_a_line();
    scene.end_here();
}

/// 첫 주소에서는 아무 답도 없습니다. 주소마다 기다릴 시간이 따로 있습니다.
/// The first address does not answer. Each has a patience of its own.
#[test]
fn goes_on_to_the_next_address_when_one_is_silent() {
    let mut scene = scene!(step 1);
    if skipped_without_silence_at_a_name(&scene) {
        return;
    }
    let mut server = scene.listener_behind_silence("server-a");
    let mut client = scene.client(&[&server.by_name(), BRIEF, NO_PAUSE_IS_DUE]);
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
        let mut peer = is_asked_again(&mut server, &client);
        let (first, second) = "세 시 반입니다.".as_bytes().split_at(5);
        peer.sends_in_pieces(&[first, second, b"\n"]);
        // 서버가 떠나지 않아도, 답을 들은 손님은 떠납니다. / It leaves with the reply, though the server stays.
        client.ends_after(scene.moment(), Wait::none());
        scene.end();
    });
}

#[test]
fn takes_the_first_line_for_the_reply() {
    let mut scene = scene!(step 2);
    let (_server, client, mut peer) = is_asked(&mut scene, &[VERY_PATIENT]);
    // 그다음 줄은 글자 가운데에서 끊겨 있습니다. / What follows is cut within a character.
    peer.sends(&["  세 시 반입니다. \n그리고".as_bytes(), b"\xec"].concat());
    has_its_reply(client, scene);
}

#[test]
fn takes_an_empty_line_for_the_reply() {
    let mut scene = scene!(step 2);
    let (_server, client, mut peer) = is_asked(&mut scene, &[VERY_PATIENT]);
    peer.sends("\n");
    has_its_reply(client, scene);
}

/// 다른 주소를 기다린 시간은 답의 것이 아닙니다. / The time that another address took is not the reply's.
#[test]
fn waits_for_the_reply_from_the_question_on() {
    timed!(step 2, from 150 ms, |mut scene, patience| {
        if skipped_without_silence_at_a_name(&scene) {
            return;
        }
        let mut server = scene.listener_behind_silence("server-a");
        let patient = patience.as_millis().to_string();
        let client = scene.client(&[&server.by_name(), &patient, NO_PAUSE_IS_DUE]);
        let mut peer = server.accepts(&client);
        let asked = peer.expects_a_line();
        peer.expects_the_end_after(asked, Wait::of(patience));
        scene.end_here();
    });
}

#[test]
fn takes_a_reply_that_is_as_long_as_it_may_be() {
    let mut scene = scene!(step 2);
    let (_server, client, mut peer) = is_asked(&mut scene, &[VERY_PATIENT]);
    peer.sends_in_pieces(&[&[b'x'; 1023], b"\n"]);
    has_its_reply(client, scene);
}

/// 1,024번째 바이트까지 줄바꿈이 없으면 더 올 답이 없습니다. / No reply has its newline behind these.
#[test]
fn gives_up_at_the_last_byte_that_a_reply_may_have() {
    let mut scene = scene!(step 2);
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[VERY_PATIENT, NO_PAUSE_IS_DUE]);
    client.prints_a_line();
    peer.sends(&"세 ".repeat(256));
    peer.is_given_up();
    scene.end_here();
}

/// 어떻게 읽든 LIMIT에서 그만둡니다. / However it reads, it stops at LIMIT.
#[test]
fn gives_up_on_a_reply_without_end() {
    let mut scene = scene!(step 2);
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[PATIENT, NO_PAUSE_IS_DUE]);
    client.prints_a_line();
    peer.floods(&"세 ".repeat(50));
    scene.end_here();
}

#[test]
fn says_that_the_reply_ended_halfway() {
    let mut scene = scene!(step 2);
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[PATIENT, NO_PAUSE_IS_DUE]);
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
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[PATIENT, NO_PAUSE_IS_DUE]);
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
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[VERY_PATIENT]);
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
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[]);
    peer.sends("세 시");
    peer.waits_until_it_is_read();
    client.is_stopped_for_a_moment();
    peer.waits_until_it_is_read();
    peer.sends(" 반입니다.\n");
    has_its_reply(client, scene);
}

#[test]
fn tries_again_after_a_reset() {
    let mut scene = scene!(step 3);
    let (mut server, mut client, mut first) = is_asked(&mut scene, &[PATIENT, FIRST_PAUSE]);
    first.sends("세 시");
    first.waits_until_it_is_read();
    first.resets();
    tells_of_a_failure(&mut client);
    let mut second = is_asked_again(&mut server, &client);
    second.sends("세 시 반입니다.\n");
    has_its_reply(client, scene);
}

#[test]
fn costs_nothing_between_two_attempts() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (_server, mut client, mut peer) = is_asked(&mut scene, &[PATIENT, NO_PAUSE_IS_DUE]);
    peer.leaves();
    tells_of_a_failure(&mut client);
    client.rests();
    scene.end_here();
}

#[test]
fn holds_no_socket_of_an_attempt_that_failed() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let (mut server, mut client, mut first) = is_asked(&mut scene, &[PATIENT, FIRST_PAUSE]);
    first.resets();
    let mut second = is_asked_again(&mut server, &client);
    second.sends("세 시");
    second.leaves();
    is_asked_again(&mut server, &client);
    client.comes_to_hold(&["TCP"]);
    scene.end_here();
}

/// 마지막 시도도 시도입니다. / The last attempt is one like the others.
#[test]
fn takes_the_reply_of_the_last_attempt() {
    let mut scene = scene!(step 3);
    let (mut server, mut client, mut peer) = is_asked(&mut scene, &[PATIENT, SHORT_PAUSE]);
    for beginning in ["네", "세", "세 시"] {
        peer.sends(beginning);
        peer.leaves();
        tells_of_a_failure(&mut client);
        peer = is_asked_again(&mut server, &client);
    }
    peer.sends(" 반입니다.\n");
    has_its_reply(client, scene);
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
            tells_of_a_failure(&mut client);
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
        gives_up(client, scene);
    });
}

#[test]
fn rests_for_300_milliseconds_unless_told_otherwise() {
    timed!(step 3, of 300 ms, |mut scene, pause| {
        let (mut server, client, mut peer) = is_asked(&mut scene, &[]);
        let before = scene.moment();
        peer.leaves();
        server.accepts_after(before, Wait::between(pause, pause * 3 / 2), &client);
        scene.end_here();
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
        gives_up(client, scene);
    });
}

#[test]
fn gives_up_where_nobody_listens() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let closed = scene.port_that_refuses("closed");
    let client = scene.client(&[&closed.address().to_string(), SHORT, SHORT_PAUSE]);
    gives_up(client, scene);
}

#[test]
fn gives_up_where_no_connect_is_answered() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::SilentBacklog) {
        return;
    }
    let full = scene.port_that_is_silent("full");
    let client = scene.client(&[&full.address().to_string(), SHORT, SHORT_PAUSE]);
    gives_up(client, scene);
}

#[test]
fn does_not_try_again_with_an_address_that_is_none() {
    let mut scene = scene!(step 4);
    let client = scene.client(&["127.0.0.1"]);
    gives_up(client, scene);
}

#[test]
fn does_not_ask_again_for_a_reply_that_is_no_text() {
    let mut scene = scene!(step 4);
    let (_server, client, mut peer) = is_asked(&mut scene, &[PATIENT, FIRST_PAUSE]);
    peer.sends(b"\xff\xfe\n");
    gives_up(client, scene);
}

/// 앞선 실패와 달리 다시 해도 마찬가지입니다. / Unlike the failure before, it will be the same again.
#[test]
fn does_not_ask_again_for_a_reply_that_is_too_long() {
    let mut scene = scene!(step 4);
    let (mut server, client, mut first) = is_asked(&mut scene, &[PATIENT, SHORT_PAUSE]);
    first.leaves();
    let mut second = is_asked_again(&mut server, &client);
    second.sends(&"x".repeat(2000));
    gives_up(client, scene);
}
