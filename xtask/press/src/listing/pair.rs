//! A solution in Rust and the same in Python are two folds, one after the other. Where the
//! page has room for both they stand side by side, which is the theme's affair.

/// The text with such two folds in a box of their own.
pub fn side_by_side(text: &str) -> String {
    let folds = folds(text);
    let mut paired = String::new();
    let mut rest = 0;
    for two in folds.windows(2) {
        let [(start, middle), (next, end)] = [two[0], two[1]];
        let follows = text[middle..next].trim().is_empty();
        let has = |part: &str, language| part.contains(&format!("```{language}"));
        if follows && has(&text[start..middle], "rust") && has(&text[next..end], "python") {
            paired += &text[rest..start];
            paired += "<div class=\"side-by-side\">\n\n";
            paired += &text[start..end];
            paired += "\n\n</div>";
            rest = end;
        }
    }
    paired + &text[rest..]
}

/// Where the folds begin and end that stand at the left.
fn folds(text: &str) -> Vec<(usize, usize)> {
    const END: &str = "\n</details>";
    let starts = text.match_indices("<details>\n").map(|(start, _)| start);
    let at_the_left = starts.filter(|start| *start == 0 || text[..*start].ends_with('\n'));
    at_the_left
        .filter_map(|start| {
            let end = text[start..].find(END)?;
            Some((start, start + end + END.len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_and_then_python_are_a_pair() {
        let fold = |language| format!("<details>\n\n```{language}\n```\n\n</details>");
        let text = format!("a\n\n{}\n\n{}\n\nb", fold("rust"), fold("python"));
        let paired = side_by_side(&text);
        assert!(paired.starts_with("a\n\n<div class=\"side-by-side\">\n\n<details>"));
        assert!(paired.ends_with("</details>\n\n</div>\n\nb"));
        let apart = format!("{}\n\nwords\n\n{}", fold("rust"), fold("python"));
        assert_eq!(side_by_side(&apart), apart);
    }
}
