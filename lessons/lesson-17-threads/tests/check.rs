//! 레슨 17의 시나리오. / The scenarios of lesson 17.

#[path = "../../chat/mod.rs"]
mod chat;

use chat::{hear, member};
use probe::{Middle, Peer, Program, Scene, Side, Sight, scene};

/// 서버가 전하는 가장 긴 말(바이트). / The longest that a server passes on, in bytes.
const LONGEST: usize = 1024;

/// 상대가 서버를 맡고, 클라이언트가 연결해 옵니다. / The check plays the server; the client has connected.
fn a_client_and_its_server(mut scene: Scene) -> (Scene, Program, Peer) {
    let mut server = scene.listener("server-a");
    let client = scene.client(&[&server.address().to_string()]);
    let peer = server.accepts(&client);
    (scene, client, peer)
}

#[test]
fn takes_no_other_number_of_clients() {
    chat::takes_no_other_number_of_clients(scene!(lesson "17", step 1));
}

#[test]
fn says_why_it_cannot_listen() {
    chat::says_why_it_cannot_listen(scene!(lesson "17", step 1));
}

#[test]
fn asks_a_second_client_while_the_first_is_silent() {
    chat::asks_a_second_client_while_the_first_is_silent(scene!(lesson "17", step 1));
}

#[test]
fn goes_on_when_nobody_can_type_any_more() {
    chat::goes_on_when_nobody_can_type_any_more(scene!(lesson "17", step 1));
}

#[test]
fn has_as_many_places_as_it_is_told() {
    chat::has_as_many_places_as_it_is_told(scene!(lesson "17", step 1));
}

#[test]
fn accepts_again_after_it_has_failed() {
    chat::accepts_again_after_it_has_failed(scene!(lesson "17", step 1));
}

#[test]
fn turns_away_who_finds_no_place() {
    chat::turns_away_who_finds_no_place(scene!(lesson "17", step 1));
}

#[test]
fn gives_the_places_of_those_who_left_to_others() {
    chat::gives_the_places_of_those_who_left_to_others(scene!(lesson "17", step 1));
}

#[test]
fn welcomes_who_tells_a_name() {
    chat::welcomes_who_tells_a_name(scene!(lesson "17", step 2));
}

#[test]
fn lets_nobody_have_the_name_of_another() {
    chat::lets_nobody_have_the_name_of_another(scene!(lesson "17", step 2));
}

#[test]
fn takes_no_name_that_is_empty_or_too_long() {
    chat::takes_no_name_that_is_empty_or_too_long(scene!(lesson "17", step 2));
}

#[test]
fn takes_no_name_with_control_characters() {
    chat::takes_no_name_with_control_characters(scene!(lesson "17", step 2));
}

#[test]
fn passes_a_line_on_to_everybody_else() {
    chat::passes_a_line_on_to_everybody_else(scene!(lesson "17", step 3));
}

#[test]
fn passes_no_control_characters_on() {
    chat::passes_no_control_characters_on(scene!(lesson "17", step 3));
}

#[test]
fn holds_nobody_up_for_a_member_that_does_not_read() {
    chat::holds_nobody_up_for_a_member_that_does_not_read(scene!(lesson "17", step 3));
}

#[test]
fn tells_the_others_who_leaves() {
    chat::tells_the_others_who_leaves(scene!(lesson "17", step 4));
}

#[test]
fn tells_the_others_who_breaks_off() {
    chat::tells_the_others_who_breaks_off(scene!(lesson "17", step 4));
}

#[test]
fn passes_on_a_last_line_without_its_newline() {
    chat::passes_on_a_last_line_without_its_newline(scene!(lesson "17", step 4));
}

#[test]
fn sends_what_is_left_to_who_has_finished() {
    chat::sends_what_is_left_to_who_has_finished(scene!(lesson "17", step 4));
}

#[test]
fn lets_go_whose_line_is_too_long() {
    chat::lets_go_whose_line_is_too_long(scene!(lesson "17", step 4));
}

#[test]
fn lets_go_whose_line_is_not_text() {
    chat::lets_go_whose_line_is_not_text(scene!(lesson "17", step 4));
}

#[test]
fn lets_go_whose_queue_is_full() {
    chat::lets_go_whose_queue_is_full(scene!(lesson "17", step 4));
}

#[test]
fn keeps_nothing_of_those_who_are_gone() {
    chat::keeps_nothing_of_those_who_are_gone(scene!(lesson "17", step 4));
}

#[test]
fn prints_what_comes_while_nobody_types() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "17", step 5));
    peer.sends("이름을 알려 주세요\n");
    client.prints_a_line();
    let line = "철수: 안녕\n".as_bytes();
    peer.sends_in_pieces(&[&line[..2], &line[2..]]);
    client.prints_a_line();
    peer.sends("철수:  하나 \n\n");
    client.prints_a_line();
    client.prints_a_line();
    peer.sends(&format!("철수: {}\n", "x".repeat(LONGEST)));
    client.prints_a_line();
    scene.end();
}

#[test]
fn sends_what_is_typed_before_anything_comes() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "17", step 5));
    for line in ["철수", "", "  안녕하세요 "] {
        client.is_typed(line);
        peer.expects_a_line();
    }
    scene.end();
}

#[test]
fn hears_the_rest_when_its_input_has_ended() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "17", step 5));
    client.is_typed("철수");
    client.is_typed_the_end();
    peer.expects_the_end();
    client.comes_to_rest();
    peer.sends("환영합니다: 철수 (1명)\n");
    client.prints_a_line();
    peer.sends("영희: 잘");
    peer.leaves();
    client.prints_a_line();
    client.ends();
    scene.end();
}

/// 서버가 조용해도, 끝낸 다음에도, 기다리는 데 제한이 없습니다. / However long the server is silent, it is waited for.
#[test]
fn hears_a_server_that_takes_its_time() {
    let scene = scene!(lesson "17", step 5);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut client, mut peer) = a_client_and_its_server(scene);
    client.rests_for_good();
    client.is_typed_the_end();
    peer.expects_the_end();
    client.rests_for_good();
    peer.sends("영희: 아직 있어요\n");
    client.prints_a_line();
    peer.resets();
    client.ends();
    scene.end();
}

/// 서버가 끝나면 키보드를 기다리지 않습니다. / When the server has ended, nobody waits for the keyboard.
#[test]
fn ends_when_the_server_ends() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "17", step 5));
    peer.sends("자리가 없습니다\n그럼");
    peer.leaves();
    for _line in ["자리가 없습니다", "그럼", "서버가 끝냈습니다"] {
        client.prints_a_line();
    }
    client.ends();
    scene.end();
}

#[test]
fn ends_when_the_server_breaks_off() {
    let (scene, mut client, mut peer) = a_client_and_its_server(scene!(lesson "17", step 5));
    peer.sends("자리가 없습니다\n");
    client.prints_a_line();
    peer.resets();
    client.prints_a_line();
    client.ends();
    scene.end();
}

#[test]
fn says_so_when_nobody_listens() {
    let mut scene = scene!(lesson "17", step 5);
    let nobody = scene.port_that_refuses("nobody");
    for address in [&nobody.address().to_string(), "127.0.0.1:포트"] {
        let mut client = scene.client(&[address]);
        client.ends_with_an_error();
        client.complained();
    }
    scene.end();
}

#[test]
fn talk_to_each_other_through_the_server() {
    let mut scene = scene!(lesson "17", step 5).with_both_programs();
    let mut server = scene.server();
    let mut middle = scene.middle(&server);
    let mut client = scene.client(&[&middle.address().to_string()]);
    middle.joins(&client);
    let is_told = |middle: &mut Middle, client: &mut Program| {
        middle.carries_a_line_to(Side::Client);
        client.prints_a_line();
    };
    is_told(&mut middle, &mut client);
    client.is_typed("철수");
    middle.carries_a_line_to(Side::Server);
    is_told(&mut middle, &mut client);
    server.prints_a_line();
    let mut friend = member(&mut server, "friend", "영희", 2);
    is_told(&mut middle, &mut client);
    friend.sends("안녕, 철수\n");
    is_told(&mut middle, &mut client);
    client.is_typed("안녕, 영희");
    middle.carries_a_line_to(Side::Server);
    hear("철수: 안녕, 영희", [&mut friend]);
    client.is_typed_the_end();
    middle.carries_the_end_to(Side::Server);
    hear("철수님이 나갔습니다", [&mut friend]);
    server.prints_a_line();
    middle.carries_the_end_to(Side::Client);
    client.ends();
    scene.end();
}
