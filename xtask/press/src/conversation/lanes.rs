//! Where an event stands in a figure: as a box on the lifeline of whoever it concerns, or as
//! an arrow from one to another, and what kind of arrow. How that is drawn is the theme's.

use super::transcript::{CLIENT, MIDDLE, PROGRAM, SERVER};
use probe::{Accept, Connect, Datagram, Event, Flow, Happening, Output, Side};

/// The place of one event. Lifelines are known by their number, from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A box on a lifeline: something that concerns nobody else.
    Note { at: usize, look: Look },
    /// An arrow from lifeline to lifeline.
    Arrow { from: usize, to: usize, look: Look },
}

/// What becomes of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// The end of a stream: FIN.
    Ending,
    /// The end of a connection: RST.
    Breaking,
    /// It is sent back: refused.
    Returned,
    /// It does not arrive: silence.
    Lost,
}

impl Place {
    /// That of an event among lifelines with these names.
    pub fn of(event: &Event, names: &[&str]) -> Place {
        let own = names.iter().position(|name| *name == event.who);
        let at = own.unwrap_or(0);
        let look = look(&event.what);
        let note = Place::Note { at, look };
        let of_a_pair = names[0] == CLIENT;
        if event.who == PROGRAM || of_a_pair && event.who != MIDDLE {
            return note;
        }
        if of_a_pair {
            return between_two_programs(&event.what, at, names, look);
        }
        match event.what {
            Happening::Connect(_)
            | Happening::Send(_)
            | Happening::SendTo { .. }
            | Happening::NotSentTo { .. }
            | Happening::Shutdown
            | Happening::Close
            | Happening::Reset => Place::Arrow {
                from: at,
                to: 0,
                look,
            },
            // Nothing came: there is no arrow to draw.
            Happening::Recv(_) | Happening::RecvFrom(_) if look == Look::Lost => note,
            Happening::Recv(_) | Happening::RecvFrom(_) | Happening::Accept(_) => Place::Arrow {
                from: 0,
                to: at,
                look,
            },
            _ => note,
        }
    }

    pub fn look(self) -> Look {
        match self {
            Place::Note { look, .. } | Place::Arrow { look, .. } => look,
        }
    }
}

fn look(what: &Happening) -> Look {
    match what {
        Happening::Shutdown | Happening::Close => Look::Ending,
        Happening::Reset => Look::Breaking,
        Happening::Connect(Connect::Refused) => Look::Returned,
        Happening::Connect(Connect::Silence)
        | Happening::Accept(Accept::Silence)
        | Happening::Stdout(Output::Silence)
        | Happening::RecvFrom(Datagram::Silence)
        | Happening::Lost(_) => Look::Lost,
        _ => match what.flow() {
            Some(Flow::Fin) => Look::Ending,
            Some(Flow::Rst) => Look::Breaking,
            Some(Flow::Silence) => Look::Lost,
            _ => Look::Plain,
        },
    }
}

/// What the check does between two programs.
fn between_two_programs(what: &Happening, middle: usize, names: &[&str], look: Look) -> Place {
    let arrow = |from, to| Place::Arrow { from, to, look };
    let at = |name| names.iter().position(|known| *known == name).unwrap_or(0);
    match what {
        Happening::From(..) if look == Look::Lost => Place::Note { at: middle, look },
        Happening::Accept(_) | Happening::From(Side::Client, _) => arrow(at(CLIENT), middle),
        Happening::From(Side::Server, _) => arrow(at(SERVER), middle),
        Happening::To(Side::Client, _) => arrow(middle, at(CLIENT)),
        Happening::Connect(_) | Happening::To(Side::Server, _) => arrow(middle, at(SERVER)),
        _ => Place::Note { at: middle, look },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: &str) -> Place {
        Place::of(&Event::parse(line).unwrap(), &[PROGRAM, "a"])
    }

    #[test]
    fn refused_comes_back_and_silence_does_not_arrive() {
        let arrow = |look| Place::Arrow {
            from: 1,
            to: 0,
            look,
        };
        assert_eq!(place("a  connect  refused"), arrow(Look::Returned));
        assert_eq!(place("a  connect  silence"), arrow(Look::Lost));
        let note = Place::Note {
            at: 1,
            look: Look::Lost,
        };
        assert_eq!(place("a  recv  silence"), note);
    }

    #[test]
    fn what_the_program_says_is_a_box_on_its_lifeline() {
        let note = Place::Note {
            at: 0,
            look: Look::Plain,
        };
        assert_eq!(place("program  exit  0"), note);
    }
}
