//! 레슨 20의 시나리오. / The scenarios of lesson 20.

#[path = "../../chat/mod.rs"]
mod chat;

use chat::{MANY, a_server, asked, hear, is_refused, joins, lines, member, says_too_much};
use chat::{three_members, three_members_one_slow, two_members};
use probe::{Sight, scene};

/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;

#[test]
fn asks_a_second_client_while_the_first_is_silent() {
    chat::asks_a_second_client_while_the_first_is_silent(scene!(step 1));
}

#[test]
fn turns_away_who_finds_no_place() {
    chat::turns_away_who_finds_no_place(scene!(step 1));
}

/// 기다리기만 하는 서버는 CPU를 쓰지 않습니다. / A server that only waits uses no CPU.
#[test]
fn rests_while_nobody_says_anything() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    server.rests();
    let _silent = asked(&mut server, "client-a");
    server.rests();
    scene.end();
}

#[test]
fn goes_on_when_nobody_can_type_any_more() {
    chat::goes_on_when_nobody_can_type_any_more(scene!(step 1));
}

#[test]
fn has_as_many_places_as_it_is_told() {
    chat::has_as_many_places_as_it_is_told(scene!(step 1));
}

#[test]
fn accepts_again_after_it_has_failed() {
    chat::accepts_again_after_it_has_failed(scene!(step 1));
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
fn gives_the_places_of_those_who_left_to_others() {
    chat::gives_the_places_of_those_who_left_to_others(scene!(step 2));
}

#[test]
fn notices_who_leaves_without_a_name() {
    let (scene, mut server) = a_server(scene!(step 2));
    let mut first = asked(&mut server, "client-a");
    first.half_closes();
    first.expects_the_end();
    server.prints_a_line();
    asked(&mut server, "client-b").resets();
    server.prints_a_line();
    scene.end();
}

#[test]
fn turns_away_whose_first_line_is_none() {
    let (scene, mut server) = a_server(scene!(step 2));
    for (name, rubbish) in [
        ("client-a", "x".repeat(LINE + 2).as_bytes()),
        ("client-b", b"\xed\x95\n"),
    ] {
        let mut client = asked(&mut server, name);
        client.sends(rubbish);
        is_refused(&mut server, client);
    }
    scene.end();
}

/// 태스크의 실패는 stderr에서 누구의 것인지 알 수 있습니다. / Whose task has failed, is said on stderr.
#[test]
fn says_on_stderr_who_broke_off() {
    let (scene, mut server) = a_server(scene!(step 2));
    let mut client = asked(&mut server, "client-a");
    client.resets();
    server.prints_a_line();
    server.complains_about(&client.address().to_string());
    asked(&mut server, "client-b");
    scene.end_here();
}

#[test]
fn welcomes_who_tells_a_name() {
    chat::welcomes_who_tells_a_name(scene!(step 3));
}

#[test]
fn lets_nobody_have_the_name_of_another() {
    chat::lets_nobody_have_the_name_of_another(scene!(step 3));
}

#[test]
fn takes_no_name_that_is_empty_or_too_long() {
    chat::takes_no_name_that_is_empty_or_too_long(scene!(step 3));
}

#[test]
fn takes_no_name_with_control_characters() {
    chat::takes_no_name_with_control_characters(scene!(step 3));
}

#[test]
fn tells_the_others_who_joins() {
    let (scene, ..) = three_members(scene!(step 4));
    scene.end();
}

#[test]
fn passes_a_line_on_to_everybody_else() {
    chat::passes_a_line_on_to_everybody_else(scene!(step 5));
}

#[test]
fn passes_no_control_characters_on() {
    chat::passes_no_control_characters_on(scene!(step 5));
}

/// 반 줄을 읽은 다음 다른 일을 하고, 나머지를 읽습니다. / Half a line is read, then something else done, then the rest.
#[test]
fn loses_nothing_of_half_a_line() {
    let (scene, _server, mut a, mut b) = two_members(scene!(step 5));
    let line = "안녕하세요\n".as_bytes();
    for end in [4, 9] {
        a.sends(&line[..end]);
        a.waits_until_it_is_read();
        b.sends("듣고 있어요\n");
        hear("영희: 듣고 있어요", [&mut a]);
        a.sends(&line[end..]);
        hear("철수: 안녕하세요", [&mut b]);
    }
    scene.end();
}

#[test]
fn holds_nobody_up_for_a_member_that_does_not_read() {
    chat::holds_nobody_up_for_a_member_that_does_not_read(scene!(step 5));
}

/// 쓰다가 막힌 사람이 말을 하고, 나중에 읽습니다. / A member to whom a write is stuck speaks, and reads later.
#[test]
fn loses_nothing_of_what_waits_to_be_sent() {
    let (scene, _server, [mut a, mut late, mut c]) = three_members_one_slow(scene!(step 5));
    let all = lines("철수: ", MANY);
    a.sends(&lines("", MANY));
    c.expects(&all);
    for _ in 0..3 {
        late.sends("아직 안 읽었어요\n");
        hear("영희: 아직 안 읽었어요", [&mut a, &mut c]);
    }
    late.expects(&all);
    scene.end();
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

/// 쓰다가 막힌 태스크가 취소되면 이름도 자리도 빕니다. / Where a task is cancelled in a write, name and place are free.
#[test]
fn frees_name_and_place_of_who_is_cut_off() {
    let mut scene = scene!(step 6);
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server_with(&["2"]);
    let mut a = member(&mut server, "client-a", "철수", 1);
    let silent = server.client_with_little_room("client-b");
    let silent = joins(&mut server, silent, "영희", 2);
    hear("영희님이 들어왔습니다", [&mut a]);
    says_too_much(&mut a);
    hear("영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    server.complains_about(&silent.address().to_string());
    a.half_closes();
    a.expects_the_end();
    server.prints_a_line();
    server.rests();
    let mut b = member(&mut server, "client-c", "영희", 1);
    let mut d = member(&mut server, "client-d", "철수", 2);
    hear("철수님이 들어왔습니다", [&mut b]);
    d.resets();
    hear("철수님이 나갔습니다", [&mut b]);
    server.prints_a_line();
    server.complains_about(&d.address().to_string());
    scene.end_here();
}

#[test]
fn keeps_nothing_of_those_who_are_gone() {
    chat::keeps_nothing_of_those_who_are_gone(scene!(step 6));
}
