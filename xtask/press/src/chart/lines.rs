//! Lines over a scale, each named at its end. Colours and fonts are the theme's.

use html_escape::encode_text;

/// A chart of lines.
pub struct Lines {
    /// What the horizontal scale counts, and the vertical one.
    pub across: String,
    pub up: String,
    pub lines: Vec<Line>,
}

pub struct Line {
    /// The theme's name for its colour.
    pub class: &'static str,
    pub name: String,
    pub points: Vec<(usize, usize)>,
}

const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 48.0;
/// Where the scale ends, and the lines' names begin.
const RIGHT: f64 = 420.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 290.0;
/// Between the names of two lines, at least.
const APART: f64 = 18.0;
/// About how many steps a scale has.
const STEPS: usize = 4;

pub fn svg(chart: &Lines, label: &str) -> String {
    let most = |of: fn(&(usize, usize)) -> usize| {
        let all = chart.lines.iter().flat_map(|line| &line.points);
        all.map(of).max().unwrap_or(0).max(1)
    };
    let (widest, highest) = (most(|point| point.0), most(|point| point.1));
    let x = |value: usize| LEFT + (RIGHT - LEFT) * value as f64 / widest as f64;
    let y = |value: usize| BOTTOM - (BOTTOM - TOP) * value as f64 / highest as f64;

    let mut parts = vec![format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" \
         aria-label=\"{label}\">"
    )];
    for value in scale(highest) {
        parts.push(format!(
            "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{RIGHT}\"/>\
             <text class=\"scale\" x=\"{before}\" y=\"{base:.1}\" text-anchor=\"end\">{value}</text>",
            y = y(value),
            before = LEFT - 8.0,
            base = y(value) + 4.0,
        ));
    }
    for value in scale(widest) {
        parts.push(format!(
            "<text class=\"scale\" x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{value}</text>",
            x = x(value),
            below = BOTTOM + 20.0,
        ));
    }
    parts.push(format!(
        "<text class=\"scale\" x=\"{LEFT}\" y=\"18\">{up}</text>\
         <text class=\"scale\" x=\"{RIGHT}\" y=\"{last}\" text-anchor=\"end\">{across}</text>",
        up = encode_text(&chart.up),
        last = HEIGHT - 10.0,
        across = encode_text(&chart.across),
    ));
    let ends: Vec<_> = chart
        .lines
        .iter()
        .map(|line| line.points.last().map_or(BOTTOM, |point| y(point.1)))
        .collect();
    for (line, name_y) in chart.lines.iter().zip(apart(&ends)) {
        let path: Vec<_> = line
            .points
            .iter()
            .map(|(sent, arrived)| format!("{:.1} {:.1}", x(*sent), y(*arrived)))
            .collect();
        parts.push(format!(
            "<g class=\"line {class}\"><path d=\"M{path}\"/>\
             <text x=\"{after}\" y=\"{base:.1}\">{name}</text></g>",
            class = line.class,
            path = path.join("L"),
            after = RIGHT + 10.0,
            base = name_y + 4.0,
            name = encode_text(&line.name),
        ));
    }
    parts.push("</svg>".to_owned());
    parts.concat()
}

/// Round numbers from zero to `most`.
fn scale(most: usize) -> Vec<usize> {
    let rough = (most / STEPS).max(1);
    let power = 10_usize.pow(rough.ilog10());
    let round = [1, 2, 5, 10].map(|digit| digit * power);
    let step = round.into_iter().find(|step| *step >= rough);
    (0..=most).step_by(step.unwrap_or(rough)).collect()
}

/// The same heights, moved down as far as they have to be to leave room for each other.
fn apart(heights: &[f64]) -> Vec<f64> {
    let mut order: Vec<_> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut moved = heights.to_vec();
    for pair in order.windows(2) {
        moved[pair[1]] = moved[pair[1]].max(moved[pair[0]] + APART);
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_round_numbers() {
        assert_eq!(scale(512), [0, 200, 400]);
        assert_eq!(scale(400), [0, 100, 200, 300, 400]);
        assert_eq!(scale(3), [0, 1, 2, 3]);
    }

    #[test]
    fn names_do_not_stand_on_each_other() {
        assert_eq!(apart(&[50.0, 45.0, 200.0]), [63.0, 45.0, 200.0]);
    }
}
