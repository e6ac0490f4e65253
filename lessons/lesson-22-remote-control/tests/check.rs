//! 레슨 22의 시나리오. / The scenarios of lesson 22.

#[path = "../../http/mod.rs"]
mod http;
#[path = "../../remote/mod.rs"]
mod remote;

use http::{hears, hears_status};
use probe::{scene, timed};
use remote::unity_alone::{self, greets, leaves_each_who_sends, obeys, unity_and_its_server};
use remote::{
    a_server, asks, does, frame, gives, gives_many, is_not_kept, phones, post, posted, request,
    sees_the_page, unity,
};

#[test]
fn gives_each_command_an_id_of_its_own() {
    let (scene, mut server, _) = a_server(scene!(lesson "22", step 1));
    let [mut a, mut b] = ["phone-a", "phone-b"].map(|name| server.client(name));
    gives(&mut a, &mut server, "왼쪽");
    gives(&mut b, &mut server, "왼쪽");
    gives(&mut a, &mut server, "점프\r\n");
    for path in [
        "/commands",
        "/commands?after=2",
        "/commands?after=9",
        "/commands/3",
    ] {
        asks(&mut b, &server, path);
    }
    for id in ["4", "0", "18446744073709551617"] {
        is_not_kept(&mut b, &server, id);
    }
    server.is_typed("");
    server.ends();
    scene.end();
}

#[test]
fn takes_no_command_that_is_none() {
    phones::takes_no_command_that_is_none(scene!(lesson "22", step 1));
}

#[test]
fn reads_its_requests_as_a_server_of_http() {
    phones::reads_its_requests_as_a_server_of_http(scene!(lesson "22", step 1));
}

#[test]
fn says_why_it_cannot_listen() {
    remote::says_why_it_cannot_listen(scene!(lesson "22", step 1));
}

#[test]
fn refuses_one_more_than_may_wait() {
    let (scene, mut server, _) = a_server(scene!(lesson "22", step 1));
    let mut phone = server.client("phone-a");
    gives_many(&mut phone, &server, 100);
    phone.sends(&post(&server, "왼쪽"));
    hears_status(&mut phone, "POST", &[]);
    asks(&mut phone, &server, "/commands?after=100");
    asks(&mut phone, &server, "/commands/100");
    scene.end_here();
}

#[test]
fn shows_text_as_text() {
    let (scene, mut server, _) = a_server(scene!(lesson "22", step 2));
    let mut phone = server.client("phone-a");
    let commands = [
        "<b>\"굵게\"</b>",
        "it's & that",
        "&lt;",
        "\"",
        "it's",
        "1 & 2",
        "1 < 2",
        "2 > 1",
        "&#39;",
    ];
    for command in commands {
        gives(&mut phone, &mut server, command);
    }
    sees_the_page(&mut phone, &server);
    scene.end();
}

#[test]
fn shows_the_last_ten() {
    let (scene, mut server, _) = a_server(scene!(lesson "22", step 2));
    let mut phone = server.client("phone-a");
    for command in ["첫째", "둘째", "셋째"] {
        gives(&mut phone, &mut server, command);
    }
    gives_many(&mut phone, &server, 8);
    sees_the_page(&mut phone, &server);
    scene.end_here();
}

#[test]
fn turns_away_who_calls_it_by_a_name() {
    phones::turns_away_who_calls_it_by_a_name(scene!(lesson "22", step 3));
}

#[test]
fn turns_away_what_another_page_sends() {
    phones::turns_away_what_another_page_sends(scene!(lesson "22", step 3));
}

#[test]
fn turns_away_whatever_is_asked_for() {
    phones::turns_away_whatever_is_asked_for(scene!(lesson "22", step 3));
}

#[test]
fn serves_its_own_page_by_any_address() {
    let (scene, mut server, _) = a_server(scene!(lesson "22", step 3));
    let own = server.address();
    let (_, port) = own.rsplit_once(':').unwrap_or_default();
    let mut phone = server.client("phone-a");
    for name in ["127.0.0.1", "localhost", "192.168.0.7", "[::1]"] {
        let host = format!("{name}:{port}");
        let origin = format!("Origin: http://{host}\r\n");
        phone.sends(&request("POST /commands", &host, &origin, b"jump"));
        server.prints_a_line();
        hears(&mut phone, "POST", &[]);
    }
    let bytes = request(
        "POST /commands",
        &format!("LocalHost:{port}"),
        &format!("Origin: http://LocalHost:{port}\r\n"),
        b"jump",
    );
    phone.sends_message(&bytes, posted("LocalHost", "jump"));
    server.prints_a_line();
    hears(&mut phone, "POST", &[]);
    scene.end();
}

#[test]
fn accepts_again_after_it_has_failed() {
    remote::accepts_again_after_it_has_failed(scene!(lesson "22", step 4));
}

#[test]
fn answers_how_far_it_knows_unity_to_be() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 4));
    let mut phone = server.client("phone-a");
    for command in ["왼쪽", "점프", "오른쪽"] {
        gives(&mut phone, &mut server, command);
    }
    let _unity = unity(&mut door, "unity-a", 2, 2);
    server.prints_a_line();
    server.prints_a_line();
    for id in 1..=3 {
        asks(&mut phone, &server, &format!("/commands/{id}"));
    }
    scene.end_here();
}

#[test]
fn does_not_know_the_number_of_an_older_server() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 4));
    let mut phone = server.client("phone-a");
    gives(&mut phone, &mut server, "왼쪽");
    let mut older = unity(&mut door, "unity-a", 2, 0);
    asks(&mut phone, &server, "/commands/1");
    older.resets();
    server.prints_a_line();
    // 마지막으로 준 번호는 믿습니다. / The last one given out is believed.
    let _known = unity(&mut door, "unity-b", 1, 1);
    server.prints_a_line();
    asks(&mut phone, &server, "/commands/1");
    scene.end_here();
}

#[test]
fn gives_the_place_to_the_newcomer() {
    remote::gives_the_place_to_the_newcomer(scene!(lesson "22", step 4));
}

#[test]
fn pushes_what_waits_in_its_order() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 5));
    let mut phone = server.client("phone-a");
    for command in ["왼쪽", "점프", "오른쪽"] {
        gives(&mut phone, &mut server, command);
    }
    asks(&mut phone, &server, "/commands?after=0");
    sees_the_page(&mut phone, &server);
    let mut unity = unity(&mut door, "unity-a", 0, 0);
    unity.expects(&[frame("1 왼쪽"), frame("2 점프"), frame("3 오른쪽")].concat());
    scene.end();
}

#[test]
fn says_done_when_unity_says_so() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 5));
    let mut unity = unity(&mut door, "unity-a", 0, 0);
    let mut phone = server.client("phone-a");
    for (id, command) in [(1, "왼쪽"), (2, "점프")] {
        gives(&mut phone, &mut server, command);
        unity.expects(&frame(format!("{id} {command}")));
    }
    asks(&mut phone, &server, "/commands/1");
    does(&mut unity, &mut server, 2);
    server.prints_a_line();
    asks(&mut phone, &server, "/commands/1");
    sees_the_page(&mut phone, &server);
    // 다 한 것을 또 했다고 해도 괜찮습니다. / To say done again of what is done does no harm.
    unity.sends(&[frame("done 2"), frame("done 1")].concat());
    gives(&mut phone, &mut server, "오른쪽");
    unity.expects(&frame("3 오른쪽"));
    asks(&mut phone, &server, "/commands/3");
    scene.end();
}

#[test]
fn sends_again_what_was_not_acknowledged() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 5));
    let mut first = unity(&mut door, "unity-a", 0, 0);
    let mut phone = server.client("phone-a");
    for (id, command) in [(1, "왼쪽"), (2, "점프"), (3, "오른쪽")] {
        gives(&mut phone, &mut server, command);
        first.expects(&frame(format!("{id} {command}")));
    }
    does(&mut first, &mut server, 1);
    first.waits_until_it_is_read();
    first.resets();
    server.prints_a_line();
    asks(&mut phone, &server, "/commands/2");
    let mut second = unity(&mut door, "unity-b", 1, 1);
    second.expects(&[frame("2 점프"), frame("3 오른쪽")].concat());
    scene.end();
}

#[test]
fn pushes_to_the_newcomer_alone() {
    let (scene, mut server, mut door) = a_server(scene!(lesson "22", step 5));
    let mut first = unity(&mut door, "unity-a", 0, 0);
    let mut phone = server.client("phone-a");
    gives(&mut phone, &mut server, "왼쪽");
    first.expects(&frame("1 왼쪽"));
    let mut second = unity(&mut door, "unity-b", 0, 0);
    second.expects(&frame("1 왼쪽"));
    first.expects_the_end();
    gives(&mut phone, &mut server, "점프");
    second.expects(&frame("2 점프"));
    scene.end();
}

#[test]
fn lets_go_of_whom_it_replaced() {
    remote::lets_go_of_whom_it_replaced(scene!(lesson "22", step 5));
}

#[test]
fn lets_go_who_sends_what_cannot_be_believed() {
    remote::lets_go_who_sends_what_cannot_be_believed(scene!(lesson "22", step 5));
}

#[test]
fn begins_behind_what_is_done() {
    remote::begins_behind_what_is_done(scene!(lesson "22", step 5));
}

#[test]
fn has_room_again_once_unity_has_done_some() {
    phones::has_room_again_once_unity_has_done_some(scene!(lesson "22", step 5));
}

#[test]
fn costs_nothing_while_nothing_waits() {
    remote::costs_nothing_while_nothing_waits(scene!(lesson "22", step 5));
}

#[test]
fn answers_phones_while_unity_does_not_read() {
    remote::answers_phones_while_unity_does_not_read(scene!(lesson "22", step 5));
}

#[test]
fn carries_out_what_comes_in_any_pieces() {
    unity_alone::carries_out_what_comes_in_any_pieces(scene!(lesson "22", step 6));
}

#[test]
fn carries_a_repeated_command_out_once() {
    let (scene, mut unity, mut server) = unity_and_its_server(scene!(lesson "22", step 6));
    let mut server = greets(&mut server, &mut unity, 0, 0);
    obeys(&mut unity, &mut server, 1, "왼쪽");
    server.sends(&[frame("1 왼쪽"), frame("2 점프")].concat());
    unity.prints_a_line();
    server.expects(&[frame("done 1"), frame("done 2")].concat());
    scene.end();
}

#[test]
fn takes_ids_as_they_are() {
    unity_alone::takes_ids_as_they_are(scene!(lesson "22", step 6));
}

#[test]
fn comes_back_and_says_how_far_it_has_come() {
    unity_alone::comes_back_and_says_how_far_it_has_come(scene!(lesson "22", step 6));
}

#[test]
fn counts_anew_with_a_server_that_does() {
    unity_alone::counts_anew_with_a_server_that_does(scene!(lesson "22", step 6));
}

#[test]
fn tells_a_loss_once_and_keeps_trying() {
    unity_alone::tells_a_loss_once_and_keeps_trying(scene!(lesson "22", step 6));
}

#[test]
fn costs_nothing_while_it_waits() {
    unity_alone::costs_nothing_while_it_waits(scene!(lesson "22", step 6));
}

#[test]
fn leaves_a_server_whose_frame_is_too_long() {
    leaves_each_who_sends(&[1025_u32.to_be_bytes()], scene!(lesson "22", step 6));
}

#[test]
fn leaves_a_server_that_sends_no_command() {
    let frames = [frame("둘 점프"), frame("-2 점프"), frame("점프")];
    leaves_each_who_sends(&frames, scene!(lesson "22", step 6));
}

#[test]
fn leaves_a_server_that_sends_no_text() {
    leaves_each_who_sends(&[frame(b"2 \xff")], scene!(lesson "22", step 6));
}

#[test]
fn leaves_a_server_that_answers_something_else() {
    unity_alone::leaves_a_server_that_answers_something_else(scene!(lesson "22", step 6));
}

#[test]
fn pauses_twice_as_long_each_time() {
    timed!(lesson "22", step 6, of 100 ms, |scene, _| {
        unity_alone::pauses_twice_as_long_each_time(scene);
    });
}

#[test]
fn moves_unity_from_the_phone() {
    let (mut scene, mut server, door) = a_server(scene!(lesson "22", step 6).with_both_programs());
    let mut unity = scene.client(&[&door.address()]);
    unity.prints_a_line();
    server.prints_a_line();
    let mut phone = server.client("phone-a");
    for command in ["왼쪽", "점프"] {
        gives(&mut phone, &mut server, command);
        unity.prints_a_line();
        server.prints_a_line();
    }
    sees_the_page(&mut phone, &server);
    unity.is_typed("");
    unity.ends();
    server.prints_a_line();
    server.is_typed("");
    server.ends();
    scene.end();
}

/// 한 일과 했다는 말 사이에서 끊깁니다. / Cut between what was done and the word that it was.
#[test]
fn carries_out_once_what_was_cut_before_its_acknowledgement() {
    remote::carries_out_once_what_was_cut_before_its_acknowledgement(scene!(lesson "22", step 6));
}
