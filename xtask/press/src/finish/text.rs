//! Where the text of a page is.

/// Elements whose text is no words for a reader, or cannot hold an element.
const OPAQUE: [&str; 6] = ["script", "style", "title", "svg", "template", "textarea"];

/// The page with the text between its tags told anew; `change` is given each piece with the
/// elements that it stands in.
pub fn changed(html: &str, mut change: impl FnMut(&str, &Around<'_>) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut around = Around::default();
    let mut rest = html;
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, tag) = rest.split_at(at);
        let seen = !text.is_empty() && !around.is_opaque();
        let changed = if seen { change(text, &around) } else { None };
        out += changed.as_deref().unwrap_or(text);
        let end = end_of_tag(tag);
        let (tag, after) = tag.split_at(end);
        around.pass(tag);
        out += tag;
        rest = after;
        // In a script, `<` is no tag.
        let opened = name_of(tag);
        if let Some(name) = RAW.into_iter().find(|name| *name == opened) {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            out += &rest[..end];
            rest = &rest[end..];
        }
    }
    out
}

/// Elements whose text is not read as HTML.
const RAW: [&str; 2] = ["script", "style"];

/// The end of a tag or a comment that a text begins with.
fn end_of_tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, letter) in text.bytes().enumerate() {
        match (quote, letter) {
            (None, b'"' | b'\'') => quote = Some(letter),
            (None, b'>') => return at + 1,
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The elements around a piece of text, each by its name and its opening tag.
#[derive(Default)]
pub struct Around<'a> {
    open: Vec<(&'a str, &'a str)>,
    /// How many of them are opaque.
    opaque: usize,
}

/// Elements that have no end.
const EMPTY: [&str; 9] = [
    "meta", "link", "br", "hr", "img", "input", "base", "wbr", "col",
];

impl<'a> Around<'a> {
    fn pass(&mut self, tag: &'a str) {
        if tag.starts_with("<!") || tag.is_empty() {
            return;
        }
        if let Some(name) = tag.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim();
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                let closed = self.open.drain(at..);
                self.opaque -= closed.filter(|(name, _)| OPAQUE.contains(name)).count();
            }
            return;
        }
        let name = name_of(tag);
        if !tag.ends_with("/>") && !EMPTY.contains(&name) {
            self.open.push((name, tag));
            self.opaque += usize::from(OPAQUE.contains(&name));
        }
    }

    /// Does the text stand in an element with this name?
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|(open, _)| *open == name)
    }

    /// Does an element with this class stand around the text?
    pub fn has_class(&self, class: &str) -> bool {
        self.open.iter().any(|(_, tag)| {
            let classes = tag.split_once(" class=\"").map_or("", |(_, after)| after);
            let classes = classes.split('"').next().unwrap_or_default();
            classes.split_whitespace().any(|one| one == class)
        })
    }

    /// Does the closest element that says which language its text is in say this one?
    pub fn speaks(&self, language: &str) -> bool {
        let tags = self.open.iter().rev().map(|(_, tag)| tag);
        let said = tags.filter_map(|tag| tag.split_once(" lang=\"")).next();
        said.is_some_and(|(_, said)| said.starts_with(&format!("{language}\"")))
    }

    fn is_opaque(&self) -> bool {
        self.opaque > 0
    }
}

fn name_of(tag: &str) -> &str {
    let name = &tag[usize::from(tag.starts_with('<'))..];
    let end = name
        .bytes()
        .position(|letter| matches!(letter, b' ' | b'\n' | b'>' | b'/'));
    &name[..end.unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_text_from_tags() {
        let html = "<p title=\"a>b\">one<br>two</p><script>x<y</script><!-- <i> --><b>three</b>";
        let told = changed(html, |text, around| {
            Some(format!("[{text} {}]", around.is_in("p")))
        });
        assert_eq!(
            told,
            "<p title=\"a>b\">[one true]<br>[two true]</p><script>x<y</script>\
             <!-- <i> --><b>[three false]</b>"
        );
    }

    #[test]
    fn the_closest_language_counts() {
        let html = "<html lang=\"en\"><p>a<b lang=\"ko\">b</b></p></html>";
        let mut korean = Vec::new();
        changed(html, |text, around| {
            korean.push((text.to_owned(), around.speaks("ko")));
            None
        });
        assert_eq!(korean, [("a".to_owned(), false), ("b".to_owned(), true)]);
    }
}
