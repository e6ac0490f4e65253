//! What a function takes: the types of its parameters, whatever it calls them.

use proc_macro2::{Group, Spacing, TokenTree};

/// The type of each parameter, as text; of `self`, what is written of it.
pub fn types(parameters: &Group) -> Vec<String> {
    let mut types = Vec::new();
    let mut current = String::new();
    // A comma between `<` and `>` is the type's own.
    let mut depth = 0;
    let mut previous = ' ';
    for token in parameters.stream() {
        let (point, alone) = match &token {
            TokenTree::Punct(point) => (point.as_char(), point.spacing() == Spacing::Alone),
            _ => (' ', true),
        };
        match point {
            ',' if depth == 0 => types.push(std::mem::take(&mut current)),
            // What stands before it is a name, or a pattern.
            ':' if alone && previous != ':' && depth == 0 => current.clear(),
            _ => current.push_str(&token.to_string()),
        }
        match point {
            '<' => depth += 1,
            '>' if previous != '-' => depth -= 1,
            _ => {}
        }
        previous = point;
    }
    types.push(current);
    // A comma may stand behind the last.
    types.retain(|one| !one.is_empty());
    types
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::bodies::Functions;

    fn types_of(inputs: &str) -> Vec<String> {
        let functions = Functions::of(&format!("fn f<F: Fn(u8)>({inputs}) -> (u8, u8) {{ }}"));
        let function = functions.as_ref().unwrap().named("f").unwrap();
        types(function.parameters.as_ref().unwrap())
    }

    #[test]
    fn names_and_patterns_are_no_types() {
        let expected = ["&[u8]", "std::io::Result<()>", "HashMap<u8,u8>"];
        let plain = "text: &[u8], more: std::io::Result<()>, map: HashMap<u8, u8>";
        let other = "_text: &[u8], mut m: std::io::Result<()>, mut map: HashMap<u8, u8>,";
        assert_eq!(types_of(plain), expected);
        assert_eq!(types_of(other), expected);
        assert_ne!(types_of("text: &[u8]"), types_of("text: &str"));
        assert!(types_of("").is_empty());
        assert_eq!(types_of("&mut self, n: u8"), ["&mutself", "u8"]);
    }
}
