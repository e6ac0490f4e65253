//! 서버가 시작하고, 자리를 주고, 이름을 말한 손님을 들여보냅니다.
//! The server starts, gives places, and lets in who tells a name.

use super::{LINE, a_server, asked, is_asked, is_refused, member};
use probe::{Peer, Program, Scene, Sight};

/// 한 번에 이만큼만 연결되어 있습니다. / No more than this many are connected at once.
const CLIENTS: usize = 8;

/// 될 수 없는 수로는 시작하지 않고, 될 수 있는 가장 큰 수로는 시작합니다.
/// It does not start by what is not a number of clients, and it does by the greatest that is one.
pub fn takes_no_other_number_of_clients(mut scene: Scene) {
    for number in ["0", "100001", "-1", "여덟", ""] {
        let mut server = scene.program(&["127.0.0.1:0", number]);
        server.ends_with_an_error();
        server.complained();
    }
    scene.server_with(&["100000"]);
    scene.end();
}

pub fn says_why_it_cannot_listen(mut scene: Scene) {
    let other = scene.port_in_use("other");
    for address in [&other.address().to_string(), "127.0.0.1:포트"] {
        let mut server = scene.program(&[address]);
        server.ends_with_an_error();
        server.complained();
    }
    scene.end();
}

pub fn asks_a_second_client_while_the_first_is_silent(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _silent = asked(&mut server, "client-a");
    asked(&mut server, "client-b");
    server.is_typed("");
    server.ends();
    scene.end();
}

/// 입력이 끝난 것은 Enter가 아닙니다. / The end of the input is not Enter.
pub fn goes_on_when_nobody_can_type_any_more(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    server.is_typed_the_end();
    server.comes_to_rest();
    asked(&mut server, "client-a");
    scene.end_here();
}

/// 파일 디스크립터가 없어 받지 못한 손님을, 생기면 받습니다. / Who could not be accepted for want of
/// a file descriptor is, once there is one.
pub fn accepts_again_after_it_has_failed(scene: Scene) {
    if scene.skipped_without(Sight::NoDescriptorLeft) {
        return;
    }
    let (scene, mut server) = a_server(scene);
    server.comes_to_rest();
    let client = server.client_without_a_descriptor("client-a");
    is_asked(client);
    scene.end_here();
}

/// 두 서버가, 하나는 자리 하나로, 하나는 열로. / Two servers, one with one place, one with ten.
pub fn has_as_many_places_as_it_is_told(mut scene: Scene) {
    for (server, places) in [("a", 1), ("b", 10)] {
        let mut program = scene.server_with(&[&places.to_string()]);
        let names = (1..=places).map(|number| format!("client-{server}{number}"));
        let _clients: Vec<_> = names.map(|name| asked(&mut program, &name)).collect();
        let one_too_many = program.client(&format!("client-{server}{}", places + 1));
        is_refused(&mut program, one_too_many);
    }
    scene.end();
}

fn a_full_house(server: &mut Program) -> Vec<Peer> {
    let names = (1..=CLIENTS).map(|number| format!("client-{number}"));
    names.map(|name| asked(server, &name)).collect()
}

/// 돌려보낸 손님이 남아 있어도 다음 손님이 기다리지 않습니다: 마지막에 온 손님부터 봅니다.
/// Nobody waits for those who were turned away and stay: the last to come is looked at first.
pub fn turns_away_who_finds_no_place(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _clients = a_full_house(&mut server);
    let names = (CLIENTS + 1..=CLIENTS + 6).map(|number| format!("client-{number}"));
    let mut others: Vec<_> = names.map(|name| server.client(&name)).collect();
    for client in others.iter_mut().rev() {
        client.expects_the_end();
    }
    for mut client in others {
        client.leaves();
        server.prints_a_line();
    }
    scene.end();
}

/// 어떻게 떠났든 자리는 비어야 합니다. / However they leave, their places have to be free.
pub fn gives_the_places_of_those_who_left_to_others(mut scene: Scene) {
    if scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server();
    let mut clients = a_full_house(&mut server);
    let ends = server.ends_of(&clients[..4]);
    clients[0].leaves();
    server.prints_a_line();
    clients[1].sends("반쪽");
    clients[1].waits_until_it_is_read();
    clients[1].resets();
    server.prints_a_line();
    for rubbish in [b"\xff\xfe\n".to_vec(), b"x".repeat(60 * LINE)] {
        let mut client = clients.remove(2);
        client.sends(&rubbish);
        is_refused(&mut server, client);
    }
    server.lets_go_of(&ends);
    server.rests();
    let _others =
        ["client-9", "client-10", "client-11", "client-12"].map(|name| asked(&mut server, name));
    let last = server.client("client-13");
    is_refused(&mut server, last);
    scene.end();
}

pub fn welcomes_who_tells_a_name(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _first = member(&mut server, "client-a", "철수", 1);
    let mut second = asked(&mut server, "client-b");
    let name = "영희\r\n".as_bytes();
    second.sends_in_pieces(&[&name[..4], &name[4..7], &name[7..]]);
    second.expects("환영합니다: 영희 (2명)\n");
    server.prints_a_line();
    // 빈칸도 이름이고, FIN도 줄의 끝입니다. / Blanks belong to a name, and FIN ends a line, too.
    let mut third = asked(&mut server, "client-c");
    third.sends(" 민수 ");
    third.half_closes();
    third.expects("환영합니다:  민수  (3명)\n");
    server.prints_a_line();
    scene.end_here();
}

pub fn lets_nobody_have_the_name_of_another(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _first = member(&mut server, "client-a", "kim", 1);
    let mut second = asked(&mut server, "client-b");
    second.sends("kim\n");
    is_refused(&mut server, second);
    // 대소문자가 다르면 다른 이름입니다. / In capitals it is another name.
    member(&mut server, "client-c", "Kim", 2);
    scene.end_here();
}

/// 이 이름으로는 들어올 수 없고, 서버는 계속 맞이합니다. 자리보다 적게 옵니다: 모두 자리가 있습니다.
/// By these names nobody can join, and the server goes on; fewer come than there are places.
fn takes_none_of(names: &[&str], scene: Scene) -> (Scene, Program) {
    let (scene, mut server) = a_server(scene);
    for (index, name) in names.iter().enumerate() {
        let mut client = asked(&mut server, &format!("client-{}", index + 1));
        client.sends(&format!("{name}\n"));
        is_refused(&mut server, client);
    }
    (scene, server)
}

pub fn takes_no_name_that_is_empty_or_too_long(scene: Scene) {
    let long = "가".repeat(LINE / 3);
    let names = [
        "",
        "\r",
        "가나다라마바사아자차x",
        "가나다라마바사아자차카",
        &long,
    ];
    let (scene, mut server) = takes_none_of(&names, scene);
    let _blanks = member(&mut server, "client-y", "   ", 1);
    member(&mut server, "client-z", "가나다라마바사아자차", 2);
    scene.end_here();
}

pub fn takes_no_name_with_control_characters(scene: Scene) {
    let names = [
        "철\r수",
        "\u{1b}[2J철수",
        "철수\0",
        "철\u{85}수",
        "\t철수",
        "철수\u{7f}",
        "철수\r\r",
    ];
    let (scene, mut server) = takes_none_of(&names, scene);
    // 범위 바로 밖의 글자들: 물결표, 줄바꿈 없는 빈칸(U+00A0). / The characters right beside the ranges.
    member(&mut server, "client-z", "~철\u{a0}수", 1);
    scene.end_here();
}
