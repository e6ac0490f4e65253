//! One run, or two side by side, as a page that needs nothing else: styles and script are in it.

use crate::Player;
use crate::escape::escaped;
use spoken::Lang;

/// What such a page begins with: by this it is known as one that may be written over.
pub const MARK: &str = "<!DOCTYPE html>\n<!-- cargo xtask trace -->\n";

const OWN_STYLES: &str = include_str!("page.css");
const COLOURS: &str = include_str!("../../../book/theme/colours.css");
const STYLES: &str = include_str!("../../../book/theme/player.css");
const SCRIPT: &str = include_str!("../../../book/theme/player.js");

/// The page, with `words` on what it shows below its title.
pub fn page(title: &str, words: &[String], players: &[Player<'_>], lang: Lang) -> String {
    let code = match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    };
    let runs: String = players.iter().map(|player| player.html(lang)).collect();
    let runs = match players {
        [_, _] => format!("<div class=\"run-pair\">{runs}</div>"),
        _ => runs,
    };
    let colours = colours();
    let title = escaped(title);
    let words: String = words
        .iter()
        .map(|words| format!("<p>{}</p>\n", escaped(words)))
        .collect();
    format!(
        "{MARK}<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{colours}\n{OWN_STYLES}\n{STYLES}</style>\n</head>\n<body>\n\
         <main>\n<h1>{title}</h1>\n{words}{runs}\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// The book's light colours, and at night its dark ones.
fn colours() -> String {
    let light = block(".light {");
    let dark = block(".navy,\n.coal,\n.ayu {") + block("\n.navy {").as_str();
    format!(":root {{{light}}}\n@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}")
}

/// What the first rule of this head says.
fn block(head: &str) -> String {
    let rule = COLOURS.split_once(head).map(|(_, rest)| rest);
    let inside = rule.and_then(|rest| rest.split_once('}'));
    inside.map_or_else(String::new, |(inside, _)| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_every_colour_that_it_uses_by_day_and_by_night() {
        let colours = colours();
        let (day, night) = colours.split_once("@media").expect("two sets");
        // One that says what stands in for it may be missing.
        let used = STYLES.split("var(").skip(1);
        let used = used.filter_map(|rest| rest.split_once(')'));
        for (name, _) in used.filter(|(name, _)| !name.contains(',')) {
            let set = format!("{name}:");
            let is_own = STYLES.contains(&set) || SCRIPT.contains(name);
            assert!(
                is_own || day.contains(&set) && night.contains(&set),
                "{name}"
            );
        }
    }
}
