//! Where everything in a diagram stands. Text is measured by its columns, not
//! by a font, since the reader's font is not known: a Latin letter is one
//! column, a Hangul syllable two, and both end up a little narrower than that.

use super::transcript::{Event, PROGRAM, Transcript};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Pixels: one column of text, one line of it, and the margin around the diagram.
pub const COLUMN: usize = 8;
pub const LINE: usize = 18;
pub const MARGIN: usize = 8;
/// Pixels between a box and its text, on each side.
pub const PADDING: usize = 8;
/// The boxes with the names, at the head of the lifelines.
pub const HEAD: usize = 30;

/// Columns, after which the words of an event are wrapped.
const NOTE_COLUMNS: usize = 34;
const PEER_NOTE_COLUMNS: usize = 20;
const LABEL_COLUMNS: usize = 36;
/// Lines, after which the words of an event are cut.
const MOST_LINES: usize = 4;
/// Pixels: the least between two lifelines.
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
    pub verb: String,
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
                Shape::Arrow { look: Look::Returned, .. } => 24,
                Shape::Arrow { .. } => 12,
            }
    }

    /// The widest line, in pixels.
    pub fn words_width(&self) -> usize {
        let first = self.verb.width() + usize::from(!self.lines[0].is_empty()) + self.lines[0].width();
        let others = self.lines.iter().skip(1).map(|line| line.width()).max().unwrap_or(0);
        first.max(others) * COLUMN
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
    let heads = lifelines.iter().map(|line| line.x + head_width(&line.name) / 2);
    let right = heads.chain(rows.iter().map(reach)).max().unwrap_or(0);
    Layout { width: right + MARGIN, height: top, lifelines, rows }
}

/// The width of the box around a lifeline's name.
pub fn head_width(name: &str) -> usize {
    name.width() * COLUMN + 2 * PADDING
}

fn row(event: &Event, names: &[&str], top: usize) -> Row {
    let at = names.iter().position(|name| *name == event.who).unwrap_or(0);
    let shape = shape(event, at);
    let columns = match shape {
        Shape::Note { at: 0 } => NOTE_COLUMNS,
        Shape::Note { .. } => PEER_NOTE_COLUMNS,
        Shape::Arrow { .. } => LABEL_COLUMNS,
    };
    let mut lines = wrap(&event.rest, event.verb.width() + 1, columns);
    let cut = (lines.len() > MOST_LINES).then(|| {
        lines.truncate(MOST_LINES);
        lines[MOST_LINES - 1].push('…');
        format!("{} {} {}", event.who, event.verb, event.rest)
    });
    Row { shape, verb: event.verb.clone(), lines, cut, top }
}

/// What an event looks like; `at` is the lifeline of whoever it belongs to.
fn shape(event: &Event, at: usize) -> Shape {
    let note = Shape::Note { at };
    if event.who == PROGRAM {
        return note;
    }
    let look = match event.rest.as_str() {
        "FIN" => Look::Ending,
        "RST" => Look::Breaking,
        "refused" => Look::Returned,
        "silence" => Look::Lost,
        _ => Look::Plain,
    };
    match event.verb.as_str() {
        "connect" | "send" | "shutdown" | "close" | "reset" => Shape::Arrow { from: at, to: 0, look },
        // Nothing came: there is no arrow to draw.
        "recv" if look == Look::Lost => note,
        "recv" | "accept" => Shape::Arrow { from: 0, to: at, look },
        _ => note,
    }
}

/// Places the lifelines so that every arrow is as long as its words are wide,
/// and no box of the program's covers another lifeline.
fn lifelines(names: &[&str], rows: &[Row]) -> Vec<Lifeline> {
    let program = MARGIN + head_width(PROGRAM) / 2;
    let boxes = rows.iter().filter(|row| row.shape == Shape::Note { at: 0 });
    let boxes = boxes.map(|row| MARGIN + row.box_width() + 12).max().unwrap_or(0);

    let mut placed = vec![Lifeline { name: names[0].to_owned(), x: program }];
    for (at, name) in names.iter().enumerate().skip(1) {
        let before = &placed[at - 1];
        let beside = before.x + CLOSEST.max((head_width(&before.name) + head_width(name)) / 2 + 16);
        let labels = rows.iter().filter(|row| match row.shape {
            Shape::Arrow { from, to, .. } => from == at || to == at,
            Shape::Note { .. } => false,
        });
        let labels = labels.map(|row| program + row.words_width() + 32).max().unwrap_or(0);
        let x = beside.max(labels).max(boxes);
        placed.push(Lifeline { name: (*name).to_owned(), x });
    }
    placed
}

/// Breaks text into lines of so many columns, at spaces where there are any.
/// The first line is shorter by what stands before it; there is always one.
fn wrap(text: &str, taken: usize, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut room = columns.saturating_sub(taken);
    for word in text.split_inclusive(' ') {
        if line.width() + word.trim_end().width() > room && word.trim_end().width() <= columns {
            lines.push(std::mem::take(&mut line));
            room = columns;
        }
        for letter in word.chars() {
            if letter != ' ' && line.width() + letter.width().unwrap_or(0) > room {
                lines.push(std::mem::take(&mut line));
                room = columns;
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_hangul_twice() {
        assert_eq!(wrap("연결되었습니다", 0, 8), ["연결되었", "습니다"]);
    }

    #[test]
    fn breaks_at_spaces_first() {
        assert_eq!(wrap("then, once read, more", 5, 16), ["then, once", "read, more"]);
    }

    #[test]
    fn loses_no_letter() {
        let text = "\"a long piece of text\" [eb 85 95] 한글도 함께, andaverylongwordwithoutspaces";
        let whole: String = wrap(text, 3, 10).concat();
        assert_eq!(whole.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn refused_comes_back_and_silence_does_not_arrive() {
        let looks = Transcript::parse("a  connect  refused\na  connect  silence\na  recv  silence").unwrap();
        let shapes: Vec<_> = lay_out(&looks).rows.iter().map(|row| row.shape).collect();
        assert_eq!(shapes[0], Shape::Arrow { from: 1, to: 0, look: Look::Returned });
        assert_eq!(shapes[1], Shape::Arrow { from: 1, to: 0, look: Look::Lost });
        assert_eq!(shapes[2], Shape::Note { at: 1 });
    }
}
