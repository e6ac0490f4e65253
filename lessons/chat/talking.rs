//! 한 사람의 줄이 다른 모두에게 갑니다. / What one member says goes to all others.

use super::{MANY, asked, hear, lines, tells_its_name, three_members_one_slow, two_members};
use probe::Scene;

/// 이름이 다른 이름의 앞부분이고, 이름과 말이 한 조각으로 오고, 아직 이름이 없는 손님도 있습니다.
/// A name is the beginning of another, a name and lines come in one piece, and one has no name yet.
pub fn passes_a_line_on_to_everybody_else(scene: Scene) {
    let (scene, mut server, mut a, mut b) = two_members(scene);
    let nameless = asked(&mut server, "client-c");
    let mut d = asked(&mut server, "client-d");
    d.sends("철\n하나\n\n셋");
    d.expects("환영합니다: 철 (3명)\n");
    server.prints_a_line();
    hear("철님이 들어왔습니다\n철: 하나\n철: ", [&mut a, &mut b]);
    a.sends(" 안녕하세요 \n");
    hear("철수:  안녕하세요 ", [&mut b, &mut d]);
    b.sends("\u{7}\r\n");
    hear("영희: ", [&mut a, &mut d]);
    d.sends("\n");
    hear("철: 셋", [&mut a, &mut b]);
    tells_its_name(&mut server, nameless, "민수", 4);
    hear("민수님이 들어왔습니다", [&mut a, &mut b, &mut d]);
    scene.end();
}

pub fn passes_no_control_characters_on(scene: Scene) {
    let (scene, _server, mut a, mut b) = two_members(scene);
    a.sends("안\t녕\u{1b}[2J\u{7}\r\u{9b}!\u{7f}\u{a0}~\n");
    hear("철수: 안녕[2J!\u{a0}~", [&mut b]);
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
