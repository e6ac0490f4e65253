//! 레슨 02의 시나리오. / The scenarios of lesson 02.

use probe::{Sight, scene};
use std::net::Ipv4Addr;

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
    program.ends();
    program.complained_about(&address);
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
