//! Bars below one another, all from the same zero, each with its words above and its
//! figure at its end. They are as wide as the page has room; colours and fonts are the
//! theme's.

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

/// A list of them; `label` (already escaped) is its name.
pub fn html(bars: &[Bar], label: &str) -> String {
    let values = bars.iter().map(|bar| bar.value);
    let longest = values.fold(f64::MIN_POSITIVE, f64::max);
    let drawn = bars.iter().map(|bar| {
        format!(
            "<div role=\"listitem\" class=\"bar {class}\"><span>{name}</span>\
             <span class=\"measured\"><i style=\"--part:{part:.4}\"></i><b>{told}</b></span></div>",
            class = bar.class,
            name = encode_text(&bar.name),
            part = bar.value / longest,
            told = encode_text(&bar.told),
        )
    });
    format!(
        "<div role=\"list\" class=\"bars\" aria-label=\"{label}\">{}</div>",
        drawn.collect::<String>()
    )
}
