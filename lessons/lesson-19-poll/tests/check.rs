//! 레슨 19의 시나리오. / The scenarios of lesson 19.

#[path = "../../chat/mod.rs"]
mod chat;

use chat::{MANY, a_server, asked, hear, is_refused, lines, member};
use chat::{three_members_one_slow, two_members, two_members_one_slow};
use probe::{Sight, scene};

#[test]
fn ends_on_enter() {
    let (scene, mut server) = a_server(scene!(step 1));
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn rests_while_nobody_comes() {
    let scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.rests_for_good();
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn goes_on_after_it_was_stopped() {
    let scene = scene!(step 1);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.rests();
    server.is_stopped_for_a_moment();
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn takes_no_other_number_of_clients() {
    chat::takes_no_other_number_of_clients(scene!(step 1));
}

#[test]
fn says_why_it_cannot_listen() {
    chat::says_why_it_cannot_listen(scene!(step 1));
}

#[test]
fn asks_a_second_client_while_the_first_is_silent() {
    chat::asks_a_second_client_while_the_first_is_silent(scene!(step 2));
}

/// 서버가 기다리지 않는 동안 온 연결들은 이벤트 하나로 알려집니다.
/// Connections that come while the server does not wait are told by one event.
#[test]
fn asks_all_who_come_at_once() {
    let scene = scene!(step 2);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    let names = ["client-a", "client-b", "client-c"];
    let clients = server.is_stopped_while(|server| names.map(|name| server.client(name)));
    for mut client in clients {
        client.expects("이름을 알려 주세요\n");
    }
    scene.end_here();
}

/// 자리가 없는 손님이 앞에 있어도 뒤의 손님까지 받습니다.
/// Who finds no place is in front of others, who are accepted as well.
#[test]
fn turns_away_all_who_come_at_once() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let mut server = scene.server_with(&["1"]);
    let names = ["client-a", "client-b", "client-c", "client-d"];
    let clients = server.is_stopped_while(|server| names.map(|name| server.client(name)));
    let [mut first, others @ ..] = clients;
    first.expects("이름을 알려 주세요\n");
    for client in others {
        is_refused(&mut server, client);
    }
    scene.end();
}

#[test]
fn turns_away_who_finds_no_place() {
    chat::turns_away_who_finds_no_place(scene!(step 2));
}

#[test]
fn has_as_many_places_as_it_is_told() {
    chat::has_as_many_places_as_it_is_told(scene!(step 2));
}

#[test]
fn accepts_again_after_it_has_failed() {
    chat::accepts_again_after_it_has_failed(scene!(step 2));
}

#[test]
fn goes_on_when_nobody_can_type_any_more() {
    chat::goes_on_when_nobody_can_type_any_more(scene!(step 2));
}

#[test]
fn welcomes_who_tells_a_name() {
    chat::welcomes_who_tells_a_name(scene!(step 3));
}

/// 온 것과 FIN이 이벤트 하나로 알려집니다. 읽은 것이 버퍼보다 적어도 FIN은 아직 읽지 않았습니다.
/// What came and FIN are told by one event: a read that brings little has not seen FIN yet.
#[test]
fn reads_the_end_that_comes_with_a_name() {
    let scene = scene!(step 3);
    if scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    let mut client = asked(&mut server, "client-a");
    server.is_stopped_while(|_| {
        client.sends("철수");
        client.half_closes();
    });
    client.expects("환영합니다: 철수 (1명)\n");
    server.prints_a_line();
    scene.end_here();
}

#[test]
fn passes_a_line_on_to_everybody_else() {
    chat::passes_a_line_on_to_everybody_else(scene!(step 4));
}

#[test]
fn passes_no_control_characters_on() {
    chat::passes_no_control_characters_on(scene!(step 4));
}

#[test]
fn reads_all_that_came_at_once() {
    let (scene, _server, mut a, mut b) = two_members(scene!(step 4));
    a.sends(&lines("", 100));
    b.expects(&lines("철수: ", 100));
    b.sends("다 들었어요\n");
    hear("영희: 다 들었어요", [&mut a]);
    scene.end();
}

#[test]
fn holds_nobody_up_for_a_member_that_does_not_read() {
    chat::holds_nobody_up_for_a_member_that_does_not_read(scene!(step 5));
}

#[test]
fn sends_a_slow_reader_everything_in_its_order() {
    let (scene, _server, [mut a, mut slow, mut c]) = three_members_one_slow(scene!(step 5));
    a.sends(&(lines("1", MANY / 2) + &lines("2", MANY / 2)));
    let all = lines("철수: 1", MANY / 2) + &lines("철수: 2", MANY / 2);
    c.expects(&all);
    slow.expects(&all);
    c.sends("들려요?\n");
    hear("민수: 들려요?", [&mut a, &mut slow]);
    scene.end_here();
}

#[test]
fn rests_while_a_line_waits_to_be_sent() {
    let scene = scene!(step 5);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server, [mut a, _silent, mut c]) = three_members_one_slow(scene);
    a.sends(&lines("", MANY));
    c.expects(&lines("철수: ", MANY));
    server.rests();
    scene.end_here();
}

#[test]
fn rests_when_all_is_sent() {
    let scene = scene!(step 5);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let (scene, mut server, mut a, mut b) = two_members(scene);
    a.sends("안녕\n");
    hear("철수: 안녕", [&mut b]);
    server.rests_for_good();
    scene.end_here();
}

#[test]
fn lets_nobody_have_the_name_of_another() {
    chat::lets_nobody_have_the_name_of_another(scene!(step 6));
}

#[test]
fn takes_no_name_that_is_empty_or_too_long() {
    chat::takes_no_name_that_is_empty_or_too_long(scene!(step 6));
}

#[test]
fn takes_no_name_with_control_characters() {
    chat::takes_no_name_with_control_characters(scene!(step 6));
}

#[test]
fn tells_the_others_who_leaves() {
    chat::tells_the_others_who_leaves(scene!(step 6));
}

#[test]
fn tells_the_others_who_breaks_off() {
    chat::tells_the_others_who_breaks_off(scene!(step 6));
}

#[test]
fn passes_on_a_last_line_without_its_newline() {
    chat::passes_on_a_last_line_without_its_newline(scene!(step 6));
}

#[test]
fn gives_the_places_of_those_who_left_to_others() {
    chat::gives_the_places_of_those_who_left_to_others(scene!(step 6));
}

#[test]
fn sends_what_is_left_to_who_has_finished() {
    chat::sends_what_is_left_to_who_has_finished(scene!(step 6));
}

#[test]
fn lets_go_whose_line_is_too_long() {
    chat::lets_go_whose_line_is_too_long(scene!(step 6));
}

#[test]
fn lets_go_whose_line_is_not_text() {
    chat::lets_go_whose_line_is_not_text(scene!(step 6));
}

#[test]
fn lets_go_whose_queue_is_full() {
    chat::lets_go_whose_queue_is_full(scene!(step 6));
}

#[test]
fn keeps_nothing_of_those_who_are_gone() {
    chat::keeps_nothing_of_those_who_are_gone(scene!(step 6));
}

/// 끊긴 사람에게 보내던 중이라, 그 이벤트는 이미 기다리고 있습니다.
/// The server is sending to who breaks off, and that event waits already.
#[test]
fn forgets_whom_it_was_sending_to() {
    let (scene, mut server, mut a, mut b) = two_members_one_slow(scene!(step 6));
    a.sends(&lines("", MANY));
    b.resets();
    hear("영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    a.half_closes();
    a.expects_the_end();
    server.prints_a_line();
    let mut c = member(&mut server, "client-c", "영희", 1);
    let mut d = member(&mut server, "client-d", "철수", 2);
    hear("철수님이 들어왔습니다", [&mut c]);
    d.sends("들려요?\n");
    hear("철수: 들려요?", [&mut c]);
    scene.end_here();
}
