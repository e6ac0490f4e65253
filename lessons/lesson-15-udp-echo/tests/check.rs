//! 레슨 15의 시나리오. / The scenarios of lesson 15.

#[path = "../../echo/mod.rs"]
mod echo;

use echo::{
    A_BURST, BAD_WEATHER, PATIENT, QUICK, VERY_PATIENT, a_client_of, fails, has_asked,
    has_its_echo, is_not_fooled, still_echoes,
};
use probe::{Side, Sight, Wait, Weather, scene, timed};

#[test]
fn sends_each_datagram_back() {
    let mut scene = scene!(lesson "15", step 1);
    let server = scene.server();
    let mut first = scene.udp_peer("client-a");
    let mut second = scene.udp_peer("client-b");
    // 이더넷 프레임에는 들어가지 않습니다. / This fits into no frame of Ethernet.
    let long = "긴 글".repeat(3_000);
    // 번호는 클라이언트의 일입니다. / The numbers are the clients' business.
    for text in ["안녕", "", " 빈칸도 글자 \n", "2 둘", "1 하나", &long] {
        first.sends_to(&server, text);
        first.receives();
        second.sends_to(&server, text);
        second.receives();
    }
    scene.end();
}

#[test]
fn sends_back_what_is_no_text() {
    let mut scene = scene!(lesson "15", step 1);
    let mut server = scene.server();
    let mut client = scene.udp_peer("client-a");
    client.sends_bytes_to(&server, b"\xff\x00\xfe");
    client.receives();
    server.is_typed("");
    server.is_typed_the_end();
    server.goes_on();
    client.sends_to(&server, "아직 있어요");
    client.receives();
    scene.end();
}

/// 한꺼번에 온 것도, 따로 온 것도 바로 되돌아옵니다.
/// What comes at once comes back, and what comes alone does so without delay.
#[test]
fn sends_back_without_delay_and_without_loss() {
    timed!(lesson "15", step 1, of 1000 ms, |mut scene, _| {
        let server = scene.server();
        let mut client = scene.udp_peer("client-a");
        let before = scene.moment();
        client.sends_to(&server, "하나");
        client.receives_after(before, Wait::none(), &server);
        client.sends_again_to(&server, "여기요", A_BURST);
        for _ in 0..A_BURST {
            client.receives();
        }
        scene.end();
    });
}

#[test]
fn rests_while_nobody_writes() {
    let mut scene = scene!(lesson "15", step 1);
    if scene.skipped_without(Sight::Rest) || scene.skipped_without(Sight::StopSignal) {
        return;
    }
    let mut server = scene.server();
    server.rests_for_good();
    server.is_stopped_for_a_moment();
    still_echoes(&mut scene, &server);
    scene.end();
}

#[test]
fn does_not_take_the_port_of_another_copy() {
    let mut scene = scene!(lesson "15", step 1);
    let server = scene.server();
    let second = scene.second_copy_of(&server);
    fails(second);
    still_echoes(&mut scene, &server);
    scene.end();
}

/// 포트가 없으면 물을 곳이 없습니다. / Without a port there is nobody to ask.
#[test]
fn does_not_start_with_an_address_that_is_none() {
    let mut scene = scene!(lesson "15", step 2);
    let client = scene.client(&["127.0.0.1"]);
    fails(client);
    scene.end();
}

#[test]
fn knows_the_reply_to_its_request() {
    let mut scene = scene!(lesson "15", step 2);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, VERY_PATIENT);
    for (number, line) in (1..).zip([" 안녕  하세요 ", ""]) {
        has_its_echo(&mut client, &mut server, number, line);
    }
    scene.end_here();
}

#[test]
fn knows_numbers_of_two_digits() {
    let mut scene = scene!(lesson "15", step 2);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, VERY_PATIENT);
    let lines = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘";
    for (number, line) in (1..).zip(lines.split(' ')) {
        has_its_echo(&mut client, &mut server, number, line);
    }
    scene.end_here();
}

/// 답이 아닌 것만 오면, 몇 번 더 묻고 포기합니다. / If nothing but other things comes, it gives up.
#[test]
fn takes_nothing_else_for_the_reply() {
    let mut scene = scene!(lesson "15", step 2);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, "5");
    client.is_typed("하나");
    server.receives_from(&client);
    client.prints_a_line();
    // 요청보다 먼저 와 있으므로 늦는 일이 없습니다. / There before the request, it is never late.
    let others: [&[u8]; 6] = [
        b"2 \xff\xfe",
        "33 서른셋".as_bytes(),
        b"4",
        "다섯 5".as_bytes(),
        "+6 여섯".as_bytes(),
        "07 일곱".as_bytes(),
    ];
    for other in others {
        server.replies_with_bytes(other);
        client.is_typed("더");
        client.prints_a_line();
    }
    scene.end_here();
}

#[test]
fn ignores_a_stranger() {
    let mut scene = scene!(lesson "15", step 3);
    let (mut server, mut client) = has_asked(&mut scene, PATIENT);
    let stranger = scene.udp_peer("stranger");
    is_not_fooled(&mut client, &mut server, stranger);
    scene.end_here();
}

/// 포트가 같아도 주소가 다르면 다른 곳입니다. / The same port of another host is another place.
#[test]
fn ignores_a_stranger_with_the_port_of_the_server() {
    let mut scene = scene!(lesson "15", step 3);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    let (mut server, mut client) = has_asked(&mut scene, PATIENT);
    let stranger = scene.udp_peer_on_the_port_of(&server, "stranger");
    is_not_fooled(&mut client, &mut server, stranger);
    scene.end_here();
}

#[test]
fn ignores_what_is_no_reply() {
    let mut scene = scene!(lesson "15", step 3);
    let (mut server, mut client) = has_asked(&mut scene, PATIENT);
    server.replies("");
    server.replies("12 열두 번째 답");
    server.replies_with_bytes(b"1 \xff\xfe");
    server.replies("번호가-없는-답");
    server.replies("하나 번호가 글자인 답");
    server.replies("1 안녕");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn takes_the_reply_however_many_others_came_before_it() {
    let mut scene = scene!(lesson "15", step 3);
    let (mut server, mut client) = has_asked(&mut scene, PATIENT);
    server.replies_again("2 둘의 답", 3 * A_BURST);
    server.replies("1  안\n녕 \n");
    for _ in 0..3 {
        client.prints_a_line();
    }
    scene.end_here();
}

#[test]
fn does_not_ask_again_because_of_others() {
    let mut scene = scene!(lesson "15", step 3);
    let mut server = scene.udp_peer("server-a");
    let mut stranger = scene.udp_peer("stranger");
    let mut client = a_client_of(&mut scene, &server, PATIENT);
    for line in ["안녕", "둘"] {
        client.is_typed(line);
    }
    client.is_typed_the_end();
    server.receives_from(&client);
    stranger.replies_in_place_of(&server, "1 속았지");
    for _ in 0..4 {
        server.replies("2 둘의 답");
    }
    server.hears_nothing();
    server.replies(&format!("1 {}", "긴 답".repeat(200)));
    client.prints_a_line();
    server.receives();
    server.replies("2 둘");
    client.prints_a_line();
    client.ends();
    scene.end();
}

#[test]
fn takes_a_reply_that_comes_twice_once() {
    let mut scene = scene!(lesson "15", step 3);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, PATIENT);
    client.is_typed("하나");
    server.receives_from(&client);
    server.replies("1 하나");
    server.replies("1 하나");
    client.prints_a_line();
    client.is_typed("둘");
    server.receives_from(&client);
    server.replies("2 둘");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn asks_again_when_no_reply_comes() {
    let mut scene = scene!(lesson "15", step 4);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, "50");
    client.is_typed("안녕");
    for _ in 0..4 {
        server.receives_from(&client);
    }
    server.replies("1 안녕");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn asks_again_though_a_stranger_goes_on_sending() {
    timed!(lesson "15", step 4, from 60 ms, |mut scene, wait| {
        let mut server = scene.udp_peer("server-a");
        let stranger = scene.udp_peer("stranger");
        let mut client = a_client_of(&mut scene, &server, &wait.as_millis().to_string());
        client.is_typed("안녕");
        let asked = server.receives_from(&client);
        server.receives_in_spite_of(&stranger, "1 속았지", asked, Wait::of(wait), &client);
        server.replies("1 안녕");
        client.prints_a_line();
        scene.end_here();
    });
}

#[test]
fn goes_on_asking_while_nobody_is_there() {
    let mut scene = scene!(lesson "15", step 4);
    if scene.skipped_without(Sight::PortClosedForAWhile) {
        return;
    }
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, "60");
    has_its_echo(&mut client, &mut server, 1, "하나");
    server.goes_away();
    client.is_typed("둘");
    client.is_past_its_input();
    server.comes_back();
    server.receives();
    server.replies("2 둘");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn waits_twice_as_long_each_time_and_gives_up() {
    timed!(lesson "15", step 4, from 40 ms, |mut scene, wait| {
        let mut server = scene.udp_peer("server-a");
        let mut client = a_client_of(&mut scene, &server, &wait.as_millis().to_string());
        client.is_typed("안녕");
        let mut asked = server.receives_from(&client);
        for waits in [1, 2, 4] {
            asked = server.receives_after(asked, Wait::of(wait * waits), &client);
        }
        client.prints_a_line_after(asked, Wait::of(wait * 8));
        // 포기한 다음에도, 다시 물어 답을 받은 다음에도, 처음의 기다림부터입니다.
        // After it gave up, and after it asked again and was answered, the wait is the first again.
        for (number, line) in [(2, "둘"), (3, "셋")] {
            client.is_typed(line);
            let asked = server.receives_from(&client);
            server.receives_after(asked, Wait::of(wait), &client);
            server.replies(&format!("{number} {line}"));
            client.prints_a_line();
        }
        client.is_typed_the_end();
        client.ends();
        scene.end();
    });
}

/// 처음 보내기 전에는 기다릴 것이 없습니다. / There is nothing to wait for before the first request.
#[test]
fn asks_at_once() {
    timed!(lesson "15", step 4, of 1000 ms, |mut scene, _| {
        if scene.skipped_without(Sight::WaitingForInput) {
            return;
        }
        let mut server = scene.udp_peer("server-a");
        // 곧바로보다 훨씬 길고, 검사의 기다림보다 짧게. / Far from at once, and shorter than the check waits.
        let mut client = a_client_of(&mut scene, &server, "3500");
        for (number, line) in (1..).zip(["하나", "둘"]) {
            client.waits_for_its_input();
            let typed = client.is_typed(line);
            server.receives_after(typed, Wait::none(), &client);
            server.replies(&format!("{number} {line}"));
            client.prints_a_line_after(scene.moment(), Wait::none());
        }
        scene.end_here();
    });
}

#[test]
fn takes_no_late_reply_for_the_next_one() {
    let mut scene = scene!(lesson "15", step 4);
    let mut server = scene.udp_peer("server-a");
    let mut client = a_client_of(&mut scene, &server, QUICK);
    client.is_typed("하나");
    for _ in 0..4 {
        server.receives_from(&client);
    }
    client.prints_a_line();
    client.is_typed("둘");
    server.receives_from(&client);
    server.replies("1 하나");
    server.replies("2 둘");
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn get_through_a_network_that_loses() {
    let mut scene = scene!(lesson "15", step 4).with_both_programs();
    let server = scene.server();
    let mut middle = scene.udp_middle(&server);
    let mut client = scene.client(&[&middle.address().to_string(), "100"]);
    client.is_typed("안녕");
    middle.takes_from(Side::Client);
    middle.loses_what_is_for(Side::Server);
    middle.carries_from(Side::Client);
    middle.takes_from(Side::Server);
    middle.passes_on_to(Side::Client);
    client.prints_a_line();
    scene.end_here();
}

#[test]
fn get_through_a_network_that_doubles_and_reorders() {
    let mut scene = scene!(lesson "15", step 4).with_both_programs();
    let server = scene.server();
    let mut middle = scene.udp_middle(&server);
    let mut client = scene.client(&[&middle.address().to_string(), PATIENT]);
    client.is_typed("하나");
    middle.takes_from(Side::Client);
    middle.passes_on_twice_to(Side::Server);
    middle.takes_from(Side::Server);
    middle.takes_from(Side::Server);
    middle.passes_on_to(Side::Client);
    client.prints_a_line();
    client.is_typed("둘");
    middle.carries_from(Side::Client);
    middle.takes_from(Side::Server);
    middle.passes_the_youngest_on_to(Side::Client);
    middle.passes_on_to(Side::Client);
    client.prints_a_line();
    client.is_typed("셋");
    middle.carries_from(Side::Client);
    middle.carries_from(Side::Server);
    client.prints_a_line();
    scene.end();
}

#[test]
fn get_through_bad_weather() {
    let mut scene = scene!(lesson "15", step 4).with_both_programs();
    let server = scene.server();
    let network = scene.network(&server, Weather::of_seed(BAD_WEATHER));
    let mut client = scene.client(&[&network.address().to_string(), "40"]);
    for line in ["하나", "둘", "셋"] {
        client.is_typed(line);
        client.prints_a_line();
    }
    scene.end_here();
}
