//! Where everything in a diagram stands, in pixels. Text is measured by its
//! columns, not by a font, since the reader's font is not known: a Latin letter
//! takes one column, a Hangul syllable two, and fonts stay a little below that.

use super::transcript::{CLIENT, MIDDLE, PROGRAM, SERVER, Transcript};
use probe::{Accept, Connect, Datagram, Event, Flow, Happening, Side};
use unicode_width::UnicodeWidthChar;

/// From one line of text to the next, and the margin around the diagram.
pub const LINE: usize = 18;
pub const MARGIN: usize = 8;
/// Between a box and its text, on each side.
pub const PADDING: usize = 8;
/// The boxes with the names, at the head of the lifelines.
pub const HEAD: usize = 30;

/// A letter of one column, and one of two.
const NARROW: usize = 8;
const WIDE: usize = 14;
/// Where the words of an event are wrapped: with one peer, a diagram of the
/// widest words is just as wide as a phone's page.
const NOTE_WIDTH: usize = 270;
const PEER_NOTE_WIDTH: usize = 160;
const PAIR_NOTE_WIDTH: usize = 230;
const LABEL_WIDTH: usize = 270;
/// The number of lines after which the words of an event are cut.
const MOST_LINES: usize = 6;
/// The least between two lifelines.
const CLOSEST: usize = 120;

pub struct Layout {
    pub width: usize,
    pub height: usize,
    pub lifelines: Vec<Lifeline>,
    pub rows: Vec<Row>,
}

/// A vertical line and the name at its head.
pub struct Lifeline {
    pub name: String,
    /// The line's place; the name is centred on it.
    pub x: usize,
}

/// One event: its words and what is drawn for it.
pub struct Row {
    pub shape: Shape,
    pub verb: &'static str,
    /// The rest, wrapped; the verb stands before the first line.
    pub lines: Vec<String>,
    /// All words, where the lines hold less than that.
    pub cut: Option<String>,
    /// The row's upper edge.
    pub top: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A box on a lifeline: something that concerns nobody else.
    Note { at: usize },
    /// An arrow from lifeline to lifeline.
    Arrow { from: usize, to: usize, look: Look },
}

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

impl Row {
    /// The row's height without the space below it.
    pub fn height(&self) -> usize {
        let words = self.lines.len() * LINE;
        words
            + match self.shape {
                Shape::Note { .. } => PADDING,
                Shape::Arrow {
                    look: Look::Returned,
                    ..
                } => 24,
                Shape::Arrow { .. } => 12,
            }
    }

    /// The width of the widest line.
    pub fn words_width(&self) -> usize {
        let first = before_rest(self.verb) + width(&self.lines[0]);
        self.lines
            .iter()
            .skip(1)
            .map(|line| width(line))
            .fold(first, usize::max)
    }

    fn box_width(&self) -> usize {
        self.words_width() + 2 * PADDING
    }
}

pub fn lay_out(transcript: &Transcript) -> Layout {
    let names = transcript.lifelines();
    let mut rows: Vec<Row> = Vec::new();
    let mut top = MARGIN + HEAD + 14;
    for event in transcript.events() {
        let row = row(event, &names, top);
        top += row.height() + 14;
        rows.push(row);
    }
    let lifelines = lifelines(&names, &rows);
    let reach = |row: &Row| match row.shape {
        Shape::Note { at: 0 } => MARGIN + row.box_width(),
        Shape::Note { at } => lifelines[at].x + row.box_width() / 2,
        Shape::Arrow { .. } => 0,
    };
    let heads = lifelines
        .iter()
        .map(|line| line.x + head_width(&line.name) / 2);
    let right = heads.chain(rows.iter().map(reach)).max().unwrap_or(0);
    Layout {
        width: right + MARGIN,
        height: top,
        lifelines,
        rows,
    }
}

/// The width of the box around a lifeline's name.
pub fn head_width(name: &str) -> usize {
    width(name) + 2 * PADDING
}

/// The width of the verb and the space after it.
fn before_rest(verb: &str) -> usize {
    width(verb) + NARROW
}

fn width(text: &str) -> usize {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> usize {
    match letter.width() {
        Some(2) => WIDE,
        Some(0) => 0,
        _ => NARROW,
    }
}

fn row(event: &Event, names: &[&str], top: usize) -> Row {
    let at = names
        .iter()
        .position(|name| *name == event.who)
        .unwrap_or(0);
    let shape = shape(event, at, names);
    let most = match shape {
        Shape::Note { at: 0 } => NOTE_WIDTH,
        Shape::Note { .. } if names[0] != PROGRAM => PAIR_NOTE_WIDTH,
        Shape::Note { .. } => PEER_NOTE_WIDTH,
        Shape::Arrow { .. } => LABEL_WIDTH,
    };
    let (word, rest) = (event.what.word(), event.what.rest());
    let mut lines = wrap(&rest, before_rest(word), most);
    let cut = (lines.len() > MOST_LINES).then(|| {
        lines.truncate(MOST_LINES);
        lines[MOST_LINES - 1].push('…');
        format!("{} {word} {rest}", event.who)
    });
    Row {
        shape,
        verb: word,
        lines,
        cut,
        top,
    }
}

/// What an event looks like; `at` is the lifeline of whoever it belongs to.
fn shape(event: &Event, at: usize, names: &[&str]) -> Shape {
    let note = Shape::Note { at };
    let of_a_pair = names[0] == CLIENT;
    if event.who == PROGRAM || of_a_pair && event.who != MIDDLE {
        return note;
    }
    let look = look(&event.what);
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
        | Happening::Reset => Shape::Arrow {
            from: at,
            to: 0,
            look,
        },
        // Nothing came: there is no arrow to draw.
        Happening::Recv(_) | Happening::RecvFrom(_) if look == Look::Lost => note,
        Happening::Recv(_) | Happening::RecvFrom(_) | Happening::Accept(_) => Shape::Arrow {
            from: 0,
            to: at,
            look,
        },
        _ => note,
    }
}

fn look(what: &Happening) -> Look {
    match what {
        Happening::Shutdown | Happening::Close => Look::Ending,
        Happening::Reset => Look::Breaking,
        Happening::Connect(Connect::Refused) => Look::Returned,
        Happening::Connect(Connect::Silence)
        | Happening::Accept(Accept::Silence)
        | Happening::RecvFrom(Datagram::Silence) => Look::Lost,
        _ => match what.flow() {
            Some(Flow::Fin) => Look::Ending,
            Some(Flow::Rst) => Look::Breaking,
            Some(Flow::Silence) => Look::Lost,
            _ => Look::Plain,
        },
    }
}

/// What the check does between two programs.
fn between_two_programs(what: &Happening, middle: usize, names: &[&str], look: Look) -> Shape {
    let arrow = |from, to| Shape::Arrow { from, to, look };
    let at = |name| names.iter().position(|known| *known == name).unwrap_or(0);
    match what {
        Happening::From(..) if look == Look::Lost => Shape::Note { at: middle },
        Happening::Accept(_) | Happening::From(Side::Client, _) => arrow(at(CLIENT), middle),
        Happening::From(Side::Server, _) => arrow(at(SERVER), middle),
        Happening::To(Side::Client, _) => arrow(middle, at(CLIENT)),
        Happening::Connect(_) | Happening::To(Side::Server, _) => arrow(middle, at(SERVER)),
        _ => Shape::Note { at: middle },
    }
}

/// Places the lifelines so that every arrow is as long as its words are wide,
/// and no box of the first one's covers another lifeline.
fn lifelines(names: &[&str], rows: &[Row]) -> Vec<Lifeline> {
    let first = MARGIN + head_width(names[0]) / 2;
    let boxes = rows.iter().filter(|row| row.shape == Shape::Note { at: 0 });
    let boxes = boxes
        .map(|row| MARGIN + row.box_width() + 12)
        .max()
        .unwrap_or(0);

    let mut placed = vec![Lifeline {
        name: names[0].to_owned(),
        x: first,
    }];
    for (at, name) in names.iter().enumerate().skip(1) {
        let before = &placed[at - 1];
        let beside = before.x + CLOSEST.max((head_width(&before.name) + head_width(name)) / 2 + 16);
        let needed = rows.iter().filter_map(|row| match row.shape {
            Shape::Arrow { from, to, .. } if from.max(to) == at => {
                Some(placed[from.min(to)].x + row.words_width() + 32)
            }
            // Between two programs a box has a lifeline on its left.
            Shape::Note { at: own } if own == at && names[0] != PROGRAM => {
                Some(before.x + row.box_width() / 2 + 12)
            }
            _ => None,
        });
        let x = beside.max(needed.max().unwrap_or(0)).max(boxes);
        placed.push(Lifeline {
            name: (*name).to_owned(),
            x,
        });
    }
    placed
}

/// Breaks text into lines no wider than `most`, at spaces where there are any.
/// The first line is shorter by what is `taken` of it; there is always one.
fn wrap(text: &str, taken: usize, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut room = most.saturating_sub(taken);
    for word in text.split_inclusive(' ') {
        let needed = width(word.trim_end());
        if needed > room && needed <= most {
            lines.push(std::mem::take(&mut line));
            room = most;
        }
        for letter in word.chars() {
            if letter != ' ' && letter_width(letter) > room {
                lines.push(std::mem::take(&mut line));
                room = most;
            }
            line.push(letter);
            room = room.saturating_sub(letter_width(letter));
        }
    }
    lines.push(line);
    lines
        .into_iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_hangul_more_room() {
        assert_eq!(wrap("연결되었습니다", 0, 4 * WIDE), ["연결되었", "습니다"]);
        assert_eq!(wrap("connected", 0, 4 * WIDE), ["connect", "ed"]);
    }

    #[test]
    fn breaks_at_spaces_first() {
        assert_eq!(
            wrap("then, once read, more", 5 * NARROW, 16 * NARROW),
            ["then, once", "read, more"]
        );
    }

    #[test]
    fn loses_no_letter() {
        let text = "\"a long piece of text\" [eb 85 95] 한글도 함께, andaverylongwordwithoutspaces";
        let whole: String = wrap(text, 24, 80).concat();
        assert_eq!(whole.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn refused_comes_back_and_silence_does_not_arrive() {
        let looks = Transcript::parse("a  connect  refused\na  connect  silence\na  recv  silence")
            .unwrap();
        let shapes: Vec<_> = lay_out(&looks).rows.iter().map(|row| row.shape).collect();
        assert_eq!(
            shapes[0],
            Shape::Arrow {
                from: 1,
                to: 0,
                look: Look::Returned
            }
        );
        assert_eq!(
            shapes[1],
            Shape::Arrow {
                from: 1,
                to: 0,
                look: Look::Lost
            }
        );
        assert_eq!(shapes[2], Shape::Note { at: 1 });
    }
}
