//! Writes a layout as SVG. Colours, fonts and line styles are the theme's; the
//! classes here only say what a thing is. There are no ids in it, because a
//! page may hold the same conversation twice.

use super::layout::{HEAD, LINE, Layout, Lifeline, Look, MARGIN, PADDING, Row, Shape, head_width};
use html_escape::encode_text;
use std::fmt::Write;

/// The diagram, with `label` (already escaped) as its name.
pub fn svg(layout: &Layout, label: &str) -> String {
    let (width, height) = (layout.width, layout.height);
    let mut parts = vec![format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{label}\">"
    )];
    parts.extend(
        layout
            .lifelines
            .iter()
            .map(|lifeline| head(lifeline, height)),
    );
    parts.extend(layout.rows.iter().map(|row| event(row, &layout.lifelines)));
    parts.push("</svg>".to_owned());
    parts.concat()
}

fn head(lifeline: &Lifeline, bottom: usize) -> String {
    let Lifeline { name, x } = lifeline;
    let wide = head_width(name);
    format!(
        "<g class=\"lifeline\"><path d=\"M{x} {below}V{bottom}\"/>\
         <rect x=\"{left}\" y=\"{MARGIN}\" width=\"{wide}\" height=\"{HEAD}\" rx=\"4\"/>\
         <text x=\"{x}\" y=\"{base}\">{name}</text></g>",
        below = MARGIN + HEAD,
        left = x - wide / 2,
        base = MARGIN + 20,
        name = encode_text(name),
    )
}

fn event(row: &Row, lifelines: &[Lifeline]) -> String {
    let full = row.cut.as_ref().map_or(String::new(), |full| {
        format!("<title>{}</title>", encode_text(full))
    });
    let (class, drawn) = match row.shape {
        Shape::Note { at } => ("note", note(row, at, lifelines)),
        Shape::Arrow { from, to, look } => (
            class(look),
            arrow(row, lifelines[from].x, lifelines[to].x, look),
        ),
    };
    format!("<g class=\"{class}\">{full}{drawn}</g>")
}

fn class(look: Look) -> &'static str {
    match look {
        Look::Plain => "arrow",
        Look::Ending => "arrow ending",
        Look::Breaking => "arrow breaking",
        Look::Returned => "arrow returned",
        Look::Lost => "arrow lost",
    }
}

/// The program's boxes start at the edge, a peer's stand on its lifeline.
fn note(row: &Row, at: usize, lifelines: &[Lifeline]) -> String {
    let wide = row.words_width() + 2 * PADDING;
    let left = if at == 0 {
        MARGIN
    } else {
        lifelines[at].x.saturating_sub(wide / 2)
    };
    let words = words(row, left + PADDING, row.top + 16, "start");
    format!(
        "<rect x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"{}\" rx=\"4\"/>{words}",
        row.top,
        row.height(),
    )
}

/// The words stand on the arrow, in the middle of it.
fn arrow(row: &Row, from: usize, to: usize, look: Look) -> String {
    let y = row.top + row.lines.len() * LINE + 6;
    let line = match look {
        Look::Plain | Look::Ending | Look::Breaking => {
            format!("<path d=\"M{from} {y}H{to}\"/>{}", tip(to, y, to < from))
        }
        Look::Returned => {
            let turn = if to < from { to + 12 } else { to - 12 };
            let (back, sweep) = (y + 12, u8::from(to >= from));
            format!(
                "<path d=\"M{from} {y}H{turn}A6 6 0 0 {sweep} {turn} {back}H{from}\"/>{}",
                tip(from, back, to >= from)
            )
        }
        Look::Lost => {
            let end = if to < from { to + 30 } else { to - 30 };
            let cross = format!("M{} {}l12 12m0-12l-12 12", end - 6, y - 6);
            format!("<path d=\"M{from} {y}H{end}\"/><path class=\"cross\" d=\"{cross}\"/>")
        }
    };
    line + &words(row, from.midpoint(to), row.top + 14, "middle")
}

/// An arrow's head with its point at `x`.
fn tip(x: usize, y: usize, leftwards: bool) -> String {
    let back = if leftwards { 9 } else { -9 };
    format!("<path class=\"tip\" d=\"M{x} {y}l{back}-5v10z\"/>")
}

fn words(row: &Row, x: usize, y: usize, anchor: &str) -> String {
    let mut spans = String::new();
    for (number, line) in row.lines.iter().enumerate() {
        let verb = if number == 0 {
            let space = if line.is_empty() { "" } else { " " };
            format!(
                "<tspan class=\"verb\">{}</tspan>{space}",
                encode_text(row.verb)
            )
        } else {
            String::new()
        };
        // Writing to a string does not fail.
        let _ = write!(
            spans,
            "<tspan x=\"{x}\" y=\"{}\">{verb}{}</tspan>",
            y + number * LINE,
            encode_text(line)
        );
    }
    format!("<text text-anchor=\"{anchor}\">{spans}</text>")
}
