//! Each way to hang: the call, the socket with its addresses and queues, and the
//! line, under every condition.
#![cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::ask::{Answer, everywhere};
use support::program::compiled;
use tracer::{Doing, Kind, State, ThreadName};

/// The other half of a test that asks from a process of its own.
#[test]
fn answers_from_a_process_of_its_own() {
    support::ask::answer_if_asked();
}

fn hanging(way: &str, calls: &[i64], check: impl Fn(&Answer)) {
    everywhere(&[compiled().to_str().unwrap(), way], calls, check);
}

#[test]
fn accept() {
    hanging("accept", &[libc::SYS_accept, libc::SYS_accept4], |answer| {
        let socket = answer.main_waits_on_one("accept", "accept");
        assert_eq!(socket.kind, Kind::Tcp);
        assert_eq!(socket.local, Some(answer.addresses[0]));
        assert_eq!(socket.peer, None);
        assert_eq!(socket.state, Some(State::Listen));
        assert_eq!(socket.waiting_connections, Some(0));
    });
}

#[test]
fn accept_after_much_else() {
    hanging("stale", &[libc::SYS_accept, libc::SYS_accept4], |answer| {
        let socket = answer.main_waits_on_one("accept", "stale");
        assert_eq!(socket.local, Some(answer.addresses[0]));
    });
}

#[test]
fn connect_to_a_listener_whose_backlog_is_full() {
    hanging("connect", &[libc::SYS_connect], |answer| {
        let socket = answer.main_waits_on_one("connect", "connect");
        assert_eq!(socket.peer, Some(answer.addresses[0]));
        assert_eq!(socket.state, Some(State::SynSent));
        assert_eq!((socket.receive_queue, socket.send_queue), (0, 0));
        assert_eq!(socket.peer_unread, None);
        // A backlog of 0 admits one.
        assert_eq!(socket.waiting_connections, Some(1));
    });
}

fn receives(way: &'static str) {
    hanging(way, &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recv", "recv");
        assert_eq!(socket.kind, Kind::Tcp);
        assert_eq!(socket.local, Some(answer.addresses[0]));
        assert_eq!(socket.peer, Some(answer.addresses[1]));
        assert_eq!(socket.state, Some(State::Established));
        assert_eq!((socket.receive_queue, socket.send_queue), (0, 0));
        assert_eq!(socket.peer_unread, Some(5));
        assert_eq!(socket.waiting_connections, None);
    });
}

#[test]
fn recv() {
    receives("recv");
}

#[test]
fn recv_over_ipv6() {
    receives("recv6");
}

#[test]
fn recv_over_ipv4_from_a_listener_of_ipv6() {
    receives("recv-mapped");
}

#[test]
fn recv_on_a_connection_that_nobody_has_accepted() {
    hanging("recv-unaccepted", &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recv", "recv-unaccepted");
        assert_eq!(socket.state, Some(State::Established));
        assert_eq!(socket.waiting_connections, Some(1));
        assert_eq!(socket.peer_unread, Some(0));
    });
}

#[test]
fn recv_with_a_time_out() {
    hanging("recv-timeout", &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recv", "recv-timeout");
        assert_eq!(socket.local, Some(answer.addresses[0]));
    });
}

/// A FIN takes a sequence number, but is no byte.
#[test]
fn recv_after_a_half_close() {
    hanging("recv-half-closed", &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recv", "recv-half-closed");
        // The first until the acknowledgement of the FIN comes.
        assert!(matches!(
            socket.state,
            Some(State::FinWait1 | State::FinWait2)
        ));
        assert_eq!((socket.receive_queue, socket.send_queue), (0, 0));
        assert_eq!(socket.peer_unread, Some(6));
    });
}

#[test]
fn recv_from_over_udp() {
    hanging("udp", &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recvfrom", "udp");
        assert_eq!(socket.kind, Kind::Udp);
        assert_eq!(socket.local, Some(answer.addresses[0]));
        assert_eq!((socket.peer, socket.state), (None, None));
        assert_eq!((socket.receive_queue, socket.send_queue), (0, 0));
    });
}

#[test]
fn recv_over_connected_udp() {
    hanging("udp-connected", &[libc::SYS_recvfrom], |answer| {
        let socket = answer.main_waits_on_one("recv", "udp-connected");
        assert_eq!(socket.kind, Kind::Udp);
        assert_eq!(socket.local, Some(answer.addresses[0]));
        assert_eq!(socket.peer, Some(answer.addresses[1]));
    });
}

#[test]
fn send_to_a_peer_that_does_not_read() {
    hanging("send", &[libc::SYS_sendto], |answer| {
        let socket = answer.main_waits_on_one("send", "send");
        assert_eq!(socket.local, Some(answer.addresses[0]));
        assert_eq!(socket.peer, Some(answer.addresses[1]));
        assert_eq!(socket.state, Some(State::Established));
        assert!(socket.send_queue > 0);
        assert!(socket.peer_unread > Some(0));
    });
}

#[test]
fn poll() {
    let calls = [
        libc::SYS_ppoll,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_poll,
    ];
    hanging("poll", &calls, |answer| {
        answer.assert_at(answer.main(), "poll");
        let sockets = answer.sockets_of(answer.main(), "poll");
        if !answer.condition.allows_memory() {
            // The descriptors stand in the program's memory.
            return assert!(sockets.is_empty());
        }
        let local: Vec<_> = sockets.iter().filter_map(|socket| socket.local).collect();
        assert_eq!(local, answer.addresses);
        assert_eq!(sockets[0].state, Some(State::Listen));
        assert_eq!(sockets[1].state, Some(State::Established));
        assert!(
            matches!(&answer.main().doing, Doing::Blocked { file: Some(file), .. } if file == "stdin")
        );
    });
    hanging("poll-nothing", &calls, |answer| {
        assert_eq!(answer.main().doing, Doing::Sleeps);
        answer.assert_at(answer.main(), "poll-nothing");
    });
}

#[test]
fn select() {
    let calls = [
        libc::SYS_pselect6,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_select,
    ];
    hanging("select", &calls, |answer| {
        answer.assert_at(answer.main(), "select");
        let sockets = answer.sockets_of(answer.main(), "select");
        let local: Vec<_> = sockets.iter().filter_map(|socket| socket.local).collect();
        let expected = if answer.condition.allows_memory() {
            &answer.addresses[..]
        } else {
            &[]
        };
        assert_eq!(local, expected);
    });
}

#[test]
fn epoll_wait() {
    let calls = [
        libc::SYS_epoll_pwait,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_epoll_wait,
    ];
    hanging("epoll", &calls, |answer| {
        let socket = answer.main_waits_on_one("epoll_wait", "epoll");
        assert_eq!(socket.local, Some(answer.addresses[0]));
    });
}

#[test]
fn a_mutex() {
    hanging("mutex", &[libc::SYS_futex], |answer| {
        let [main, other] = &answer.threads[..] else {
            panic!("{answer:?}");
        };
        assert_eq!(main.doing, Doing::Sleeps);
        answer.assert_at(main, "holder");
        assert_eq!(other.name, ThreadName::Named("impatient".to_owned()));
        assert_eq!(other.doing, Doing::WaitsForThread);
        answer.assert_at(other, "mutex");
    });
}

#[test]
fn a_join() {
    hanging("join", &[libc::SYS_recvfrom], |answer| {
        let [main, reader] = &answer.threads[..] else {
            panic!("{answer:?}");
        };
        assert_eq!(main.doing, Doing::WaitsForThread);
        answer.assert_at(main, "join");
        assert_eq!(reader.name, ThreadName::Numbered(2));
        answer.assert_at(reader, "reader");
        let sockets = answer.sockets_of(reader, "recv");
        assert_eq!(sockets[0].peer, Some(answer.addresses[1]));
    });
}

#[test]
fn read_from_stdin() {
    hanging("stdin", &[libc::SYS_read], |answer| {
        let expected = Doing::Blocked {
            call: "read".to_owned(),
            sockets: Vec::new(),
            file: Some("stdin".to_owned()),
        };
        assert_eq!(answer.main().doing, expected);
        answer.assert_at(answer.main(), "stdin");
    });
}

#[test]
fn a_sleep() {
    hanging("sleep", &[libc::SYS_clock_nanosleep], |answer| {
        assert_eq!(answer.main().doing, Doing::Sleeps);
        answer.assert_at(answer.main(), "sleep");
    });
}

#[test]
fn a_child() {
    hanging("child", &[libc::SYS_wait4, libc::SYS_waitid], |answer| {
        assert_eq!(answer.main().doing, Doing::WaitsForChild);
        answer.assert_at(answer.main(), "child");
    });
}

fn runs(way: &'static str) {
    hanging(way, &[], |answer| {
        let Doing::Runs { cpu_ms } = answer.main().doing else {
            panic!("{answer:?}");
        };
        assert!(cpu_ms > 0);
        // Where it runs, only its registers tell. The line is not sure where it was
        // stopped at an instruction that has none.
        let line = answer.main().line.as_ref().map(|line| line.line);
        let expected = answer
            .condition
            .allows_ptrace()
            .then(|| support::marked(way));
        assert_eq!(line, expected, "{answer:?}");
    });
}

#[test]
fn a_busy_loop() {
    runs("busy");
}

#[test]
fn a_busy_loop_that_looks_at_the_clock() {
    runs("clock");
}

#[test]
fn a_busy_loop_of_calls_that_do_not_wait() {
    runs("nonblocking");
}

#[test]
fn a_program_in_another_language() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/hang.py");
    let text = std::fs::read_to_string(script).unwrap();
    let Some(python) = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .into_iter()
        .find(|path| std::path::Path::new(path).exists())
    else {
        return support::ask::skip("python3 is not there");
    };
    let hanging = |way: &str, calls: &[i64], check: &dyn Fn(&Answer)| {
        everywhere(&[python, "-c", &text, way], calls, |answer| {
            assert_eq!(answer.main().line, None);
            check(answer);
        });
    };
    hanging(
        "accept",
        &[libc::SYS_accept, libc::SYS_accept4],
        &|answer| {
            let sockets = answer.sockets_of(answer.main(), "accept");
            assert_eq!(sockets[0].local, Some(answer.addresses[0]));
        },
    );
    hanging("recv", &[libc::SYS_recvfrom], &|answer| {
        let sockets = answer.sockets_of(answer.main(), "recv");
        assert_eq!(sockets[0].local, Some(answer.addresses[0]));
        assert_eq!(sockets[0].peer, Some(answer.addresses[1]));
        assert_eq!(sockets[0].peer_unread, Some(0));
    });
}
