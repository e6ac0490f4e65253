//! 레슨 05의 시나리오. / The scenarios of lesson 05.

use probe::{Loopback, Sight, Wait, scene, timed};
use std::time::Duration;

/// 어느 한 컴퓨터가 아니라 여럿의 주소라서, TCP로는 연결할 수 없습니다.
/// The address of a group (RFC 1112): TCP cannot connect to it, and sends nothing.
const A_GROUP: &str = "224.0.0.1:80";
const LARGEST_PORT: &str = "224.0.0.1:65535";

// 시작 코드의 종료 코드. / The starter's exit statuses.
const BAD_ADDRESS: i32 = 10;
const UNKNOWN_HOST: i32 = 11;

#[test]
fn rejects_an_address_without_a_port() {
    let mut scene = scene!(step 1);
    let mut program = scene.program(&["127.0.0.1"]);
    program.ends();
    program.complains_about("127.0.0.1");
    scene.end();
}

#[test]
fn rejects_a_port_that_is_too_large() {
    let mut scene = scene!(step 1);
    for text in ["127.0.0.1:70000", "127.0.0.1:65536"] {
        let mut program = scene.program(&[text]);
        program.ends();
        program.complains_about(text);
    }
    scene.end();
}

#[test]
fn says_that_the_host_is_unknown() {
    let mut scene = scene!(step 1);
    // 이름의 한 마디는 63글자를 넘을 수 없습니다. / A label has at most 63 characters (RFC 1035).
    let host = "a".repeat(64);
    let mut program = scene.program(&[&format!("{host}:80")]);
    program.ends();
    program.complains_about(&host);
    scene.end();
}

#[test]
fn quotes_the_text_as_it_was_typed() {
    let mut scene = scene!(step 1);
    let host = "A".repeat(64);
    for (text, quoted) in [
        ("My Printer", "My Printer"),
        ("내 프린터", "내 프린터"),
        ("LocalHost:70000", "LocalHost:70000"),
        (&format!("{host}:80"), &*host),
    ] {
        let mut program = scene.program(&[text]);
        program.ends();
        program.complains_about(quoted);
    }
    scene.end();
}

#[test]
fn understands_an_address_of_ipv6() {
    let mut scene = scene!(step 1);
    let closed = scene.port_that_refuses("closed");
    // IPv6 주소는 대괄호 안에 있습니다. 연결되지 않아도 형식은 맞습니다.
    // An IPv6 address stands in brackets; its form is right, whether or not it connects.
    let mut program = scene.program(&[&format!("[::1]:{}", closed.address().port())]);
    program.ends_with_neither(BAD_ADDRESS, UNKNOWN_HOST);
    scene.end();
}

#[test]
fn understands_a_name_and_the_largest_port() {
    let mut scene = scene!(step 1);
    let closed = scene.port_that_refuses("closed");
    let by_name = format!("localhost:{}", closed.address().port());
    for text in [&by_name, LARGEST_PORT] {
        let mut program = scene.program(&[text]);
        program.ends_with_neither(BAD_ADDRESS, UNKNOWN_HOST);
    }
    scene.end();
}

#[test]
fn connects_over_ipv6() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let mut server = scene.listener_on(Loopback::V6, "server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    server.accepts(&program);
    program.prints_a_line();
    scene.end_here();
}

#[test]
fn connects() {
    let mut scene = scene!(step 2);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    let mut peer = server.accepts(&program);
    program.prints_a_line();
    // 어떻게 끝나든 닫는 것은 FIN입니다. / However it ends, it closes with a FIN.
    peer.expects_the_end();
    scene.end_here();
}

#[test]
fn says_at_once_that_it_is_connected() {
    timed!(step 2, of 1000 ms, |mut scene, _| {
        let mut server = scene.listener("server-a");
        let mut program = scene.program(&[&server.address().to_string()]);
        let came = server.accepts(&program).came();
        program.prints_a_line_after(came, Wait::none());
        // 연결 하나면 됩니다. / One connection is enough.
        server.is_left_alone();
        scene.end_here();
    });
}

/// 시작 코드의 TIME_LIMIT. / The starter's TIME_LIMIT.
const TIME_LIMIT: Duration = Duration::from_millis(500);

#[test]
fn waits_as_long_as_its_time_limit() {
    timed!(step 2, of 500 ms, |mut scene, _| {
        if scene.skipped_without(Sight::SilentBacklog) {
            return;
        }
        let full = scene.port_that_is_silent("full");
        let mut program = scene.program(&[&full.address().to_string()]);
        // 시작하는 데 걸리는 시간은 기다림이 아닙니다. / What the start takes is not a wait.
        let asked = program.asks(&full);
        program.gives_up_after(asked, Wait::of(TIME_LIMIT));
        scene.end_here();
    });
}

#[test]
fn says_that_nobody_listens() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let closed = scene.port_that_refuses("closed");
    let address = closed.address().to_string();
    let mut program = scene.program(&[&address]);
    program.ends();
    program.complains_about(&address);
    scene.end();
}

#[test]
fn says_that_nobody_listens_over_ipv6() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::PromptRefusal) || scene.skipped_without(Sight::Ipv6) {
        return;
    }
    // IPv4로만 듣는 포트입니다. / The port listens over IPv4 only.
    let beside = scene.listener_on(Loopback::V4, "beside");
    let address = format!("[::1]:{}", beside.address().port());
    let mut program = scene.program(&[&address]);
    program.ends();
    program.complains_about(&address);
    scene.end();
}

#[test]
fn gives_up_on_a_server_that_does_not_answer() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::SilentBacklog) {
        return;
    }
    let full = scene.port_that_is_silent("full");
    let address = full.address().to_string();
    let mut program = scene.program(&[&address]);
    program.ends();
    program.complains_about(&address);
    scene.end();
}

#[test]
fn says_that_something_else_went_wrong() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::MulticastIsNoPeer) {
        return;
    }
    let mut program = scene.program(&[A_GROUP]);
    program.ends();
    program.complains_about(A_GROUP);
    scene.end();
}

#[test]
fn tells_both_endpoints_and_leaves() {
    let mut scene = scene!(step 4);
    let mut server = scene.listener("server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    let mut peer = server.accepts(&program);
    program.prints_a_line();
    program.prints_a_line();
    peer.expects_the_end();
    program.ends();
    server.is_left_alone();
    scene.end();
}

#[test]
fn tells_both_endpoints_over_ipv6() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let mut server = scene.listener_on(Loopback::V6, "server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    server.accepts(&program);
    program.prints_a_line();
    // 어떤 형식이든 됩니다. / Whichever form they have will do.
    program.prints_a_line_like("내 쪽 ", "127.0.0.1");
    program.ends();
    scene.end();
}

#[test]
fn tells_an_endpoint_with_another_host() {
    let mut scene = scene!(step 4);
    if scene.skipped_without(Sight::OtherLoopback) {
        return;
    }
    let mut server = scene.listener_elsewhere("server-a");
    let mut program = scene.program(&[&server.address().to_string()]);
    server.accepts(&program);
    program.prints_a_line();
    program.prints_a_line();
    program.ends();
    scene.end();
}

#[test]
fn tells_both_endpoints_and_leaves_at_once() {
    timed!(step 4, of 1000 ms, |mut scene, _| {
        let mut server = scene.listener("server-a");
        let mut program = scene.program(&[&server.address().to_string()]);
        let mut peer = server.accepts(&program);
        let came = peer.came();
        program.prints_a_line_after(came, Wait::none());
        program.prints_a_line_after(came, Wait::none());
        peer.expects_the_end_after(came, Wait::none());
        program.ends_after(came, Wait::none());
        scene.end();
    });
}
