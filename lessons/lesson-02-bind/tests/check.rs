//! 레슨 02의 시나리오. / The scenarios of lesson 02.

use probe::{Loopback, Sight, scene};
use std::net::Ipv4Addr;

/// 어느 컴퓨터의 것도 아닌 주소. 여기에는 바인드할 수 없습니다.
/// An address that does not belong to any machine (RFC 5737, TEST-NET-1): nobody can bind it.
const ELSEWHERE: &str = "192.0.2.1";

#[test]
fn tells_the_port_that_the_system_chose() {
    let mut scene = scene!(step 1);
    let mut program = scene.server();
    program.keeps_its_port_on(Ipv4Addr::LOCALHOST);
    program.is_typed("");
    program.ends();
    scene.end();
}

#[test]
fn binds_this_host_only() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    let mut program = scene.server();
    program.keeps_its_port_on(Ipv4Addr::new(127, 0, 0, 2));
    scene.end();
}

#[test]
fn tells_the_host_that_stands_for_all() {
    let mut scene = scene!(step 1);
    let mut program = scene.program(&["0.0.0.0:0"]);
    program.tells_its_address("server");
    program.is_typed_the_end();
    program.ends();
    scene.end();
}

#[test]
fn refuses_as_long_as_it_only_binds() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::PromptRefusal) {
        return;
    }
    let mut program = scene.server();
    program.client_tries("too-early");
    scene.end();
}

#[test]
fn binds_an_address_of_ipv6() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    for (address, name) in [("[::1]:0", "server"), ("[::]:0", "everywhere")] {
        let mut program = scene.program(&[address]);
        program.tells_its_address(name);
    }
    scene.end();
}

#[test]
fn binds_the_port_that_it_is_given() {
    let mut scene = scene!(step 1);
    let mut first = scene.server_to_be_restarted();
    first.is_typed_the_end();
    first.ends();
    let mut again = scene.program(&[&first.address()]);
    again.prints_a_line();
    again.is_typed_the_end();
    again.ends();
    scene.end();
}

#[test]
fn fails_without_an_address() {
    let mut scene = scene!(step 1);
    scene.program(&["127.0.0.1"]).fails();
    scene.end();
}

#[test]
fn binds_whichever_host_it_is_given() {
    let mut scene = scene!(step 1);
    if scene.skipped_without(Sight::SecondLoopback) {
        return;
    }
    // 127로 시작하는 주소는 모두 이 컴퓨터이지만, 서로 다른 주소입니다.
    // All that begin with 127 are this machine, and yet each is an address of its own.
    for host in [Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 1, 2, 3)] {
        let mut program = scene.program(&[&format!("{host}:0")]);
        program.tells_its_address("server");
        program.keeps_its_port_on(host);
        program.is_typed_the_end();
        program.ends();
    }
    scene.end();
}

#[test]
fn two_copies_get_a_port_each() {
    let mut scene = scene!(step 1);
    scene.server();
    scene.second_server();
    scene.end();
}

#[test]
fn says_in_one_sentence_that_the_port_is_in_use() {
    let mut scene = scene!(step 2);
    let taken = scene.port_in_use("taken");
    let address = taken.address().to_string();
    let mut program = scene.program(&[&address]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complains_about(&address);
    scene.end();
}

#[test]
fn leaves_whoever_has_the_port_alone() {
    let mut scene = scene!(step 2);
    let mut neighbour = scene.listener("neighbour");
    let address = neighbour.address().to_string();
    let mut program = scene.program(&[&address]);
    // 실패한 뒤에는 기다릴 입력이 없습니다. / After a failure there is no input to wait for.
    program.ends_with_an_error();
    program.complains_about(&address);
    // 쓰이고 있는지는 bind가 알려 줍니다. 이웃에게 연결해 볼 일이 아닙니다.
    // bind reports whether it is in use: no reason to connect to a neighbour.
    neighbour.is_left_alone();
    scene.end();
}

#[test]
fn names_an_address_of_ipv6_that_is_in_use() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    let taken = scene.listener_on(Loopback::V6, "taken");
    let address = taken.address().to_string();
    let mut program = scene.program(&[&address]);
    program.is_typed_the_end();
    program.ends_with_an_error();
    program.complains_about(&address);
    scene.end();
}

#[test]
fn says_something_else_of_an_address_that_is_not_here() {
    let mut scene = scene!(step 2);
    let taken = scene.port_in_use("taken");
    let mut in_use = scene.program(&[&taken.address().to_string()]);
    in_use.is_typed_the_end();
    in_use.ends_with_an_error();
    let mut not_here = scene.program(&[&format!("{ELSEWHERE}:0")]);
    not_here.is_typed_the_end();
    not_here.ends_with_an_error();
    not_here.complains_about(ELSEWHERE);
    // 이유가 다르면 문장도 다릅니다. / Another reason, another sentence.
    not_here.complained_in_other_words_than(&in_use);
    scene.end();
}

#[test]
fn has_a_sentence_of_its_own_for_a_port_in_use() {
    let mut scene = scene!(step 2);
    if scene.skipped_without(Sight::Ipv6) {
        return;
    }
    // 어느 회선의 주소인지 말하지 않은 주소(RFC 4007). 여기에도 바인드할 수 없습니다.
    // An address that does not say of which link (RFC 4007): nobody can bind it either.
    let mut of_no_link = scene.program(&["[fe80::1]:0"]);
    of_no_link.is_typed_the_end();
    of_no_link.ends_with_an_error();
    of_no_link.complains_about("fe80::1");
    let taken = scene.port_in_use("taken");
    let mut in_use = scene.program(&[&taken.address().to_string()]);
    in_use.is_typed_the_end();
    in_use.ends_with_an_error();
    in_use.complained_in_other_words_than(&of_no_link);
    scene.end();
}

#[test]
fn starts_again_while_an_old_connection_is_in_time_wait() {
    let mut scene = scene!(step 3);
    if scene.skipped_without(Sight::TimeWaitHoldsPort) {
        return;
    }
    let old = scene.port_in_time_wait("old");
    let mut program = scene.program(&[&old.address().to_string()]);
    program.is_typed_the_end();
    program.ends();
    scene.end();
}

#[test]
fn shares_no_port_with_one_that_listens() {
    let mut scene = scene!(step 3);
    // 둘 다 SO_REUSEPORT를 켜면 한 포트를 함께 듣습니다. 이 서버는 그래서는 안 됩니다.
    // Where both set SO_REUSEPORT they share a port. This server must not.
    let taken = scene.port_in_use_to_be_shared("taken");
    let mut program = scene.program(&[&taken.address().to_string()]);
    program.ends_with_an_error();
    scene.end();
}
