//! Peers that listen for the program, ports that the check has prepared, and the address
//! that a program tells as its own. That nobody connects is left to `silences.rs`.

mod told;

use probe::{Loopback, Occupant, Report, Scene, Sight, Verdict};
use told::{differs, passes, told};

const NOW: &str = r#"program stdout "now\n""#;
const FIRST_LINE: &str = r#"program stdout "at 127.0.0.1:<server>\n""#;

/// The report of a program that carries out `orders` behind a connection to there.
fn connects(orders: &[&str], expected: &[&str]) -> Report {
    let due = [&["there listen 127.0.0.1:<there>"], expected].concat();
    told(&due, |mut scene| {
        let mut there = scene.listener("there");
        let connect = format!("connect {}", there.address());
        let program = scene.program(&[&[connect.as_str()], orders].concat());
        there.accepts(&program).expects_the_end();
        scene.end();
    })
}

#[test]
fn who_was_accepted_may_end_in_order_or_not() {
    let accepted = "there accept 127.0.0.1:<program>";
    for (orders, end) in [
        (&["shutdown", "stay"][..], "there recv FIN"),
        (&["reset", "stay"], "there recv RST"),
    ] {
        passes(&connects(orders, &[accepted, end]));
        let other = ["there recv FIN", "there recv RST"]
            .into_iter()
            .find(|other| *other != end);
        differs(
            &connects(orders, &[accepted, other.unwrap_or_default()]),
            end,
        );
    }
}

#[test]
fn a_program_that_ends_before_it_connects_is_told_by_its_end() {
    let expected = [
        "there listen 127.0.0.1:<there>",
        "there accept 127.0.0.1:<program>",
    ];
    let report = told(&expected, |mut scene| {
        let mut there = scene.listener("there");
        let program = scene.program(&["exit 4"]);
        there.accepts(&program);
        scene.end();
    });
    differs(&report, "program exit 4");
}

/// The report of a program that listens at, or connects to, a port that was prepared.
fn prepared(
    order: &str,
    expected: &[&str],
    prepare: impl FnOnce(&mut Scene) -> Occupant,
) -> Report {
    told(expected, |mut scene| {
        let occupant = prepare(&mut scene);
        let address = occupant.address().to_string();
        let orders = match order {
            "listen" => [address.clone(), order.to_owned()],
            _ => ["print -".to_owned(), format!("{order} {address}")],
        };
        let mut program = scene.program(&[&orders[0], &orders[1]]);
        program.prints_a_line();
        scene.end_here();
    })
}

#[test]
fn a_port_in_use_cannot_be_listened_on() {
    let expected = [
        "taken listen 127.0.0.1:<taken>",
        r#"program stdout "at 127.0.0.1:<taken>\n""#,
    ];
    let report = prepared("listen", &expected, |scene| scene.port_in_use("taken"));
    differs(&report, "program exit 1");
}

/// A listener of std's has SO_REUSEADDR on Unix.
#[cfg(unix)]
#[test]
fn a_port_in_time_wait_can_be_listened_on() {
    let expected = [
        "left timewait 127.0.0.1:<left>",
        r#"program stdout "at 127.0.0.1:<left>\n""#,
    ];
    passes(&prepared("listen", &expected, |scene| {
        scene.port_in_time_wait("left")
    }));
}

#[test]
fn a_port_that_refuses_is_an_error_of_connect() {
    let expected = [
        "nobody bind 127.0.0.1:<nobody>",
        "program exit not 0",
        "program stderr a line naming connect 127.0.0.1:<nobody>",
    ];
    let report = |makes_it: fn(&mut Scene, &str) -> Occupant| {
        told(&expected, |mut scene| {
            let nobody = makes_it(&mut scene, "nobody");
            let connect = format!("connect {}", nobody.address());
            let mut program = scene.program(&[&connect]);
            program.ends_with_an_error();
            program.complains_about(&connect);
            scene.end();
        })
    };
    passes(&report(Scene::port_that_refuses));
    differs(
        &report(Scene::port_in_use),
        "nobody listen 127.0.0.1:<nobody>",
    );
}

#[test]
fn a_port_that_refused_is_listened_on_after_all() {
    let expected = [
        "nobody bind 127.0.0.1:<nobody>",
        "nobody listen 127.0.0.1:<nobody>",
        "nobody accept 127.0.0.1:<program>",
        "nobody recv FIN",
    ];
    let report = told(&expected, |mut scene| {
        let refused = scene.port_that_refuses("nobody");
        let connect = format!("connect {}", refused.address());
        let mut there = scene.listener_after_all("nobody", refused);
        let program = scene.program(&[&connect, "shutdown", "stay"]);
        there.accepts(&program).expects_the_end();
        scene.end();
    });
    passes(&report);
}

/// Only Linux leaves a connect to a full backlog without an answer, and shows that.
#[cfg(target_os = "linux")]
#[test]
fn a_port_that_is_silent_keeps_a_connect_waiting() {
    let expected = [
        "full full 127.0.0.1:<full>",
        "program rests",
        "program goes-on",
    ];
    for (order, line) in [("connect", None), ("spin", Some("program busy"))] {
        let report = told(&expected, |mut scene| {
            let full = scene.port_that_is_silent("full");
            let connect = format!("{order} {}", full.address());
            let mut program = scene.program(&[&connect]);
            if order == "connect" {
                program.asks(&full);
            }
            program.rests();
            program.goes_on();
            scene.end();
        });
        match line {
            None => passes(&report),
            Some(line) => differs(&report, line),
        }
    }
}

/// The report of a server whose first line is that of `order`, and of a client that comes.
fn first_line(orders: &[&'static str], expected: &[&str]) -> Report {
    told(expected, |mut scene| {
        let there = scene.listener("there");
        let address = format!("print at {}", there.address());
        let told = |order: &&'static str| match *order {
            "tell-of-there" => address.clone(),
            order => order.to_owned(),
        };
        let orders: Vec<_> = orders.iter().map(told).collect();
        let orders: Vec<_> = orders.iter().map(String::as_str).collect();
        scene.server_with(&orders).client("client-a");
        scene.end_here();
    })
}

#[test]
fn nobody_is_talked_to_outside_of_loopback() {
    let expected = [
        "there listen 127.0.0.1:<there>",
        r#"program stdout "at 192.0.2.1:<server>\n""#,
        "client-a connect 192.0.2.1:<server>",
    ];
    let report = first_line(&["print at 192.0.2.1:80", "stay"], &expected);
    differs(
        &report,
        "program address 192.0.2.1:<server> is not on loopback",
    );
}

/// Only Linux shows whose socket it is.
#[cfg(target_os = "linux")]
#[test]
fn nobody_is_talked_to_at_an_address_that_is_not_the_program_s_own() {
    let there = "there listen 127.0.0.1:<there>";
    let connected = "client-a connect 127.0.0.1:<server>";
    let expected = [
        there,
        r#"program stdout "at 127.0.0.1:<there>\n""#,
        connected,
    ];
    let report = first_line(&["tell-of-there", "stay"], &expected);
    differs(
        &report,
        "program address 127.0.0.1:<there> belongs to another program",
    );
    let expected = [there, FIRST_LINE, connected];
    differs(
        &first_line(&["listen-wide", "stay"], &expected),
        "program bind 0.0.0.0:<server>",
    );
    passes(&first_line(&["listen", "stay"], &expected));
}

#[test]
fn a_client_may_be_refused() {
    let expected = [FIRST_LINE, NOW, "client-a connect refused"];
    let report = |orders: &[&str]| {
        told(&expected, |mut scene| {
            let mut server = scene.server_with(orders);
            server.prints_a_line();
            server.client_tries("client-a");
            scene.end();
        })
    };
    passes(&report(&["listen", "stop-listening", "print now", "stay"]));
    differs(
        &report(&["listen", "print now", "stay"]),
        "client-a connect 127.0.0.1:<server>",
    );
}

#[test]
fn of_many_clients_it_is_told_how_many_were_let_in() {
    let report = |orders: &[&str]| {
        let expected = [FIRST_LINE, NOW, "clients connect 127.0.0.1:<server> 3 of 3"];
        told(&expected, |mut scene| {
            let mut server = scene.server_with(orders);
            server.prints_a_line();
            server.is_joined_by(3);
            scene.end();
        })
    };
    passes(&report(&["listen", "print now", "stay"]));
    differs(
        &report(&["listen", "stop-listening", "print now", "stay"]),
        "clients connect 127.0.0.1:<server> 0 of 3",
    );
}

/// 127.0.0.2 is a loopback address on Linux and Windows alone; there a port that is held on
/// one of them is free on the other.
#[cfg(target_os = "linux")]
#[test]
fn a_server_keeps_its_port_on_its_own_host() {
    let expected = [
        FIRST_LINE,
        "neighbour bind 127.0.0.1:<server> taken",
        "neighbour bind 127.0.0.2:<server> free",
    ];
    let report = |order| {
        told(&expected, |mut scene| {
            let mut server = scene.server_with(&[order, "stay"]);
            server.keeps_its_port_on([127, 0, 0, 1].into());
            server.keeps_its_port_on([127, 0, 0, 2].into());
            scene.end();
        })
    };
    passes(&report("listen"));
    differs(
        &report("listen-wide"),
        "neighbour bind 127.0.0.2:<server> taken",
    );
}

/// Another process has this port of the other address, and gives it back after a while.
#[cfg(target_os = "linux")]
#[test]
fn what_somebody_else_holds_is_not_the_program_s() {
    use std::net::{SocketAddr, TcpListener};
    use std::time::Duration;
    let expected = [FIRST_LINE, "neighbour bind 127.0.0.2:<server> free"];
    passes(&told(&expected, |mut scene| {
        let mut server = scene.server_with(&["listen", "stay"]);
        let address: SocketAddr = server.address().parse().expect("an address");
        // Somebody else again may have it, and then it is just as well.
        let other = TcpListener::bind(SocketAddr::from(([127, 0, 0, 2], address.port()))).ok();
        let holds = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(1_500));
            drop(other);
        });
        server.keeps_its_port_on([127, 0, 0, 2].into());
        holds.join().expect("it ends");
        scene.end();
    }));
}

#[test]
fn a_second_server_is_another_program() {
    let expected = [
        FIRST_LINE,
        r#"program-b stdout "at 127.0.0.1:<second>\n""#,
        "client-a connect 127.0.0.1:<second>",
    ];
    passes(&told(&expected, |mut scene| {
        scene.server();
        scene.second_server().client("client-a");
        scene.end();
    }));
}

/// As a server that was ended by Ctrl-C, and its client with it.
#[cfg(unix)]
#[test]
fn a_server_is_restarted_on_the_port_that_it_had() {
    let ended = ["program ctrl-c", "program signal SIGINT"];
    let report = |ended: &[&str]| {
        let expected = [&[FIRST_LINE], ended, &[FIRST_LINE]].concat();
        told(&expected, |mut scene| {
            let mut server = scene.server_to_be_restarted();
            if !ended.is_empty() {
                server.is_interrupted();
                server.ends();
            }
            let address = server.address();
            scene.program(&[&address]).prints_a_line();
            scene.end_here();
        })
    };
    passes(&report(&ended));
    differs(&report(&[]), "program exit 1");
}

#[test]
fn a_listener_is_found_by_its_name() {
    let expected = [
        "there listen 127.0.0.1:<there>",
        "there accept 127.0.0.1:<program>",
    ];
    let report = |named: bool| {
        told(&expected, |mut scene| {
            let mut there = scene.listener_by_name("there");
            let place = if named {
                there.by_name()
            } else {
                "127.0.0.1:0".to_owned()
            };
            let program = scene.program(&[&format!("connect {place}"), "stay"]);
            there.accepts(&program);
            scene.end();
        })
    };
    passes(&report(true));
    differs(&report(false), "program exit 1");
}

#[test]
fn a_listener_on_one_loopback_address_refuses_on_the_other() {
    let expected = ["there listen [::1]:<there>", "there accept [::1]:<program>"];
    let report = |host: &str| {
        told(&expected, |mut scene| {
            if scene.skipped_without(Sight::Ipv6) {
                return;
            }
            let mut there = scene.listener_on(Loopback::V6, "there");
            let connect = format!("connect {host}:{}", there.address().port());
            let program = scene.program(&[&connect, "stay"]);
            there.accepts(&program);
            scene.end();
        })
    };
    let right = report("[::1]");
    if right.verdict == Verdict::Skipped {
        return;
    }
    passes(&right);
    differs(&report("127.0.0.1"), "program exit 1");
}
