//! The words of a transcript: how each happening is written, and read again. Nothing is
//! said in a human language except what the program itself printed.

use crate::transcript::escape::{read_unquoted, unquoted};
use crate::transcript::happening::{
    Accept, Awaited, Connect, Datagram, End, Flow, Happening, Hold, Input, Output, Side, Stderr,
    Whose,
};
use crate::transcript::kind::Kind;
use crate::transcript::message::Message;
use crate::transcript::reader::{Reader, whole};
use crate::transcript::saying::SILENCE;
use crate::transcript::text::Count;

const NONE: &str = "none";
const SOMETHING: &str = "something";
const FULL: &str = "until nobody is let in";
const TOO_SOON: &str = "too soon";
const TOO_LATE: &str = "too late";
const AGAIN: &str = " again and again";
const CUT: &str = ", the rest cut";
const ANOTHER_S: &str = " belongs to another program";
const OUTSIDE: &str = " is not on loopback";

impl Awaited {
    const ALL: [Self; 6] = [
        Self::Line,
        Self::Exit,
        Self::Connection,
        Self::Bytes,
        Self::Datagram,
        Self::End,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Line => "stdout",
            Self::Exit => "exit",
            Self::Connection => "accept",
            Self::Bytes => "recv",
            Self::Datagram => "recvfrom",
            Self::End => "ended",
        }
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Happening {
    /// The first word of what happened: `stdout`, `connect`, `send`, `recv` and so on.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stdout(Output::Closed) => "closed",
            Self::Stdout(_) => "stdout",
            Self::Stdin(_) => "stdin",
            Self::Stderr(_) => "stderr",
            Self::Told(_) => "told",
            Self::End(end) => match end {
                End::Exit(_) | End::Failed | End::Neither(..) | End::Silence => "exit",
                End::Signal(_) => "signal",
                End::Panic(_) => "panic",
                End::Todo(_) => "todo",
            },
            Self::Sockets(_) => "sockets",
            Self::Endpoints(_) => "endpoints",
            Self::Rests(true) => "rests",
            Self::Rests(false) => "busy",
            Self::GoesOn => "goes-on",
            Self::Memory { .. } => "memory",
            Self::Unread => "unread",
            Self::CtrlC => "ctrl-c",
            Self::Sigterm => "sigterm",
            Self::Stopped => "stopped",
            Self::Descriptors { .. } => "descriptors",
            Self::Holds(hold, _) => match hold {
                Hold::Listen => "listen",
                Hold::Bind => "bind",
                Hold::Full => "full",
                Hold::TimeWait => "timewait",
            },
            Self::Neighbour { .. } => "bind",
            Self::NotItsOwn(..) => "address",
            Self::Connect(_) => "connect",
            Self::Accept(_) => "accept",
            Self::Send(_) => "send",
            Self::Recv(_) => "recv",
            Self::From(Side::Client, _) => "from-client",
            Self::From(Side::Server, _) => "from-server",
            Self::To(Side::Client, _) => "to-client",
            Self::To(Side::Server, _) => "to-server",
            Self::Shutdown => "shutdown",
            Self::Close => "close",
            Self::Reset => "reset",
            Self::Ended => "ended",
            Self::Untimely { what, .. } => what.word(),
            Self::Silent(_) => "silent",
            Self::SendTo { .. } | Self::NotSentTo { .. } => "sendto",
            Self::RecvFrom(_) => "recvfrom",
            Self::Lost(_) => "lost",
            Self::Away => "away",
            Self::Back => "back",
        }
    }

    /// What follows the word: the bytes, the address or the ending; may be empty.
    pub fn rest(&self) -> String {
        match self {
            Self::Stdout(output) => output.told(),
            Self::Stdin(Input::Line(line)) => line.to_string(),
            Self::Stdin(Input::End) => "end".to_owned(),
            Self::Stderr(stderr) => stderr.told(),
            Self::Told(None) => SOMETHING.to_owned(),
            Self::Told(Some(subject)) => format!("naming {}", unquoted(subject)),
            Self::End(end) => end.told(),
            Self::Sockets(names) if names.is_empty() => NONE.to_owned(),
            Self::Sockets(names) => names.join(", "),
            Self::Endpoints(all) if all.is_empty() => NONE.to_owned(),
            Self::Endpoints(all) => {
                let told: Vec<_> = all.iter().map(ToString::to_string).collect();
                told.join(", ")
            }
            Self::Stopped => "for a moment".to_owned(),
            Self::Descriptors { left: false } => "none left".to_owned(),
            Self::Descriptors { left: true } => "as before".to_owned(),
            Self::Holds(_, address) => address.to_string(),
            Self::Neighbour { address, taken } => {
                format!("{address} {}", if *taken { "taken" } else { "free" })
            }
            Self::NotItsOwn(address, Whose::Another) => format!("{address}{ANOTHER_S}"),
            Self::NotItsOwn(address, Whose::Outside) => format!("{address}{OUTSIDE}"),
            Self::Connect(connect) => match connect {
                Connect::To(address) => address.to_string(),
                Connect::Many { to, joined, count } => format!("{to} {joined} of {count}"),
                Connect::Crowd { full: true } => FULL.to_owned(),
                Connect::Crowd { full: false } => "without end".to_owned(),
                Connect::Refused => "refused".to_owned(),
                Connect::Silence => SILENCE.to_owned(),
                Connect::Failed(kind) => kind.to_string(),
            },
            Self::Accept(accept) => match accept {
                Accept::From(address) => address.to_string(),
                Accept::Rst => "RST".to_owned(),
                Accept::Silence => SILENCE.to_owned(),
            },
            Self::Send(flow) | Self::Recv(flow) | Self::From(_, flow) | Self::To(_, flow) => {
                flow.told()
            }
            Self::Shutdown | Self::Close => "FIN".to_owned(),
            Self::Reset => "RST".to_owned(),
            Self::Silent(time) => format!("{time} ms"),
            Self::SendTo { to, bytes, again } => {
                format!("{to} {bytes}{}", if *again { AGAIN } else { "" })
            }
            Self::NotSentTo { to, why } => format!("{to} {why}"),
            Self::RecvFrom(datagram) => match datagram {
                Datagram::Came { bytes, from, cut } => {
                    format!("{bytes} from {from}{}", if *cut { CUT } else { "" })
                }
                Datagram::Silence => SILENCE.to_owned(),
            },
            Self::Lost(bytes) => bytes.to_string(),
            Self::Untimely { late, .. } => if *late { TOO_LATE } else { TOO_SOON }.to_owned(),
            Self::Memory { grew: true } => "grows".to_owned(),
            Self::Memory { grew: false } => "flat".to_owned(),
            Self::CtrlC
            | Self::Sigterm
            | Self::Ended
            | Self::Away
            | Self::Back
            | Self::Rests(_)
            | Self::GoesOn
            | Self::Unread => String::new(),
        }
    }

    /// Reads what [`Happening::word`] and [`Happening::rest`] have written.
    pub(crate) fn read(word: &str, rest: &str) -> Option<Self> {
        let nothing_follows = |happening| rest.is_empty().then_some(happening);
        let holds = |hold| whole(rest, Reader::address).map(|address| Self::Holds(hold, address));
        if [TOO_SOON, TOO_LATE].contains(&rest) {
            let late = rest == TOO_LATE;
            return Awaited::read(word).map(|what| Self::Untimely { what, late });
        }
        match word {
            "stdout" => Output::read(rest).map(Self::Stdout),
            "closed" => (rest == "stdout").then_some(Self::Stdout(Output::Closed)),
            "stdin" if rest == "end" => Some(Self::Stdin(Input::End)),
            "stdin" => whole(rest, Reader::quoted).map(|line| Self::Stdin(Input::Line(line))),
            "stderr" => Stderr::read(rest).map(Self::Stderr),
            "told" if rest == SOMETHING => Some(Self::Told(None)),
            "told" => {
                let subject = read_unquoted(rest.strip_prefix("naming ")?)?;
                Some(Self::Told(Some(subject)))
            }
            "exit" | "signal" | "panic" | "todo" => End::read(word, rest).map(Self::End),
            "sockets" if rest == NONE => Some(Self::Sockets(Vec::new())),
            "sockets" => {
                let names = rest.split(", ").filter(|name| !name.is_empty());
                Some(Self::Sockets(names.map(str::to_owned).collect()))
            }
            "endpoints" if rest == NONE => Some(Self::Endpoints(Vec::new())),
            "endpoints" => {
                let each = rest.split(", ").map(|one| whole(one, Reader::address));
                each.collect::<Option<_>>().map(Self::Endpoints)
            }
            "rests" => nothing_follows(Self::Rests(true)),
            "busy" => nothing_follows(Self::Rests(false)),
            "memory" if rest == "grows" => Some(Self::Memory { grew: true }),
            "memory" if rest == "flat" => Some(Self::Memory { grew: false }),
            "goes-on" => nothing_follows(Self::GoesOn),
            "unread" => nothing_follows(Self::Unread),
            "ctrl-c" => nothing_follows(Self::CtrlC),
            "sigterm" => nothing_follows(Self::Sigterm),
            "stopped" => (rest == "for a moment").then_some(Self::Stopped),
            "descriptors" if rest == "none left" => Some(Self::Descriptors { left: false }),
            "descriptors" if rest == "as before" => Some(Self::Descriptors { left: true }),
            "listen" => holds(Hold::Listen),
            "full" => holds(Hold::Full),
            "timewait" => holds(Hold::TimeWait),
            "bind" => holds(Hold::Bind).or_else(|| whole(rest, neighbour)),
            "address" => whole(rest, not_its_own),
            "connect" => Connect::read(rest).map(Self::Connect),
            "accept" => Accept::read(rest).map(Self::Accept),
            "send" => Flow::read(rest).map(Self::Send),
            "recv" => Flow::read(rest).map(Self::Recv),
            "from-client" => Flow::read(rest).map(|flow| Self::From(Side::Client, flow)),
            "from-server" => Flow::read(rest).map(|flow| Self::From(Side::Server, flow)),
            "to-client" => Flow::read(rest).map(|flow| Self::To(Side::Client, flow)),
            "to-server" => Flow::read(rest).map(|flow| Self::To(Side::Server, flow)),
            "shutdown" => (rest == "FIN").then_some(Self::Shutdown),
            "close" => (rest == "FIN").then_some(Self::Close),
            "reset" => (rest == "RST").then_some(Self::Reset),
            "ended" => nothing_follows(Self::Ended),
            "silent" => rest.strip_suffix(" ms")?.parse().ok().map(Self::Silent),
            "sendto" => whole(rest, sent_to),
            "recvfrom" => Datagram::read(rest).map(Self::RecvFrom),
            "lost" => whole(rest, Reader::payload).map(Self::Lost),
            "away" => nothing_follows(Self::Away),
            "back" => nothing_follows(Self::Back),
            _ => None,
        }
    }
}

fn neighbour(reader: &mut Reader<'_>) -> Option<Happening> {
    let address = reader.address()?;
    let taken = reader.has(" taken");
    if !taken {
        reader.words(" free")?;
    }
    Some(Happening::Neighbour { address, taken })
}

fn not_its_own(reader: &mut Reader<'_>) -> Option<Happening> {
    let address = reader.address()?;
    let another = reader.has(ANOTHER_S);
    if !another {
        reader.words(OUTSIDE)?;
    }
    let whose = if another {
        Whose::Another
    } else {
        Whose::Outside
    };
    Some(Happening::NotItsOwn(address, whose))
}

fn sent_to(reader: &mut Reader<'_>) -> Option<Happening> {
    let to = reader.address()?;
    reader.words(" ")?;
    if let Some(bytes) = reader.payload() {
        let again = reader.has(AGAIN);
        return Some(Happening::SendTo { to, bytes, again });
    }
    let why = Kind::named(reader.remainder())?;
    Some(Happening::NotSentTo { to, why })
}

impl Connect {
    fn read(rest: &str) -> Option<Self> {
        match rest {
            FULL => Some(Self::Crowd { full: true }),
            "without end" => Some(Self::Crowd { full: false }),
            "refused" => Some(Self::Refused),
            SILENCE => Some(Self::Silence),
            _ => whole(rest, Reader::address)
                .map(Self::To)
                .or_else(|| whole(rest, many))
                .or_else(|| Kind::named(rest).map(Self::Failed)),
        }
    }
}

fn many(reader: &mut Reader<'_>) -> Option<Connect> {
    let to = reader.address()?;
    reader.words(" ")?;
    let joined = reader.number()?;
    reader.words(" of ")?;
    let count = reader.number()?;
    Some(Connect::Many { to, joined, count })
}

impl Accept {
    fn read(rest: &str) -> Option<Self> {
        match rest {
            "RST" => Some(Self::Rst),
            SILENCE => Some(Self::Silence),
            _ => whole(rest, Reader::address).map(Self::From),
        }
    }
}

impl Flow {
    fn told(&self) -> String {
        match self {
            Self::Bytes(bytes) => bytes.to_string(),
            Self::AtLeast(count) => format!("at least {}", Count(*count)),
            Self::Again(bytes) => format!("{bytes}{AGAIN}"),
            Self::Message(message) => message.to_string(),
            Self::Fin => "FIN".to_owned(),
            Self::Rst => "RST".to_owned(),
            Self::Silence => SILENCE.to_owned(),
            Self::Failed(kind) => kind.to_string(),
        }
    }

    fn read(rest: &str) -> Option<Self> {
        let at_least = |reader: &mut Reader<'_>| {
            reader.words("at least ")?;
            reader.count().map(Self::AtLeast)
        };
        let again = |reader: &mut Reader<'_>| {
            let bytes = reader.quoted()?;
            reader.words(AGAIN)?;
            Some(Self::Again(bytes))
        };
        match rest {
            "FIN" => Some(Self::Fin),
            "RST" => Some(Self::Rst),
            SILENCE => Some(Self::Silence),
            _ => whole(rest, at_least)
                .or_else(|| whole(rest, again))
                .or_else(|| whole(rest, Reader::payload).map(Self::Bytes))
                .or_else(|| Message::read(rest).map(Self::Message))
                .or_else(|| Kind::named(rest).map(Self::Failed)),
        }
    }
}

impl Datagram {
    fn read(rest: &str) -> Option<Self> {
        let came = |reader: &mut Reader<'_>| {
            let bytes = reader.payload()?;
            reader.words(" from ")?;
            let from = reader.address()?;
            let cut = reader.has(CUT);
            Some(Self::Came { bytes, from, cut })
        };
        match rest {
            SILENCE => Some(Self::Silence),
            _ => whole(rest, came),
        }
    }
}
