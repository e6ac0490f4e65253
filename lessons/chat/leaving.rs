//! 사람들이 떠나고, 끊기고, 내보내집니다. / Members leave, break off, and are let go.

use super::{LINE, asked, hear, is_refused, lines, member, says_too_much};
use super::{three_members, three_members_one_slow, two_members, two_members_one_slow};
use probe::{Peer, Program, Scene, Sight};

/// 한 사람에게 보낼 줄은 이만큼까지 기다립니다. / So many lines may wait to be sent to one member.
const QUEUE: usize = 10_000;

/// 나간 영희의 이름으로 다른 사람이 들어옵니다. / Somebody else joins by the name of who has left.
fn has_a_free_name(server: &mut Program, client: &str, other: &mut Peer) -> Peer {
    let client = member(server, client, "영희", 2);
    hear("영희님이 들어왔습니다", [other]);
    client
}

/// 있는 동안에는 이름도, 들을 말도 그 사람의 것입니다.
/// As long as a member is there, its name is its own, and so is what it is to hear.
pub fn tells_the_others_who_leaves(scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    // 이름을 말하지 않은 손님은 세지 않습니다. / Who has told no name is not counted.
    let _nameless = asked(&mut server, "client-c");
    let mut same = asked(&mut server, "client-d");
    same.sends("영희\n");
    is_refused(&mut server, same);
    a.sends("들려요?\n");
    hear("철수: 들려요?", [&mut b]);
    b.half_closes();
    b.expects_the_end();
    hear("영희님이 나갔습니다", [&mut a]);
    server.prints_a_line();
    let _another = has_a_free_name(&mut server, "client-e", &mut a);
    server.is_typed("그만");
    server.ends();
    scene.end_here();
}

/// FIN을 보낸 사람에게 남은 줄이 10,000개까지 있을 수 있고, 다른 사람들은 그것을 기다리지 않습니다.
/// Up to 10,000 lines may be left for a member that has sent FIN, and nobody else waits for them.
pub fn sends_what_is_left_to_who_has_finished(scene: Scene) {
    let (scene, mut server, [mut a, mut b, mut c]) = three_members_one_slow(scene);
    let numbers = |before: &str| -> String {
        let lines = (1..=QUEUE).map(|number| format!("{before}{number:05}\n"));
        lines.collect()
    };
    a.sends(&numbers(""));
    let all = numbers("철수: ");
    c.expects(&all);
    server.comes_to_rest();
    b.half_closes();
    hear("영희님이 나갔습니다", [&mut a, &mut c]);
    server.prints_a_line();
    b.expects(&all);
    b.expects_the_end();
    scene.end();
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

/// 영희가 이렇게 보내면 내보냅니다. 같은 이름으로 다시 들어온 사람이 저렇게 보내도.
/// The second member is let go when it sends so; and who joins by its name, when it sends otherwise.
fn lets_go_who(sends: [fn(&mut Peer); 2], scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    // 제한과 같은 길이의 줄. CR과 LF가 따로 옵니다. / As long as may be; CR and LF come apart.
    let longest = format!("{}x", "가".repeat(LINE / 3));
    let line = format!("{longest}\r\n").into_bytes();
    b.sends_in_pieces(&[&line[..=LINE], &line[LINE + 1..]]);
    hear(&format!("영희: {longest}"), [&mut a]);
    for (sends, next) in sends.into_iter().zip(["client-c", "client-d"]) {
        sends(&mut b);
        is_refused(&mut server, b);
        hear("영희님이 나갔습니다", [&mut a]);
        b = has_a_free_name(&mut server, next, &mut a);
    }
    scene.end_here();
}

/// 제어 문자까지 1,025바이트이고 뒤에 많이 더 오는 줄, 그리고 LF가 오지 않는 줄.
/// A line of 1,025 bytes with its control character, and much behind it; and one without LF.
pub fn lets_go_whose_line_is_too_long(scene: Scene) {
    let with_much_behind_it = |client: &mut Peer| {
        let line = format!("{}x\t\n", "가".repeat(LINE / 3));
        client.sends(&(line + &lines("", 60)));
    };
    let without_its_end = |client: &mut Peer| client.sends(&"x".repeat(LINE + 2));
    lets_go_who([with_much_behind_it, without_its_end], scene);
}

/// 한 줄, 그리고 FIN으로 끝나는 줄. / A line, and one that FIN ends.
pub fn lets_go_whose_line_is_not_text(scene: Scene) {
    let a_line = |client: &mut Peer| client.sends(b"\xed\x95\n");
    let the_last = |client: &mut Peer| {
        client.sends(b"\xed\x95");
        client.half_closes();
    };
    lets_go_who([a_line, the_last], scene);
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

/// 자리는 둘이고 하나에는 영희가 남아 있으므로, 모두 하나 남은 자리를 씁니다.
/// Of two places one is a member's that stays, so that all have to use the other.
pub fn keeps_nothing_of_those_who_are_gone(mut scene: Scene) {
    if scene.skipped_without(Sight::HeldSockets) || scene.skipped_without(Sight::Rest) {
        return;
    }
    let mut server = scene.server_with(&["2"]);
    let mut stays = member(&mut server, "client-a", "영희", 1);
    let gone = |server: &mut Program, ends| {
        server.lets_go_of(&ends);
        server.rests();
    };
    for (name, ends) in [
        ("client-b", Peer::leaves as fn(&mut Peer)),
        ("client-c", Peer::resets),
        ("client-d", |client| {
            client.sends(b"\xff\n");
            client.expects_the_end();
            client.leaves();
        }),
    ] {
        let mut client = member(&mut server, name, "철수", 2);
        hear("철수님이 들어왔습니다", [&mut stays]);
        let connection = server.ends_of([&client]);
        ends(&mut client);
        hear("철수님이 나갔습니다", [&mut stays]);
        server.prints_a_line();
        drop(client);
        gone(&mut server, connection);
    }
    for (name, told) in [("client-e", "\n"), ("client-f", "영희\n")] {
        let mut client = asked(&mut server, name);
        let connection = server.ends_of([&client]);
        client.sends(told);
        is_refused(&mut server, client);
        gone(&mut server, connection);
    }
    let mut last = member(&mut server, "client-g", "철수", 2);
    hear("철수님이 들어왔습니다", [&mut stays]);
    let one_too_many = server.client("client-h");
    is_refused(&mut server, one_too_many);
    last.leaves();
    hear("철수님이 나갔습니다", [&mut stays]);
    server.prints_a_line();
    stays.leaves();
    server.prints_a_line();
    server.comes_to_hold(&["TCP"]);
    scene.end();
}
