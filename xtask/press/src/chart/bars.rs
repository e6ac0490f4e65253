//! Bars below one another, all from the same zero, each with its words above and its
//! figure at its end. Colours and fonts are the theme's.

use html_escape::encode_text;

/// One bar.
pub struct Bar {
    /// The theme's name for its colour.
    pub class: &'static str,
    pub name: String,
    pub value: f64,
    /// What stands at its end: the value, with its unit.
    pub told: String,
}

const WIDTH: f64 = 620.0;
const LEFT: f64 = 4.0;
/// Where the longest bar ends, and the words at its end begin.
const RIGHT: f64 = 430.0;
/// From one bar to the next.
const ROW: f64 = 46.0;
const THICK: f64 = 16.0;
/// From a row's top to its bar.
const WORDS: f64 = 22.0;

pub fn svg(bars: &[Bar], label: &str) -> String {
    let values = bars.iter().map(|bar| bar.value);
    let longest = values.fold(f64::MIN_POSITIVE, f64::max);
    let x = |value: f64| LEFT + (RIGHT - LEFT) * value / longest;
    let height = ROW * bars.len() as f64 + 6.0;
    let drawn = bars.iter().enumerate().map(|(row, bar)| {
        let top = ROW * row as f64;
        let (end, bar_top) = (x(bar.value), top + WORDS);
        format!(
            "<g class=\"bar {class}\"><text x=\"{LEFT}\" y=\"{name_y}\">{name}</text>\
             <rect x=\"{LEFT}\" y=\"{bar_top}\" width=\"{wide:.1}\" height=\"{THICK}\" rx=\"2\"/>\
             <text class=\"value\" x=\"{told_x:.1}\" y=\"{told_y}\">{told}</text></g>",
            class = bar.class,
            name = encode_text(&bar.name),
            name_y = top + WORDS - 6.0,
            wide = (end - LEFT).max(1.0),
            told = encode_text(&bar.told),
            told_x = end + 8.0,
            told_y = bar_top + THICK - 3.0,
        )
    });
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" \
         aria-label=\"{label}\">{}</svg>",
        drawn.collect::<String>()
    )
}
