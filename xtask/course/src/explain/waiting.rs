//! What a hung program waits in, in sentences: the call, the line, the socket with
//! its queues.

mod advice;
mod names;

use crate::lang::Lang;
use crate::tr;
use advice::advice;
use anyhow::Result;
use names::name_of;
pub use names::word;
use probe::{Happening, Report};
use recording::particle::subject;
use std::net::SocketAddr;
use tracer::{Doing, Kind, Line, Socket, State, Thread, ThreadName};

/// What is said of a program that hangs.
pub struct Waiting {
    /// One sentence a thread.
    pub threads: Vec<String>,
    /// What to do about it.
    pub advice: Option<String>,
}

/// More threads than this are counted, not described.
const MOST: usize = 4;

/// `None` where the system showed nothing.
pub fn describe(report: &Report, lang: Lang) -> Result<Option<Waiting>> {
    if report.waiting.is_empty() {
        return Ok(None);
    }
    let names = Names { report, lang };
    let mut shown: Vec<_> = report.waiting.iter().collect();
    if shown.len() > MOST {
        shown.sort_by_key(|thread| !names.waits_for_who_is_due(thread));
    }
    let shown = shown.into_iter().take(MOST);
    let mut threads: Vec<_> = shown.map(|thread| names.sentence(thread)).collect();
    let more = report.waiting.len().saturating_sub(MOST);
    if more > 0 {
        threads.push(tr!(
            lang,
            "그 밖에 스레드 {more}개.",
            "And {more} more threads."
        ));
    }
    Ok(Some(Waiting {
        threads,
        advice: advice(report, lang)?,
    }))
}

struct Names<'a> {
    report: &'a Report,
    lang: Lang,
}

impl Names<'_> {
    /// For the peer that the scenario stands at: where not all threads are told, these are.
    fn waits_for_who_is_due(&self, thread: &Thread) -> bool {
        let stands = self
            .report
            .differs_at
            .and_then(|at| self.report.actual.get(at));
        let Doing::Blocked { sockets, .. } = &thread.doing else {
            return false;
        };
        let mut peers = sockets.iter().filter_map(|socket| socket.peer);
        stands.is_some_and(|event| peers.any(|peer| name_of(peer, self.report) == Some(&event.who)))
    }

    fn sentence(&self, thread: &Thread) -> String {
        let who = self.who(&thread.name);
        let place = thread
            .line
            .as_ref()
            .map_or_else(String::new, |line| self.place(line));
        match &thread.doing {
            Doing::Blocked {
                call,
                sockets,
                file,
            } => {
                let mut on: Vec<_> = sockets.iter().map(|socket| self.socket(socket)).collect();
                on.extend(file.clone());
                let on = if on.is_empty() {
                    String::new()
                } else {
                    format!(": {}", on.join("; "))
                };
                tr!(
                    self.lang,
                    "{who} `{call}`에서 기다립니다{place}{on}.",
                    "{who} waits in `{call}`{place}{on}."
                )
            }
            Doing::WaitsForThread => {
                tr!(
                    self.lang,
                    "{who} 다른 스레드나 시그널이 깨워 주기를 기다립니다{place}.",
                    "{who} waits until another thread, or a signal, wakes it{place}."
                )
            }
            Doing::Sleeps => tr!(
                self.lang,
                "{who} 잠들어 있습니다{place}.",
                "{who} sleeps{place}."
            ),
            Doing::WaitsForChild => {
                tr!(
                    self.lang,
                    "{who} 자식 프로세스를 기다립니다{place}.",
                    "{who} waits for a child process{place}."
                )
            }
            Doing::Runs { cpu_ms } => tr!(
                self.lang,
                "{who} 기다리지 않고 쉼 없이 돕니다{place}. 지금까지 CPU 시간을 {cpu_ms} ms 썼습니다.",
                "{who} is running and never waits{place}: a busy loop. It has used {cpu_ms} ms of CPU time."
            ),
            Doing::Stopped => tr!(
                self.lang,
                "{who} 멈춰 세워져 있습니다{place}.",
                "{who} is stopped{place}."
            ),
            Doing::Unknown => tr!(
                self.lang,
                "{who} 무엇을 하는지 이 시스템이 알려 주지 않습니다.",
                "This system does not show what {who} does."
            ),
        }
    }

    fn who(&self, name: &ThreadName) -> String {
        match name {
            ThreadName::Main if self.report.waiting.len() == 1 => {
                tr!(self.lang, "프로그램은", "The program")
            }
            ThreadName::Main => tr!(self.lang, "main 스레드는", "The main thread"),
            ThreadName::Named(name) => tr!(self.lang, "스레드 {name}은(는)", "Thread {name}"),
            ThreadName::Numbered(number) => {
                tr!(self.lang, "{number}번째 스레드는", "Thread {number}")
            }
        }
    }

    fn place(&self, line: &Line) -> String {
        let (file, number) = (&line.file, line.line);
        if line.sure {
            format!(" ({file}:{number})")
        } else {
            tr!(
                self.lang,
                " (아마 {file}:{number})",
                " (probably {file}:{number})"
            )
        }
    }

    fn socket(&self, socket: &Socket) -> String {
        let local = socket.local.map_or_else(
            || tr!(self.lang, "주소 없음", "no address"),
            |address| self.address(address),
        );
        if let (Some(State::Listen), Some(waiting)) = (socket.state, socket.waiting_connections) {
            return tr!(
                self.lang,
                "대기 소켓 {local}, 수락을 기다리는 연결 {waiting}개",
                "the listener {local}, {waiting} connections waiting to be accepted"
            );
        }
        let kind = match socket.kind {
            Kind::Tcp => "TCP",
            Kind::Udp => "UDP",
            Kind::Other => return tr!(self.lang, "다른 종류의 소켓", "a socket of another kind"),
        };
        let mut said = match socket.peer {
            Some(peer) if socket.state == Some(State::SynSent) && self.has_accepted(peer) => {
                format!("{kind} {local} → {peer}")
            }
            Some(peer) => format!("{kind} {local} ↔ {}", self.address(peer)),
            None => format!("{kind} {local}"),
        };
        if let Some(state) = socket.state {
            said += &format!(", {state}");
        }
        said + &self.queues(socket)
    }

    fn queues(&self, socket: &Socket) -> String {
        let (receive, send) = (socket.receive_queue, socket.send_queue);
        let mut said = match receive {
            0 => tr!(self.lang, ", 수신 버퍼 비어 있음", ", receive buffer empty"),
            bytes => tr!(
                self.lang,
                ", 수신 버퍼에 읽지 않은 {bytes}바이트",
                ", {bytes} unread bytes in the receive buffer"
            ),
        };
        if send > 0 {
            said += &tr!(
                self.lang,
                ", 보내는 중 {send}바이트",
                ", {send} bytes in the send queue"
            );
        }
        if let (Some(unread), Some(peer)) =
            (socket.peer_unread.filter(|bytes| *bytes > 0), socket.peer)
        {
            let peer = self
                .name(peer)
                .unwrap_or_else(|| tr!(self.lang, "상대", "the peer"));
            let it = subject(&peer);
            said += &tr!(
                self.lang,
                ", {it} 아직 읽지 않은 {unread}바이트",
                ", and {peer} has {unread} bytes it has not read"
            );
        }
        said
    }

    /// Whoever has that port by name has taken a connection already: one that is not answered
    /// goes to another address of the same port.
    fn has_accepted(&self, address: SocketAddr) -> bool {
        let Some(name) = name_of(address, self.report) else {
            return false;
        };
        let mut events = self.report.actual.iter();
        events.any(|event| event.who == *name && matches!(event.what, Happening::Accept(..)))
    }

    fn address(&self, address: SocketAddr) -> String {
        self.name(address).unwrap_or_else(|| address.to_string())
    }

    fn name(&self, address: SocketAddr) -> Option<String> {
        name_of(address, self.report).map(|name| format!("<{name}>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Event, Verdict};

    /// Waits in `recv` on a connection in this state with the peer that has this port.
    pub(super) fn in_recv(peer: u16, state: State) -> Doing {
        let socket = Socket {
            descriptor: 4,
            kind: Kind::Tcp,
            local: None,
            peer: Some(([127, 0, 0, 1], peer).into()),
            state: Some(state),
            receive_queue: 0,
            send_queue: 0,
            peer_unread: None,
            waiting_connections: None,
        };
        Doing::Blocked {
            call: "recv".to_owned(),
            sockets: vec![socket],
            file: None,
        }
    }

    fn on(peer: u16, state: State) -> Thread {
        Thread {
            name: ThreadName::Numbered(2),
            doing: in_recv(peer, state),
            line: None,
        }
    }

    fn told(events: &[&str], waiting: Vec<Thread>) -> Vec<String> {
        let actual: Vec<_> = events
            .iter()
            .map(|line| Event::parse(line).unwrap())
            .collect();
        let report = Report {
            differs_at: Some(actual.len() - 1),
            actual,
            waiting,
            ports: vec![(1, "server-a".to_owned()), (2, "server-b".to_owned())],
            ..Report::new("", 1, Verdict::Hung)
        };
        describe(&report, Lang::En).unwrap().unwrap().threads
    }

    #[test]
    fn an_address_that_does_not_answer_is_not_called_by_the_name_of_one_that_has() {
        let silence = "program stdout silence";
        let asked = || vec![on(1, State::SynSent)];
        let said = &told(&[silence], asked())[0];
        assert!(said.contains("↔ <server-a>"), "{said}");
        let accepted = "server-a accept 127.0.0.1:<program>";
        let told = &told(&[accepted, silence], asked())[0];
        assert!(
            told.contains("→ 127.0.0.1:1") && !told.contains("server-a"),
            "{told}"
        );
    }

    #[test]
    fn where_not_all_threads_are_told_those_of_the_peer_due_are() {
        let mut waiting: Vec<_> = (0..5).map(|_| on(1, State::Established)).collect();
        waiting.push(on(2, State::Established));
        let told = told(&["server-b recv silence"], waiting);
        assert!(told[0].contains("<server-b>"), "{told:?}");
        assert_eq!(told.last().unwrap(), "And 2 more threads.");
    }
}
