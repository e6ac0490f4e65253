//! The tutorials' own way, seen breaking: programs of ours in the tutorials' manner,
//! and the conversations in which their flaws show. A flaw that is mended in one of
//! the programs changes its transcript, and the test fails.

use probe::{Loopback, ONLY, Scene, Sight, scene};

/// The scenario's test function opens it, for it gives the scenario its name.
macro_rules! scene_of {
    ($program:literal) => {
        with_python(scene!(0, [(ONLY, $program)]))
    };
}

/// `None`, with the scenario reported as skipped, where there is no Python.
fn with_python(scene: Scene) -> Option<Scene> {
    (!scene.skipped_without(Sight::Python)).then_some(scene)
}

#[test]
fn a_split_syllable_ends_the_server() {
    let Some(mut scene) = scene_of!("answer_once.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[&"안".as_bytes()[..2]]);
    server.ends();
    server.raised_an_exception();
    client.expects_the_end();
    scene.end();
}

#[test]
fn half_a_message_is_taken_for_the_whole() {
    let Some(mut scene) = scene_of!("answer_once.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("오늘 저녁에는");
    client.expects_the_end();
    client.sends(" 오지 마세요");
    server.ends();
    scene.end();
}

#[test]
fn a_restarted_server_finds_its_port_taken() {
    let Some(mut scene) = scene_of!("answer_once.py") else {
        return;
    };
    if scene.skipped_without(Sight::TimeWaitHoldsPort) {
        return;
    }
    let mut server = scene.server_to_be_restarted();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.expects_the_end();
    client.leaves();
    server.ends();
    let mut again = scene.program(&[&server.address()]);
    again.ends();
    again.raised_an_exception();
    scene.end();
}

#[test]
fn rubbish_ends_the_server_for_everybody() {
    let Some(mut scene) = scene_of!("answer_all.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[b"\xff\xfe"]);
    server.ends();
    server.raised_an_exception();
    server.client_tries("client-b");
    scene.end();
}

#[test]
fn a_reset_ends_the_server_for_everybody() {
    let Some(mut scene) = scene_of!("answer_all.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.waits_until_it_is_read();
    client.resets();
    server.ends();
    server.raised_an_exception();
    server.client_tries("client-b");
    scene.end();
}

#[test]
fn a_silent_client_makes_the_next_one_wait() {
    let Some(mut scene) = scene_of!("answer_all.py") else {
        return;
    };
    let mut server = scene.server();
    let mut silent = server.client("client-a");
    let mut next = server.client("client-b");
    next.sends("저는 할 말이 있어요");
    next.hears_nothing();
    silent.leaves();
    next.expects_the_end();
    server.prints_a_line();
    server.prints_a_line();
    scene.end();
}

#[test]
fn one_who_broke_off_silences_whoever_speaks() {
    let Some(mut scene) = scene_of!("tell_all.py") else {
        return;
    };
    let mut server = scene.server();
    let [mut gone, mut second, mut third] = ["client-a", "client-b", "client-c"].map(|name| {
        let client = server.client(name);
        server.prints_a_line();
        client
    });
    second.sends("안녕\n");
    for everybody in [&mut gone, &mut second, &mut third] {
        everybody.expects("안녕\n");
    }
    gone.resets();
    third.hears_nothing();
    second.sends("어디 갔어요?\n");
    second.hears_nothing();
    third.hears_nothing();
    third.sends("여보세요?\n");
    second.hears_nothing();
    third.hears_nothing();
    scene.end();
}

#[test]
fn behind_a_full_backlog_a_client_has_no_answer_at_all() {
    let Some(mut scene) = scene_of!("answer_all.py") else {
        return;
    };
    if scene.skipped_without(Sight::ExactBacklog) {
        return;
    }
    let mut server = scene.server();
    let mut silent = server.client("client-a");
    silent.waits_until_it_is_read();
    server.client("client-b");
    server.client("client-c");
    server.client_tries("client-d");
    scene.end();
}

#[test]
fn an_ipv4_socket_does_not_reach_a_server_on_ipv6() {
    let Some(mut scene) = scene_of!("ask.py") else {
        return;
    };
    if scene.skipped_without(Sight::LocalhostBothWays) {
        return;
    }
    let server = scene.listener_on(Loopback::V6, "server-a");
    let mut client = scene.client(&[&server.by_name()]);
    client.ends();
    client.raised_an_exception();
    scene.end();
}

#[test]
fn a_client_without_a_time_out_waits_for_ever() {
    let Some(mut scene) = scene_of!("ask.py") else {
        return;
    };
    let mut server = scene.listener("server-a");
    let mut client = scene.client(&[&server.address().to_string()]);
    let mut peer = server.accepts(&client);
    peer.expects("거기 누구 있나요?");
    client.prints_nothing();
    scene.end();
}

#[test]
fn a_client_that_leaves_makes_the_echo_server_spin() {
    let Some(mut scene) = scene_of!("echo_server.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕");
    client.expects("안녕");
    client.leaves();
    server.prints_a_line();
    server.prints_without_end();
    scene.end();
}

#[test]
fn quit_is_missed_behind_other_words() {
    let Some(mut scene) = scene_of!("echo_server.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends("안녕quit");
    client.expects("안녕quit");
    client.hears_nothing();
    server.prints_a_line();
    scene.end();
}

#[test]
fn quit_is_missed_in_two_pieces() {
    let Some(mut scene) = scene_of!("echo_server.py") else {
        return;
    };
    let mut server = scene.server();
    let mut client = server.client("client-a");
    client.sends_in_pieces(&[b"qu", b"it"]);
    client.expects("quit");
    client.hears_nothing();
    server.prints_a_line();
    server.prints_a_line();
    scene.end();
}

#[test]
fn an_empty_line_makes_both_wait() {
    let programs = [("server", "echo_server.py"), ("client", "echo_client.py")];
    let Some(scene) = with_python(scene!(0, programs)) else {
        return;
    };
    let mut scene = scene.with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let mut client = scene.client(&[&middle.address().to_string()]);
    middle.joins(&client);
    client.is_typed("");
    middle.hears_nothing();
    client.is_typed("안녕");
    middle.hears_nothing();
    server.prints_nothing();
    client.prints_nothing();
    scene.end();
}

#[test]
fn recvform_is_no_method() {
    let Some(mut scene) = scene_of!("udp_receive_misspelt.py") else {
        return;
    };
    let mut server = scene.server();
    server.ends();
    server.raised_an_exception();
    scene.end();
}

#[test]
fn a_long_datagram_is_cut_without_a_word() {
    let Some(mut scene) = scene_of!("udp_receive.py") else {
        return;
    };
    if scene.skipped_without(Sight::CutsDatagrams) {
        return;
    }
    let mut server = scene.server();
    let mut peer = scene.udp_peer("client-a");
    peer.sends_to(&server, &"x".repeat(1_200));
    server.ends();
    scene.end();
}

#[test]
fn text_is_no_bytes() {
    let Some(mut scene) = scene_of!("udp_send_text.py") else {
        return;
    };
    let peer = scene.udp_peer("server-a");
    let mut client = scene.client(&[&peer.address().to_string()]);
    client.ends();
    client.raised_an_exception();
    scene.end();
}

#[test]
fn a_stream_socket_sends_no_datagram() {
    let Some(mut scene) = scene_of!("udp_send_on_stream.py") else {
        return;
    };
    let mut peer = scene.udp_peer("server-a");
    let mut client = scene.client(&[&peer.address().to_string()]);
    client.ends();
    peer.hears_nothing();
    scene.end();
}
