//! Writes a conversation as HTML: a list of what happened, in its order, each event with its
//! place among the lifelines. Read aloud, or without a style, it is that list; colours, lines
//! and arrows are the theme's.

use super::lanes::{Look, Place};
use super::telling::{Pause, Telling};
use super::transcript::Transcript;
use crate::edition::Edition;
use html_escape::encode_text;
use probe::{Event, Happening};

/// More lifelines than this leave a phone little room for their names.
const FEW: usize = 3;

/// More events than this may stand on two sheets of paper.
const ON_ONE_SHEET: usize = 16;

/// The lifelines with their names, and the events below them.
pub fn scene(transcript: &Transcript, telling: &Telling, edition: Edition) -> String {
    let names = transcript.lifelines();
    let heads = names.iter().enumerate().map(|(lane, name)| {
        let at = fraction(lane, &names);
        format!("<span style=\"--at:{at}\">{}</span>", encode_text(name))
    });
    let lives = (0..names.len()).map(|lane| {
        let at = fraction(lane, &names);
        format!("<i class=\"life\" style=\"--at:{at}\"></i>")
    });
    let marked = telling.marked(transcript.events());
    let mut events = String::new();
    for (number, event) in transcript.events().iter().enumerate() {
        let waited = telling.pauses.iter();
        let waited = waited.filter(|pause| pause.before == number + 1);
        events.extend(waited.map(|pause| wait(pause, &names, edition)));
        events += &item(event, &names, marked == Some(number), edition);
    }
    format!(
        "<div class=\"scene{many}{long}\" style=\"--apart:{apart}\"><div class=\"heads\" aria-hidden=\"true\">{heads}</div>\
         {lives}<ol>{events}</ol></div>",
        many = if names.len() > FEW { " many" } else { "" },
        long = if transcript.events().len() > ON_ONE_SHEET {
            " long"
        } else {
            ""
        },
        apart = fraction(1, &names),
        heads = heads.collect::<String>(),
        lives = lives.collect::<String>(),
    )
}

/// A lifeline's place, from 0 to 1.
fn fraction(lane: usize, names: &[&str]) -> String {
    let last = names.len().saturating_sub(1).max(1);
    let place = lane.min(last) as f64 / last as f64;
    format!("{place:.4}")
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

fn item(event: &Event, names: &[&str], marked: bool, edition: Edition) -> String {
    let place = Place::of(event, names);
    let (mut classes, style, who, line) = match place {
        Place::Note { at, look } => (
            format!(
                "note {} {}{}",
                side(at, names),
                whose(at, names),
                kind(&event.what, look)
            ),
            format!("--at:{}", fraction(at, names)),
            names[at].to_owned(),
            "",
        ),
        Place::Arrow { from, to, .. } => (
            format!(
                "arrow {} {}",
                if to < from { "leftwards" } else { "rightwards" },
                whose(from, names)
            ),
            format!(
                "--a:{};--b:{}",
                fraction(from.min(to), names),
                fraction(from.max(to), names)
            ),
            format!("{} → {}", names[from], names[to]),
            "<span class=\"line\"></span>",
        ),
    };
    classes += match place.look() {
        Look::Plain => "",
        Look::Ending => " ending",
        Look::Breaking => " breaking",
        Look::Returned => " returned",
        Look::Lost => " lost",
    };
    if marked {
        classes += " marked";
    }
    let (verb, rest) = spoken::words(&event.what, edition.lang());
    let attention = if marked { edition.look_here() } else { "" };
    format!(
        "<li class=\"event {classes}\" style=\"{style}\"><span class=\"unseen\">{attention}{who}: </span>\
         <span class=\"words\"><b>{verb}</b> {rest}</span>{line}</li>",
        who = encode_text(&who),
        verb = encode_text(&verb),
        rest = with_quotes_apart(&rest),
    )
}

/// What a box is that is not just something said.
fn kind(what: &Happening, look: Look) -> &'static str {
    match what {
        Happening::Stdin(_) => " typed",
        Happening::End(_) => " exit",
        Happening::Lost(_) => "",
        // Nothing came, for as long as was waited.
        Happening::Silent(_) => " silence",
        _ if look == Look::Lost => " silence",
        _ => "",
    }
}

fn wait(pause: &Pause, names: &[&str], edition: Edition) -> String {
    let own = names
        .iter()
        .position(|name| Some(*name) == pause.who.as_deref());
    let at = own.unwrap_or(0);
    format!(
        "<li class=\"event wait {side}\" style=\"--at:{at};--long:{long}\"><span class=\"unseen\">{who}: </span>\
         <span class=\"words\">{told}</span></li>",
        side = side(at, names),
        who = encode_text(names[at]),
        at = fraction(at, names),
        long = pause.times,
        told = edition.waited(&pause.told()),
    )
}

/// Where a box finds its room.
fn side(at: usize, names: &[&str]) -> &'static str {
    match at {
        0 => "first",
        at if at + 1 == names.len() => "last",
        _ => "between",
    }
}

/// Programs are the learner's, all else is the check.
fn whose(at: usize, names: &[&str]) -> &'static str {
    let program = [
        super::transcript::PROGRAM,
        super::transcript::CLIENT,
        super::transcript::SERVER,
    ];
    if program.contains(&names[at]) {
        "ours"
    } else {
        "theirs"
    }
}

/// What stands in quotes is what was said; a quote within it is escaped.
fn with_quotes_apart(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        html += &encode_text(&rest[..start]);
        let said = &rest[start..];
        let end = closing_quote(said).unwrap_or(said.len());
        html += &format!("<span class=\"said\">{}</span>", encode_text(&said[..end]));
        rest = &said[end..];
    }
    html + &encode_text(rest)
}

/// The end of a text that begins with a quote, behind its closing one.
fn closing_quote(said: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in said.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_ends_where_it_is_closed() {
        let said = |text| format!("<span class=\"said\">{text}</span>");
        assert_eq!(
            with_quotes_apart(r#""a \" b" 5"#),
            said(r#""a \" b""#) + " 5"
        );
        assert_eq!(
            with_quotes_apart(r#""a", "b""#),
            said("\"a\"") + ", " + &said("\"b\"")
        );
        assert_eq!(with_quotes_apart("\"<"), said("\"&lt;"));
    }

    #[test]
    fn lifelines_stand_apart_evenly() {
        let names = ["program", "a", "b"];
        let places = [0, 1, 2].map(|lane| fraction(lane, &names));
        assert_eq!(places, ["0", "0.5", "1"]);
        assert_eq!(fraction(0, &["program"]), "0");
    }
}
