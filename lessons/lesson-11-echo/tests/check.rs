//! 레슨 11의 시나리오. / The scenarios of lesson 11.

use probe::{Peer, Program, Scene, Side, Sight, Wait, scene, timed};

/// 서버가 한 번에 다루는 가장 긴 줄(바이트). / The longest line that the server takes at once, in bytes.
const LIMIT: usize = 64 * 1024;

/// 상대가 서버를 맡고, 클라이언트가 연결해 옵니다. / The check plays the server; the client has connected.
fn a_client_and_its_server(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.listener("server-a");
    let client = scene.client(&[&server.address().to_string()]);
    let peer = server.accepts(&client);
    (scene, client, peer)
}

fn a_server_and_its_client(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.server();
    let client = server.client("client-a");
    (scene, server, client)
}

/// 한 줄을 치고, 서버가 그 줄을 그대로 되돌려 줍니다. / A line is typed, and the server sends it back.
fn is_typed_and_echoed(line: &str, client: &mut Program, peer: &mut Peer) {
    client.is_typed(line);
    is_echoed(line, client, peer);
}

fn is_echoed(line: &str, client: &mut Program, peer: &mut Peer) {
    peer.expects_a_line();
    peer.sends(&format!("{line}\n"));
    client.prints_a_line();
}

#[test]
fn sends_each_line_back() {
    timed!(lesson "11", step 1, of 1000 ms, |scene, _| {
        let (scene, _server, mut client) = a_server_and_its_client(scene);
        client.waits_until_it_is_read();
        for line in ["안녕하세요\n", "\n", "줄바꿈이 \\r\\n인 줄\r\n"] {
            client.sends(line);
            client.expects_after(line, scene.moment(), Wait::none());
        }
        scene.end();
    });
}

#[test]
fn sends_back_two_lines_that_come_as_one_and_one_that_comes_as_three() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    client.sends("하나\n둘\n");
    client.expects("하나\n둘\n");
    let (first, rest) = "셋\n".as_bytes().split_at(1);
    let (second, third) = rest.split_at(1);
    client.sends_in_pieces(&[first, second, third]);
    client.expects("셋\n");
    scene.end();
}

#[test]
fn sends_back_what_has_no_newline_at_its_end() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    client.sends("안녕\n끝인사");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    scene.end();
}

#[test]
fn sends_back_what_is_no_text() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    client.sends_in_pieces(&[b"\xff\xfe\n"]);
    client.expects_a_line();
    scene.end();
}

#[test]
fn sends_a_long_line_back_whole() {
    let line = |length| ["x".repeat(length).as_str(), "\n"].concat();
    come_back(&[10_000, LIMIT + 10].map(line), scene!(lesson "11", step 1));
}

/// 줄바꿈을 끝없이 기다리면 메모리가 끝없이 늘어납니다. / Waiting for the newline without end takes memory without end.
#[test]
fn sends_a_part_back_before_a_line_gets_too_long() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    client.sends(&"x".repeat(LIMIT + 10));
    client.expects_some(1);
    scene.end_here();
}

/// 첫 손님이 어떻게 떠나든, 다음 손님이 있습니다. / However the first client leaves, there is a next one.
fn goes_on_to_the_next_client(scene: Scene, leaves: impl FnOnce(&mut Peer)) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends("안녕\n");
    client.expects("안녕\n");
    leaves(&mut client);
    server.prints_a_line();
    let mut next = server.client("client-b");
    next.sends("저도요\n");
    next.expects("저도요\n");
    scene.end();
}

#[test]
fn goes_on_to_the_next_client_when_one_leaves() {
    goes_on_to_the_next_client(scene!(lesson "11", step 1), |client| client.leaves());
}

#[test]
fn goes_on_to_the_next_client_when_one_breaks_off() {
    goes_on_to_the_next_client(scene!(lesson "11", step 1), |client| {
        client.waits_until_it_is_read();
        client.resets();
    });
}

#[test]
fn goes_on_to_the_next_client_when_one_breaks_off_within_a_line() {
    goes_on_to_the_next_client(scene!(lesson "11", step 1), |client| {
        client.sends("반쪽");
        client.waits_until_it_is_read();
        client.resets();
    });
}

#[test]
fn rests_while_its_client_is_silent() {
    let scene = scene!(lesson "11", step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends("안녕");
    client.waits_until_it_is_read();
    server.rests_for_good();
    scene.end_here();
}

/// 이렇게 나뉘어 온 quit을 되돌려 주고 끝납니다. / quit, in these pieces, comes back, and the server ends.
fn end_the_server(pieces: &[&[u8]], scene: Scene) {
    let (scene, mut server, mut client) = a_server_and_its_client(scene);
    client.sends_in_pieces(pieces);
    client.expects_the_end();
    client.leaves();
    server.ends();
    scene.end();
}

#[test]
fn ends_on_quit() {
    end_the_server(&[b"quit\n"], scene!(lesson "11", step 2));
}

#[test]
fn finds_quit_in_two_pieces() {
    end_the_server(&[b"qu", b"it\n"], scene!(lesson "11", step 2));
}

#[test]
fn knows_quit_by_either_end_of_line() {
    end_the_server(&[b"quit\r", b"\n"], scene!(lesson "11", step 2));
}

#[test]
fn finds_quit_behind_another_line() {
    // UTF-8이 아닌 줄 뒤에서도. / Behind one that is not UTF-8 as well.
    let lines = [&b"\xff\xfe\n"[..], "안녕\nquit\n".as_bytes()];
    end_the_server(&lines, scene!(lesson "11", step 2));
}

#[test]
fn knows_quit_without_its_newline() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(lesson "11", step 2));
    client.sends("quit");
    client.half_closes();
    client.expects_the_end();
    server.ends();
    scene.end();
}

/// 이 줄들은 되돌아오고, 대화는 계속됩니다. / These lines come back, and the conversation goes on.
fn come_back(lines: &[impl AsRef<str>], scene: Scene) {
    let (scene, _server, mut client) = a_server_and_its_client(scene);
    for line in lines.iter().map(AsRef::as_ref).chain(["아직 있어요\n"]) {
        client.sends(line);
        client.expects(line);
    }
    scene.end();
}

#[test]
fn takes_no_other_word_for_quit() {
    let lines = ["quitter\n", "quit?\n", "나는 quit\n"];
    come_back(&lines, scene!(lesson "11", step 2));
}

/// LIMIT까지는 한 줄이므로, quit은 줄의 끝일 뿐입니다. / Up to LIMIT it is one line: quit is only its end.
#[test]
fn takes_a_long_line_that_ends_in_quit_for_another_line() {
    let long = |length| ["x".repeat(length).as_str(), "quit\n"].concat();
    let lines = [256, 1024, 4096, 8192, 16 * 1024, 32 * 1024].map(long);
    come_back(&lines, scene!(lesson "11", step 2));
}

#[test]
fn takes_quit_with_blanks_for_another_line() {
    come_back(&[" quit\n", "quit \n"], scene!(lesson "11", step 2));
}

#[test]
fn takes_quit_in_capitals_for_another_word() {
    come_back(&["QUIT\n", "Quit\n"], scene!(lesson "11", step 2));
}

#[test]
fn takes_no_other_word_without_its_newline_for_quit() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(lesson "11", step 2));
    client.sends("quitter");
    client.half_closes();
    client.expects_the_end();
    server.prints_a_line();
    scene.end();
}

#[test]
fn sends_a_typed_line_and_prints_its_echo() {
    timed!(lesson "11", step 3, of 1000 ms, |scene, _| {
        let (scene, mut client, mut peer) = a_client_and_its_server(scene);
        peer.waits_until_it_is_read();
        let typed = client.is_typed("안녕하세요");
        peer.expects_after("안녕하세요\n", typed, Wait::none());
        // 되돌아온 것을 출력합니다. / What came back is printed, even if it is not what was typed.
        let (first, second) = "안녕!\n".as_bytes().split_at(4);
        peer.sends_in_pieces(&[first, second]);
        client.prints_a_line_after(scene.moment(), Wait::none());
        scene.end_here();
    });
}

#[test]
fn prints_the_echo_as_it_is_and_nothing_else() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 3));
    client.is_typed("  빈칸도 글자 ");
    peer.expects_a_line();
    peer.sends("  빈칸도 글자 \n");
    client.prints_a_line();
    // 4단계가 아직 없어도, 있어도 여기서 대화를 마칩니다. / With step 4 or without, it ends here.
    client.is_typed_the_end();
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn prints_a_long_echo_whole() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 3));
    is_typed_and_echoed(&"긴 줄".repeat(500), &mut client, &mut peer);
    scene.end_here();
}

#[test]
fn sends_an_empty_line_as_well() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 3));
    is_typed_and_echoed("", &mut client, &mut peer);
    scene.end_here();
}

#[test]
fn waits_for_an_echo_that_is_late() {
    let scene = scene!(lesson "11", step 3);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut client, mut peer) = a_client_and_its_server(scene);
    client.is_typed("안녕하세요");
    peer.expects_a_line();
    client.rests_for_good();
    peer.sends("안녕하세요\n");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn says_so_when_the_server_leaves() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 3));
    client.is_typed("안녕하세요");
    peer.expects_a_line();
    peer.sends("안녕");
    peer.leaves();
    client.ends_with_an_error();
    client.complained();
    scene.end();
}

#[test]
fn goes_on_until_quit() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    is_typed_and_echoed("  하나  ", &mut client, &mut peer);
    is_typed_and_echoed("", &mut client, &mut peer);
    is_typed_and_echoed("quit", &mut client, &mut peer);
    // 서버가 닫기를 기다리지 않습니다. / It does not wait for the server to close.
    peer.expects_the_end();
    client.ends();
    scene.end();
}

#[test]
fn goes_on_after_a_word_that_only_begins_with_quit() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    is_typed_and_echoed("quitter", &mut client, &mut peer);
    is_typed_and_echoed("하나", &mut client, &mut peer);
    scene.end();
}

#[test]
fn goes_on_after_quit_in_capitals_or_with_blanks() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    client.is_typed("QUIT\n quit\nquit \n나는 quit\n하나");
    for line in ["QUIT", " quit", "quit ", "나는 quit", "하나"] {
        is_echoed(line, &mut client, &mut peer);
    }
    scene.end();
}

#[test]
fn ends_where_its_input_ends() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    is_typed_and_echoed("하나", &mut client, &mut peer);
    client.is_typed_the_end();
    peer.expects_the_end();
    peer.leaves();
    client.ends();
    scene.end();
}

#[test]
fn keeps_an_echo_that_came_early() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    client.is_typed("하나");
    peer.expects_a_line();
    // 서버의 quit은 메아리일 뿐입니다. / A quit of the server's is an echo like any other.
    peer.sends("quit\n둘\n");
    client.prints_a_line();
    client.is_typed("둘");
    peer.expects_a_line();
    client.prints_a_line();
    scene.end();
}

#[test]
fn talk_to_each_other_over_a_network_that_splits_and_holds() {
    let mut scene = scene!(lesson "11", step 4).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let mut client = scene.client(&[&middle.address().to_string()]);
    middle.joins(&client);
    client.is_typed("안녕");
    middle.takes_a_line_from(Side::Client);
    middle.passes_on_in_pieces_to(Side::Server, &[1, 4]);
    middle.takes_a_line_from(Side::Server);
    middle.passes_on_in_pieces_to(Side::Client, &[2, 6]);
    client.prints_a_line();
    client.is_typed("quit");
    middle.takes_a_line_from(Side::Client);
    middle.passes_on_in_pieces_to(Side::Server, &[2, 4]);
    middle.carries_the_end_to(Side::Client);
    client.ends();
    middle.carries_the_end_to(Side::Server);
    server.ends();
    scene.end();
}

#[test]
fn the_next_client_is_echoed_after_one_was_cut_off() {
    let mut scene = scene!(lesson "11", step 4).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let address = middle.address().to_string();
    let mut unlucky = scene.client(&[&address]);
    middle.joins(&unlucky);
    unlucky.is_typed("안녕");
    middle.carries_a_line_to(Side::Server);
    middle.takes_a_line_from(Side::Server);
    middle.cuts();
    server.prints_a_line();
    unlucky.ends_with_an_error();
    unlucky.complained();
    let mut lucky = scene.client(&[&address]);
    middle.joins(&lucky);
    lucky.is_typed("저도 안녕");
    middle.carries_a_line_to(Side::Server);
    middle.carries_a_line_to(Side::Client);
    lucky.prints_a_line();
    lucky.is_typed_the_end();
    middle.carries_the_end_to(Side::Server);
    middle.carries_the_end_to(Side::Client);
    lucky.ends();
    server.prints_a_line();
    scene.end();
}
