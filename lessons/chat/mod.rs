//! 레슨 17, 19, 20의 채팅 서버가 함께 가진 시나리오. 밖에서 보면 같은 서버입니다.
//! The scenarios that the chat servers of lessons 17, 19 and 20 share: seen from outside, they
//! are one server. Each lesson's `tests/check.rs` tells them with a scene of its own.

use probe::{Peer, Program, Scene, Sight};

/// 한 번에 이만큼만 연결되어 있습니다. / No more than this many are connected at once.
const CLIENTS: usize = 8;
/// 줄은 줄 끝을 빼고 이보다 길 수 없습니다(바이트). / A line may not be longer, in bytes, without its end.
const LINE: usize = 1024;

/// 1,000바이트짜리 줄 3,000개: 읽지 않는 손님의 커널 버퍼에는 다 들어가지 않고, 큐에는 들어갑니다.
/// 3,000 lines of 1,000 bytes: more than the kernel takes for a client with little room that does
/// not read (Linux: 40 kB), and a queue takes them.
pub const MANY: usize = 3_000;

/// 1,000바이트짜리 줄 여럿. / Many lines of 1,000 bytes.
pub fn lines(beginning: &str, many: usize) -> String {
    format!("{beginning}{}\n", "x".repeat(1_000)).repeat(many)
}

/// 큐와 커널의 버퍼에 다 들어가지 않을 만큼 말하고, 서버가 다 읽습니다.
/// A member says more than a queue and the kernel's buffers take, and the server reads all of it.
pub fn says_too_much(member: &mut Peer) {
    member.sends(&format!("{}\n", "x".repeat(200)).repeat(16_000));
    member.waits_until_it_is_read();
}

/// 이름을 말하라는 말을 들은 손님. / A client that has been asked for its name.
pub fn asked(server: &mut Program, client: &str) -> Peer {
    let client = server.client(client);
    is_asked(client)
}

fn is_asked(mut client: Peer) -> Peer {
    client.expects("이름을 알려 주세요\n");
    client
}

/// `count`번째로 들어온 사람. / A member, who makes it `count`.
pub fn member(server: &mut Program, client: &str, name: &str, count: usize) -> Peer {
    let client = server.client(client);
    joins(server, client, name, count)
}

pub fn joins(server: &mut Program, client: Peer, name: &str, count: usize) -> Peer {
    let mut client = is_asked(client);
    client.sends(&format!("{name}\n"));
    client.expects(&format!("환영합니다: {name} ({count}명)\n"));
    server.prints_a_line();
    client
}

pub fn hear<const N: usize>(line: &str, members: [&mut Peer; N]) {
    let line = format!("{line}\n");
    members.into_iter().for_each(|member| member.expects(&line));
}

pub fn a_server(mut scene: Scene) -> (Scene, Program) {
    let server = scene.server();
    (scene, server)
}

/// 철수와 영희가 있습니다. / Two members are there.
pub fn two_members(scene: Scene) -> (Scene, Program, Peer, Peer) {
    two(scene, Program::client)
}

/// 읽지 않으면 영희에게 갈 것은 곧 서버에서 기다려야 합니다.
/// Two members, the second with little room: where it does not read, what is for it soon has to wait.
pub fn two_members_one_slow(scene: Scene) -> (Scene, Program, Peer, Peer) {
    two(scene, Program::client_with_little_room)
}

fn two(scene: Scene, comes: fn(&mut Program, &str) -> Peer) -> (Scene, Program, Peer, Peer) {
    let (scene, mut server) = a_server(scene);
    let mut first = member(&mut server, "client-a", "철수", 1);
    let second = comes(&mut server, "client-b");
    let second = joins(&mut server, second, "영희", 2);
    hear("영희님이 들어왔습니다", [&mut first]);
    (scene, server, first, second)
}

/// 그리고 민수. / And a third.
pub fn three_members(scene: Scene) -> (Scene, Program, [Peer; 3]) {
    and_a_third(two_members(scene))
}

/// 그리고 민수. / And a third.
pub fn three_members_one_slow(scene: Scene) -> (Scene, Program, [Peer; 3]) {
    and_a_third(two_members_one_slow(scene))
}

fn and_a_third(
    (scene, mut server, mut first, mut second): (Scene, Program, Peer, Peer),
) -> (Scene, Program, [Peer; 3]) {
    let third = member(&mut server, "client-c", "민수", 3);
    hear("민수님이 들어왔습니다", [&mut first, &mut second]);
    (scene, server, [first, second, third])
}

/// 손님이 이유를 듣고 닫힙니다. / The client is told why, and the connection is closed.
pub fn is_refused(server: &mut Program, mut client: Peer) {
    client.expects_the_end();
    client.leaves();
    server.prints_a_line();
}

pub fn asks_a_second_client_while_the_first_is_silent(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _silent = asked(&mut server, "client-a");
    asked(&mut server, "client-b");
    server.is_typed("");
    server.ends();
    scene.end();
}

fn a_full_house(server: &mut Program) -> Vec<Peer> {
    let names = (1..=CLIENTS).map(|number| format!("client-{number}"));
    names.map(|name| asked(server, &name)).collect()
}

pub fn turns_away_who_finds_no_place(scene: Scene) {
    let (scene, mut server) = a_server(scene);
    let _clients = a_full_house(&mut server);
    for name in ["client-9", "client-10"] {
        let client = server.client(name);
        is_refused(&mut server, client);
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
    clients[1].resets();
    server.prints_a_line();
    for rubbish in [b"\xff\xfe\n".to_vec(), b"x".repeat(2 * LINE)] {
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

/// 이 이름으로는 들어올 수 없고, 서버는 계속 맞이합니다. / By these names nobody can join; the server goes on.
fn takes_none_of(names: &[&str], scene: Scene) {
    let (scene, mut server) = a_server(scene);
    for (index, name) in names.iter().enumerate() {
        let mut client = asked(&mut server, &format!("client-{}", index + 1));
        client.sends(&format!("{name}\n"));
        is_refused(&mut server, client);
    }
    member(&mut server, "client-z", "가나다라마바사아자차", 1);
    scene.end_here();
}

pub fn takes_no_name_that_is_empty_or_too_long(scene: Scene) {
    let names = ["", "\r", "가나다라마바사아자차x", "가나다라마바사아자차카"];
    takes_none_of(&names, scene);
}

pub fn takes_no_name_with_control_characters(scene: Scene) {
    let names = ["철\r수", "\u{1b}[2J철수", "철수\0", "철\u{85}수"];
    takes_none_of(&names, scene);
}

pub fn passes_a_line_on_to_everybody_else(scene: Scene) {
    let (scene, _server, [mut a, mut b, mut c]) = three_members(scene);
    a.sends("안녕하세요\n");
    hear("철수: 안녕하세요", [&mut b, &mut c]);
    b.sends("\n");
    hear("영희: ", [&mut a, &mut c]);
    c.sends("하나\n둘\n셋");
    hear("민수: 하나\n민수: 둘", [&mut a, &mut b]);
    c.sends("\n");
    hear("민수: 셋", [&mut a, &mut b]);
    scene.end();
}

pub fn passes_no_control_characters_on(scene: Scene) {
    let (scene, _server, mut a, mut b) = two_members(scene);
    a.sends("안\t녕\u{1b}[2J\u{7}\r\u{9b}!\n");
    hear("철수: 안녕[2J!", [&mut b]);
    scene.end();
}

pub fn holds_nobody_up_for_a_member_that_does_not_read(scene: Scene) {
    let (scene, _server, [mut a, mut silent, mut c]) = three_members_one_slow(scene);
    a.sends(&lines("", MANY));
    c.expects(&lines("철수: ", MANY));
    c.sends("잘 들려요\n");
    hear("민수: 잘 들려요", [&mut a]);
    silent.sends("저는 읽지 않아요\n");
    hear("영희: 저는 읽지 않아요", [&mut a, &mut c]);
    scene.end_here();
}

/// 나간 영희의 이름으로 다른 사람이 들어옵니다. / Somebody else joins by the name of who has left.
fn has_a_free_name(server: &mut Program, other: &mut Peer) {
    member(server, "client-c", "영희", 2);
    hear("영희님이 들어왔습니다", [other]);
}

pub fn tells_the_others_who_leaves(scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    b.half_closes();
    b.expects_the_end();
    hear("영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    has_a_free_name(&mut server, &mut a);
    scene.end_here();
}

pub fn tells_the_others_who_breaks_off(scene: Scene) {
    let (scene, mut server, [mut a, mut b, mut c]) = three_members(scene);
    b.sends("반쪽");
    b.waits_until_it_is_read();
    b.resets();
    hear("영희님이 나갔습니다", [&mut a, &mut c]);
    server.prints_a_line();
    a.sends("들려요?\n");
    hear("철수: 들려요?", [&mut c]);
    member(&mut server, "client-d", "영희", 3);
    hear("영희님이 들어왔습니다", [&mut a, &mut c]);
    scene.end_here();
}

pub fn passes_on_a_last_line_without_its_newline(scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    b.sends("그럼\n이만");
    b.half_closes();
    hear("영희: 그럼\n영희: 이만\n영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    b.expects_the_end();
    scene.end();
}

/// 영희가 이 바이트를 보내면 내보냅니다. / When the second member sends these bytes, it is let go.
fn lets_go_who_sends(bytes: &[u8], scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    let longest = "x".repeat(LINE);
    b.sends(&format!("{longest}\r\n"));
    hear(&format!("영희: {longest}"), [&mut a]);
    b.sends(bytes);
    is_refused(&mut server, b);
    hear("영희님이 나갔습니다", [&mut a]);
    has_a_free_name(&mut server, &mut a);
    scene.end_here();
}

pub fn lets_go_whose_line_is_too_long(scene: Scene) {
    let line = format!("{}\n", "x".repeat(LINE + 1));
    lets_go_who_sends(line.as_bytes(), scene);
}

pub fn lets_go_whose_line_is_not_text(scene: Scene) {
    lets_go_who_sends(b"\xed\x95\n", scene);
}

pub fn lets_go_whose_queue_is_full(scene: Scene) {
    let (scene, mut server, mut a, _silent) = two_members_one_slow(scene);
    says_too_much(&mut a);
    hear("영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    a.half_closes();
    a.expects_the_end();
    server.prints_a_line();
    member(&mut server, "client-c", "영희", 1);
    scene.end_here();
}

pub fn keeps_nothing_of_those_who_are_gone(mut scene: Scene) {
    if scene.skipped_without(Sight::HeldSockets) {
        return;
    }
    let mut server = scene.server();
    for name in ["client-a", "client-b", "client-c", "client-d", "client-e"] {
        member(&mut server, name, "철수", 1).leaves();
        server.prints_a_line();
        member(&mut server, name, "철수", 1).resets();
        server.prints_a_line();
        server.rests();
    }
    server.comes_to_hold(&["TCP"]);
    scene.end();
}
