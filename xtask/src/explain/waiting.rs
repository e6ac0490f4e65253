//! What a hung program waits in, in sentences: the call, the line, the socket with
//! its queues. And what to do about it: the first rule of `waiting.toml` that fits.

use crate::lang::{Lang, Text};
use crate::tr;
use anyhow::{Context, Result};
use probe::{Happening, Report};
use serde::Deserialize;
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
    let mut threads: Vec<_> = report
        .waiting
        .iter()
        .take(MOST)
        .map(|thread| names.sentence(thread))
        .collect();
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

/// How rules and mistakes call what a thread does: the call's name, or a word.
pub fn word(doing: &Doing) -> &str {
    match doing {
        Doing::Blocked { call, .. } => call,
        Doing::WaitsForThread => "thread",
        Doing::Sleeps => "sleep",
        Doing::WaitsForChild => "child",
        Doing::Runs { .. } => "busy",
        Doing::Stopped => "stopped",
        Doing::Unknown => "unknown",
    }
}

struct Names<'a> {
    report: &'a Report,
    lang: Lang,
}

impl Names<'_> {
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
            said += &tr!(
                self.lang,
                ", {peer}이(가) 아직 읽지 않은 {unread}바이트",
                ", and {peer} has {unread} bytes it has not read"
            );
        }
        said
    }

    fn address(&self, address: SocketAddr) -> String {
        self.name(address).unwrap_or_else(|| address.to_string())
    }

    fn name(&self, address: SocketAddr) -> Option<String> {
        name_of(address, self.report).map(|name| format!("<{name}>"))
    }
}

/// The name that the transcript gives to a port.
fn name_of(address: SocketAddr, report: &Report) -> Option<&String> {
    let mut ports = report.ports.iter();
    let found = ports.find(|(port, _)| *port == address.port());
    found.map(|(_, name)| name)
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// What a thread does, as [`word`] calls it.
    waits_in: Vec<String>,
    /// What it waits on: `stdin`, `listener`, `connecting`, `udp`, or any other `socket`.
    on: Option<String>,
    /// Is there something in a queue of the socket?
    received: Option<bool>,
    sending: Option<bool>,
    /// What the scenario stood at.
    at: Option<At>,
    /// With whom the sockets are connected.
    peer: Option<With>,
    advice: Text,
}

/// With whom the sockets are connected that a thread waits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum With {
    /// One of them with the peer that the scenario stood at.
    Due,
    /// All with others, whose names are known.
    Another,
}

/// Where a scenario stands that waits for the program.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum At {
    /// A peer was to receive something.
    Recv,
}

impl At {
    fn is(self, what: &Happening) -> bool {
        match self {
            Self::Recv => matches!(what, Happening::Recv(_) | Happening::RecvFrom(_)),
        }
    }
}

fn advice(report: &Report, lang: Lang) -> Result<Option<String>> {
    let file: File = toml::from_str(include_str!("../../waiting.toml")).context("waiting.toml")?;
    // The main thread comes first, for another may well be waiting for its turn; but
    // one that waits for a thread has its reason there.
    let fitting = |thread: &Thread| file.rules.iter().find(|rule| rule.fits(thread, report));
    let (joining, others): (Vec<_>, Vec<_>) = report
        .waiting
        .iter()
        .partition(|thread| thread.doing == Doing::WaitsForThread);
    let rule = others.into_iter().chain(joining).find_map(fitting);
    Ok(rule.map(|rule| rule.advice.of(lang).to_owned()))
}

fn with(sockets: &[Socket], report: &Report) -> Option<With> {
    let due = &report.actual.get(report.differs_at?)?.who;
    let name = |socket: &Socket| name_of(socket.peer?, report);
    let names: Vec<_> = sockets.iter().map(name).collect();
    if names.contains(&Some(due)) {
        return Some(With::Due);
    }
    let all_known = !names.is_empty() && names.iter().all(Option::is_some);
    all_known.then_some(With::Another)
}

impl Rule {
    fn fits(&self, thread: &Thread, report: &Report) -> bool {
        let (sockets, file): (&[Socket], _) = match &thread.doing {
            Doing::Blocked { sockets, file, .. } => (sockets, file.as_deref()),
            _ => (&[], None),
        };
        let any = |holds: fn(&Socket) -> bool| sockets.iter().any(holds);
        let on = match self.on.as_deref() {
            Some("listener") => any(|socket| socket.state == Some(State::Listen)),
            Some("connecting") => any(|socket| socket.state == Some(State::SynSent)),
            Some("udp") => any(|socket| socket.kind == Kind::Udp),
            Some("socket") => any(|socket| socket.state != Some(State::Listen)),
            Some(name) => file == Some(name),
            None => true,
        };
        let stood = report.differs_at.and_then(|at| report.actual.get(at));
        let at = self
            .at
            .is_none_or(|at| stood.is_some_and(|event| at.is(&event.what)));
        self.waits_in
            .iter()
            .any(|wanted| wanted == word(&thread.doing))
            && on
            && at
            && self
                .peer
                .is_none_or(|peer| with(sockets, report) == Some(peer))
            && self
                .received
                .is_none_or(|wanted| wanted == any(|socket| socket.receive_queue > 0))
            && self
                .sending
                .is_none_or(|wanted| wanted == any(|socket| socket.send_queue > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Event, Verdict};

    /// What is advised where `client-a` is due to receive something and the program waits in
    /// `recv` for the peer with this port; 1 is client-a's, 2 client-b's.
    fn advised(port: u16) -> String {
        let socket = Socket {
            descriptor: 4,
            kind: Kind::Tcp,
            local: None,
            peer: Some(([127, 0, 0, 1], port).into()),
            state: Some(State::Established),
            receive_queue: 0,
            send_queue: 0,
            peer_unread: None,
            waiting_connections: None,
        };
        let thread = Thread {
            name: ThreadName::Main,
            doing: Doing::Blocked {
                call: "recv".to_owned(),
                sockets: vec![socket],
                file: None,
            },
            line: None,
        };
        let report = Report {
            actual: vec![Event::parse("client-a recv silence").unwrap()],
            differs_at: Some(0),
            waiting: vec![thread],
            ports: vec![(1, "client-a".to_owned()), (2, "client-b".to_owned())],
            ..Report::new("", 1, Verdict::Hung)
        };
        advice(&report, Lang::En).unwrap().unwrap()
    }

    #[test]
    fn who_waits_for_another_does_not_wait_for_the_peer() {
        assert!(advised(1).contains("wait for each other"));
        assert!(advised(2).contains("another peer than the one"));
        // Nobody knows who that is.
        assert!(advised(3).contains("waits for more"));
    }
}
