//! One run, or two side by side, as a page that needs nothing else: styles and script are in it.

use crate::Player;
use crate::escape::escaped;
use spoken::Lang;

/// What such a page begins with: by this it is known as one that may be written over.
pub const MARK: &str = "<!DOCTYPE html>\n<!-- cargo xtask trace -->\n";

const COLOURS: &str = include_str!("page.css");
const STYLES: &str = include_str!("../../../book/theme/player.css");
const SCRIPT: &str = include_str!("../../../book/theme/player.js");

/// The page, with `words` on what it shows below its title.
pub fn page(title: &str, words: &str, players: &[Player<'_>], lang: Lang) -> String {
    let code = match lang {
        Lang::Ko => "ko",
        Lang::En => "en",
    };
    let runs: String = players.iter().map(|player| player.html(lang)).collect();
    let runs = match players {
        [_, _] => format!("<div class=\"run-pair\">{runs}</div>"),
        _ => runs,
    };
    let (title, words) = (escaped(title), escaped(words));
    format!(
        "{MARK}<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{COLOURS}\n{STYLES}</style>\n</head>\n<body>\n\
         <main>\n<h1>{title}</h1>\n<p>{words}</p>\n{runs}\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
}
