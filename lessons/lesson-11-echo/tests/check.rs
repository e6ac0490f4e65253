//! 레슨 11의 시나리오. / The scenarios of lesson 11.

#[path = "../../pair/mod.rs"]
mod pair;

use pair::echo::{
    a_client_and_its_server, a_server_and_its_client, come_back, end_the_server,
    goes_on_to_the_next_client, hears_no_echo, is_echoed, is_typed_and_echoed,
    one_is_cut_off_and_the_next_is_not,
};
use pair::{a_server_beside_a_second, finds_nobody};
use probe::{Peer, Side, Sight, Wait, scene, timed};

/// 서버가 한 번에 다루는 가장 긴 줄(바이트). / The longest line that the server takes at once, in bytes.
const LIMIT: usize = 64 * 1024;

#[test]
fn sends_each_line_back() {
    timed!(lesson "11", step 1, of 1000 ms, |scene, _| {
        let (scene, _server, mut client) = a_server_and_its_client(scene);
        client.waits_until_it_is_read();
        for line in ["안녕하세요\n", "\n", "\r\n", "가\r나\u{b}다\u{85}라\u{2028}\r\n"] {
            client.sends(line);
            client.expects_after(line, scene.moment(), Wait::none());
        }
        scene.end();
    });
}

#[test]
fn leaves_the_port_of_another_server_alone() {
    let mut scene = scene!(lesson "11", step 1);
    let mut server = a_server_beside_a_second(&mut scene);
    let mut client = server.client("client-a");
    client.sends("안녕\n");
    client.expects("안녕\n");
    scene.end();
}

/// 다음 손님의 차례는 첫 손님이 떠난 다음입니다. / The next one's turn comes when the first has left.
#[test]
fn serves_one_client_after_another() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    let mut next = server.client("client-b");
    next.sends("저도요\n");
    client.sends("안녕\n");
    client.expects("안녕\n");
    next.hears_nothing();
    client.leaves();
    server.prints_a_line();
    next.expects("저도요\n");
    scene.end();
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

/// 다음 줄이 벌써 시작되었어도 기다리지 않습니다. / It does not wait for a line that has begun already.
#[test]
fn sends_a_line_back_though_the_next_has_begun() {
    let (scene, _server, mut client) = a_server_and_its_client(scene!(lesson "11", step 1));
    let (first, second) = "하나\n둘\n".as_bytes().split_at(8);
    client.sends(first);
    client.expects_just("하나\n");
    client.sends(second);
    // 줄바꿈이 오기 전에 되돌려 준 것은 여기에 함께 옵니다. / What it sent back before the newline is here, too.
    client.expects("둘\n");
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

#[test]
fn ends_on_quit() {
    let (scene, mut server, mut client) = a_server_and_its_client(scene!(lesson "11", step 2));
    client.sends("quit\n");
    client.expects_the_end();
    client.sends("안녕히 계세요\n");
    client.waits_until_it_is_read();
    // 무슨 말이 더 오든, 떠나기를 기다립니다. / Whatever more it says, its leaving is waited for.
    server.goes_on();
    client.leaves();
    server.ends();
    scene.end();
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
    // quit 뒤에 온 것은 되돌려 주지 않습니다. / What is behind quit does not come back.
    let lines = [&b"\xff\xfe\n"[..], "안녕\nquit\n또\n".as_bytes()];
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

#[test]
fn takes_no_other_word_for_quit() {
    let lines = ["quitter\n", "quit?\n", "나는 quit\n", "qui\n", "quit\r\r\n"];
    come_back(&lines, scene!(lesson "11", step 2));
}

/// LIMIT까지는 한 줄이므로, quit은 줄의 끝일 뿐입니다. / Up to LIMIT it is one line: quit is only its end.
#[test]
fn takes_a_long_line_that_ends_in_quit_for_another_line() {
    let long = |length| ["x".repeat(length).as_str(), "quit\n"].concat();
    let lines = [256, 1024, 4096, 8192, 16 * 1024, 32 * 1024, LIMIT - 5].map(long);
    come_back(&lines, scene!(lesson "11", step 2));
}

#[test]
fn takes_quit_with_blanks_for_another_line() {
    come_back(
        &[" quit\n", "quit \n", "\tquit\n", "quit\t\r\n"],
        scene!(lesson "11", step 2),
    );
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
    is_typed_and_echoed(&"긴 줄".repeat(10_000), &mut client, &mut peer);
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
    hears_no_echo(scene!(lesson "11", step 3), |peer| {
        peer.sends("안녕");
        peer.leaves();
    });
}

#[test]
fn says_so_when_the_server_leaves_without_a_word() {
    hears_no_echo(scene!(lesson "11", step 3), Peer::leaves);
}

#[test]
fn says_so_when_the_server_breaks_off() {
    hears_no_echo(scene!(lesson "11", step 3), |peer| {
        peer.sends("안녕");
        peer.waits_until_it_is_read();
        peer.resets();
    });
}

#[test]
fn says_that_there_is_no_server() {
    finds_nobody(scene!(lesson "11", step 3));
}

#[test]
fn goes_on_until_quit() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "11", step 4));
    is_typed_and_echoed("  하나  ", &mut client, &mut peer);
    is_typed_and_echoed("", &mut client, &mut peer);
    // quit 뒤에 친 줄은 보내지 않습니다. / What is typed behind quit is not sent.
    client.is_typed("quit\n또");
    is_echoed("quit", &mut client, &mut peer);
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
    one_is_cut_off_and_the_next_is_not(scene!(lesson "11", step 4).with_both_programs());
}
