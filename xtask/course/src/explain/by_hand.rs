//! The peer's side of a scenario as a script for `cargo xtask talk`, where one peer with one
//! connection at a time can play it: the conversation as it is due, up to the first
//! difference. What the program printed in between is waited for by a pause, and what is
//! typed into it is said.

use crate::lang::Lang;
use crate::tr;
use probe::{
    Accept, Connect, Datagram, Event, Flow, Happening, Hold, Input, Payload, Quoted, Report,
};
use talk::{Awaited, BETWEEN_PIECES, Command};

/// How long a program may take for what it prints before the peer goes on, in milliseconds.
const FOR_A_LINE: u64 = 100;

/// How long a peer waits that is to see nothing, in milliseconds.
const FOR_SILENCE: u64 = 300;

/// How one peer plays a scenario.
#[derive(Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The program connects to the peer, or sends first.
    pub listens: bool,
    pub udp: bool,
    /// Where the program listens, without the port.
    host: String,
    commands: Vec<Command>,
}

impl ByHand {
    /// `None` where one peer cannot play it, or nobody but the program does anything.
    pub fn of(report: &Report, lang: Lang) -> Option<Self> {
        let [started] = report.started.as_slice() else {
            return None;
        };
        let due = report.expected.as_slice();
        let due = match report.differs_at {
            Some(at) => &due[..due.len().min(at + 1)],
            None => due,
        };
        let first = due.iter().find(|event| opens(event))?;
        let named = format!("<{}>", first.who);
        let mut player = Player {
            lang,
            who: None,
            udp: is_of_datagrams(&first.what),
            listens: started.arguments.iter().any(|it| it.contains(&named)),
            opened: false,
            ended: false,
            printed: false,
            commands: Vec::new(),
        };
        for event in due {
            player.plays(event)?;
        }
        Some(Self {
            listens: player.listens,
            udp: player.udp,
            host: host_of(&first.what),
            commands: player.commands,
        })
    }

    /// `--listen`, `--udp`, and the address, as far as the check knows it.
    pub fn arguments(&self) -> String {
        let udp = if self.udp { " --udp" } else { "" };
        if self.listens {
            format!("--listen{udp}")
        } else {
            let host = &self.host;
            format!("{host}:PORT{udp}")
        }
    }

    /// The script, `title` at its head.
    pub fn script(&self, title: &str) -> String {
        let title = Command::Note(title.to_owned());
        let lines = std::iter::once(&title).chain(&self.commands);
        lines.map(|line| format!("{line}\n")).collect()
    }
}

/// What a person has to type into the program before there is anything for a peer to do, a
/// line each; that `talk` has connected by itself by then would change the story.
pub fn typed_first(report: &Report) -> Vec<String> {
    let before = report.expected.iter().take_while(|event| !opens(event));
    let typed = before.filter_map(|event| match &event.what {
        Happening::Stdin(input) => Some(to_type(input)),
        _ => None,
    });
    typed.collect()
}

/// The keys: a line as it is quoted, its end by the key that makes it.
fn to_type(input: &Input) -> String {
    match input {
        Input::Line(line) => match line.to_string().as_str() {
            r#""\n""# => "Enter".to_owned(),
            line => line.to_owned(),
        },
        Input::End => "Ctrl+D".to_owned(),
    }
}

/// Is it the first thing that somebody does who talks to the program?
fn opens(event: &Event) -> bool {
    let opens = matches!(
        event.what,
        Happening::Connect(_)
            | Happening::Accept(_)
            | Happening::SendTo { .. }
            | Happening::RecvFrom(_)
    );
    opens && !event.is_of_a_program()
}

/// `[::1]` of `connect [::1]:<server>`.
fn host_of(what: &Happening) -> String {
    let line = what.rest();
    let address = line.split(' ').next().unwrap_or_default();
    let host = address.rsplit_once(':').map(|(host, _)| host);
    host.unwrap_or("127.0.0.1").to_owned()
}

fn is_of_datagrams(what: &Happening) -> bool {
    matches!(what, Happening::SendTo { .. } | Happening::RecvFrom(_))
}

/// Takes down one event after another.
struct Player<'a> {
    lang: Lang,
    /// Who has the connection, or the socket.
    who: Option<&'a str>,
    udp: bool,
    listens: bool,
    /// There was a connection; `talk` makes the first by itself.
    opened: bool,
    /// The program has ended its side of the connection, and the peer may leave.
    ended: bool,
    /// The program has printed something since the peer did something.
    printed: bool,
    commands: Vec<Command>,
}

impl<'a> Player<'a> {
    /// `None` where `talk` cannot do it.
    fn plays(&mut self, event: &'a Event) -> Option<()> {
        if event.is_of_a_program() {
            return self.hears_the_program(&event.what);
        }
        if opens(event) && !self.udp {
            return self.meets(event);
        }
        match event.what {
            // Whether it is theirs that the program talks to is seen by what they do.
            Happening::Holds(Hold::Listen | Hold::Bind, _) => return Some(()),
            _ if self.udp => {}
            _ if self.who != Some(&event.who) => return None,
            _ => {}
        }
        if self.udp && *self.who.get_or_insert(&event.who) != event.who {
            return None;
        }
        match &event.what {
            Happening::Send(Flow::Bytes(payload)) => self.sends(payload),
            Happening::SendTo { bytes, .. } => self.sends(bytes),
            Happening::Recv(flow) => self.waits_for(flow),
            Happening::RecvFrom(Datagram::Came { .. }) => {
                self.takes(Command::Recv(Awaited::Something))
            }
            Happening::RecvFrom(Datagram::Silence) => self.takes(Command::Wait(FOR_SILENCE)),
            // `talk` reads all the while.
            Happening::Silent(_) => None,
            Happening::Shutdown => self.acts(Command::Fin),
            Happening::Close => self.leaves(Command::Close),
            Happening::Reset => self.leaves(Command::Reset),
            _ => None,
        }
    }

    fn hears_the_program(&mut self, what: &Happening) -> Option<()> {
        match what {
            // By now it has been typed.
            Happening::Stdin(_) if !self.opened && self.who.is_none() && !self.listens => {}
            Happening::Stdin(input) => {
                let keys = to_type(input);
                self.note(tr!(
                    self.lang,
                    "프로그램에 칩니다: {keys}",
                    "type into the program: {keys}"
                ))
            }
            // Nothing that a person could do at this moment.
            Happening::CtrlC
            | Happening::Sigterm
            | Happening::Stopped
            | Happening::Descriptors { .. } => return None,
            _ => self.printed = true,
        }
        Some(())
    }

    fn note(&mut self, note: String) {
        self.commands.push(Command::Note(note));
    }

    /// The next connection, once the one before is over.
    fn meets(&mut self, event: &'a Event) -> Option<()> {
        let one = matches!(
            event.what,
            Happening::Connect(Connect::To(_)) | Happening::Accept(Accept::From(_))
        );
        if !one || self.who.is_some() && !self.ended {
            return None;
        }
        self.who = Some(&event.who);
        self.ended = false;
        if self.opened {
            return self.takes(Command::Next);
        }
        self.opened = true;
        self.printed = false;
        Some(())
    }

    fn leaves(&mut self, how: Command) -> Option<()> {
        self.who = None;
        self.acts(how)
    }

    fn sends(&mut self, payload: &Payload) -> Option<()> {
        for (index, piece) in payload.pieces.iter().enumerate() {
            if index > 0 {
                self.takes(Command::Wait(BETWEEN_PIECES));
            }
            let Quoted::Whole(text) = piece else {
                return None;
            };
            self.acts(self.to_send(text.bytes()?))?;
        }
        Some(())
    }

    /// As a line where `talk` sends the same for one.
    fn to_send(&self, bytes: &[u8]) -> Command {
        let line = if self.udp {
            Some(bytes)
        } else {
            bytes.strip_suffix(b"\n")
        };
        let plain = |line: &&[u8]| {
            let text = std::str::from_utf8(line);
            text.is_ok_and(|text| !text.chars().any(probe::speaks_to_a_terminal))
        };
        match line.filter(plain) {
            Some(line) => Command::Line(line.to_vec()),
            None => Command::Send(bytes.to_vec()),
        }
    }

    fn waits_for(&mut self, flow: &Flow) -> Option<()> {
        let awaited = match flow {
            Flow::Bytes(payload) if payload.count > 0 => Awaited::Bytes(payload.count),
            Flow::AtLeast(count) => Awaited::Bytes(*count),
            Flow::Message(_) => Awaited::Something,
            Flow::Fin | Flow::Rst => {
                self.ended = true;
                Awaited::End
            }
            Flow::Silence => return self.takes(Command::Wait(FOR_SILENCE)),
            _ => return None,
        };
        self.takes(Command::Recv(awaited))
    }

    /// Something that the program sees: first it says what it has to say.
    fn acts(&mut self, command: Command) -> Option<()> {
        if self.printed {
            self.commands.push(Command::Wait(FOR_A_LINE));
        }
        self.takes(command)
    }

    fn takes(&mut self, command: Command) -> Option<()> {
        self.printed = false;
        self.commands.push(command);
        Some(())
    }
}

#[cfg(test)]
mod tests;
