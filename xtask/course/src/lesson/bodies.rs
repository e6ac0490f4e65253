//! The functions of a source file, by name, as tokens: neither comments nor white space
//! make a difference. What the tokens mean is left to rustc.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

/// A source file's functions.
pub struct Functions {
    /// The outermost come first.
    found: Vec<Function>,
}

/// One function with a body; identified by its name.
pub struct Function {
    name: String,
    /// Where its `fn` stands in the source, in bytes.
    start: usize,
    /// What it takes, in its brackets.
    pub parameters: Option<Group>,
    body: Group,
}

/// A line that only stands in for what is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    pub what: What,
    /// In the source, from 1.
    pub line: usize,
    /// The step that it names: `todo!("step 2 …")`.
    pub step: Option<u32>,
}

/// The two ways of saying that something is not written yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// `todo!(…)`, which panics.
    Todo,
    /// `eprintln!("not yet implemented: …")`, which goes on.
    Stub,
}

impl Functions {
    /// `None` where the text is no Rust; rustc tells why.
    pub fn of(source: &str) -> Option<Self> {
        let file = TokenStream::from_str(source).ok()?;
        let mut found = Vec::new();
        let mut level = vec![file];
        while !level.is_empty() {
            let mut inside = Vec::new();
            for stream in level {
                collect(stream, &mut found, &mut inside);
            }
            level = inside;
        }
        Some(Self { found })
    }

    /// The function of this name; of several the outermost, then the first.
    pub fn named(&self, name: &str) -> Option<&Function> {
        self.found.iter().find(|function| function.name == name)
    }

    /// The innermost function that has `word` somewhere in its body.
    pub fn around(&self, word: &str) -> Option<&Function> {
        let mut inwards = self.found.iter().rev();
        inwards.find(|function| contains(&function.body.stream(), word))
    }

    pub fn all(&self) -> impl Iterator<Item = &Function> {
        self.found.iter()
    }
}

/// Where the `use` lines stand in a source file that belong to all of it, in bytes; none
/// where the text is no Rust.
pub fn imports(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begun = None;
    for token in TokenStream::from_str(source).into_iter().flatten() {
        let place = token.span().byte_range();
        match token {
            TokenTree::Ident(word) if word == "use" => begun = Some(place.start),
            TokenTree::Punct(point) if point.as_char() == ';' => {
                found.extend(begun.take().map(|start| start..place.end));
            }
            _ => {}
        }
    }
    found
}

/// The constants of a source file, each with its tokens.
pub fn constants(source: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut begun: Option<Vec<TokenTree>> = None;
    for token in TokenStream::from_str(source).into_iter().flatten() {
        match &token {
            TokenTree::Ident(word) if word == "const" || word == "static" => begun = Some(vec![]),
            // `const fn` is a function.
            TokenTree::Ident(word) if word == "fn" => begun = None,
            TokenTree::Punct(point) if point.as_char() == ';' => {
                let tokens = begun.take().unwrap_or_default();
                if let Some(name) = tokens.first() {
                    let words = words(&tokens.iter().cloned().collect());
                    found.insert(name.to_string(), words);
                }
            }
            _ => {
                if let Some(tokens) = &mut begun {
                    tokens.push(token);
                }
            }
        }
    }
    found
}

/// Puts the functions of one level into `found`, and what is in braces or the like
/// into `inside`.
fn collect(stream: TokenStream, found: &mut Vec<Function>, inside: &mut Vec<TokenStream>) {
    // The name of a function whose body has not come yet.
    let mut begun: Option<(String, usize)> = None;
    let mut parameters = None;
    let mut after_fn = None;
    // Parameters follow the name, or the end of what is between `<` and `>`.
    let mut after_name = false;
    for token in stream {
        let names = after_fn.take();
        let may_be_parameters = std::mem::take(&mut after_name);
        match (token, names) {
            (TokenTree::Ident(word), _) if word == "fn" => {
                after_fn = Some(word.span().byte_range().start);
            }
            (TokenTree::Ident(word), Some(start)) => {
                begun = Some((word.to_string(), start));
                parameters = None;
                after_name = true;
            }
            (TokenTree::Punct(point), _) if point.as_char() == '>' => after_name = true,
            // A function of a trait may have none.
            (TokenTree::Punct(point), _) if point.as_char() == ';' => begun = None,
            (TokenTree::Group(group), _) => {
                inside.push(group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis if may_be_parameters && parameters.is_none() => {
                        parameters = Some(group);
                    }
                    Delimiter::Brace => found.extend(begun.take().map(|(name, start)| Function {
                        name,
                        start,
                        parameters: parameters.take(),
                        body: group,
                    })),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn contains(stream: &TokenStream, wanted: &str) -> bool {
    stream.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == wanted,
        TokenTree::Group(group) => contains(&group.stream(), wanted),
        _ => false,
    })
}

impl Function {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Are the bodies the same, token for token? A comma before a closing bracket, which
    /// `rustfmt` sets and takes away, is none.
    pub fn has_the_body_of(&self, other: &Self) -> bool {
        words(&self.body.stream()) == words(&other.body.stream())
    }

    /// Where the body stands in the source, with its braces, in bytes.
    pub fn place(&self) -> Range<usize> {
        self.body.span().byte_range()
    }

    /// The lines of the body, with those of its braces, from 1.
    pub fn lines(&self) -> RangeInclusive<usize> {
        let place = self.body.span();
        place.start().line..=place.end().line
    }

    /// The function in the source that it was found in, from the line of its name to the end
    /// of its body.
    pub fn whole<'a>(&self, source: &'a str) -> &'a str {
        let line = source[..self.start].rfind('\n').map_or(0, |end| end + 1);
        &source[line..self.place().end]
    }

    /// The first line of the body that only stands in for what is to be written.
    pub fn stand_in(&self) -> Option<StandIn> {
        stand_in(&self.body.stream())
    }
}

/// The tokens as text, without comments of any kind.
fn words(stream: &TokenStream) -> Vec<String> {
    let mut words = Vec::new();
    let mut tokens = stream.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(hash)
                if hash.as_char() == '#' && tokens.peek().is_some_and(is_documentation) =>
            {
                tokens.next();
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && tokens.peek().is_none() => {}
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                words.extend(self::words(&group.stream()));
                words.push(close.to_owned());
            }
            other => words.push(other.to_string()),
        }
    }
    words
}

/// `/// …` comes as `#[doc = "…"]`.
fn is_documentation(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if word == "doc")
}

fn stand_in(stream: &TokenStream) -> Option<StandIn> {
    let tokens: Vec<_> = stream.clone().into_iter().collect();
    (0..tokens.len()).find_map(|index| match &tokens[index..] {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(mark),
            TokenTree::Group(arguments),
            ..,
        ] if mark.as_char() == '!' => said_by(name, arguments),
        [TokenTree::Group(group), ..] => stand_in(&group.stream()),
        _ => None,
    })
}

/// What a call of the macro `name` stands in for.
fn said_by(name: &Ident, arguments: &Group) -> Option<StandIn> {
    let first = arguments.stream().into_iter().next();
    let text = first.map(|text| text.to_string()).unwrap_or_default();
    let what = match text.strip_prefix("\"not yet implemented") {
        _ if name == "todo" => What::Todo,
        Some(_) => What::Stub,
        None => return None,
    };
    let step = text.split_once("step ").and_then(|(_, number)| {
        let end = number.find(|c: char| !c.is_ascii_digit());
        number[..end.unwrap_or(number.len())].parse().ok()
    });
    Some(StandIn {
        what,
        line: name.span().start().line,
        step,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        fn one(a: [u8; 2]) -> io::Result<()> {
            // A comment.
            send(&a, 1)?;
            todo!("step 1: {a:?}")
        }
        mod inner {
            impl Two { fn one() {} pub async fn two<F: Fn(u8)>(f: F) where F: Copy { f(1) } }
            trait Three { fn three(&self); fn four(&self) { eprintln!("not yet implemented: step 4"); } }
        }
    "#;

    fn functions(source: &str) -> Functions {
        Functions::of(source).unwrap()
    }

    fn same(one: &str, other: &str) -> bool {
        let body = |text: &str| functions(&format!("fn f() {{ {text} }}"));
        let (one, other) = (body(one), body(other));
        one.named("f")
            .unwrap()
            .has_the_body_of(other.named("f").unwrap())
    }

    #[test]
    fn functions_are_found_where_they_stand() {
        let found = functions(SOURCE);
        let names: Vec<_> = found.all().map(Function::name).collect();
        assert_eq!(names, ["one", "one", "two", "four"]);
        assert!(found.named("one").unwrap().stand_in().is_some());
        assert!(found.named("three").is_none());
        assert!(Functions::of("fn f( {").is_none());
    }

    #[test]
    fn places_are_those_of_the_source() {
        let source = "//! 한글\nuse a::b;\nuse c::{d, e};\nfn f() { g(\"가\"); }\n";
        let imports: Vec<_> = imports(source).into_iter().map(|at| &source[at]).collect();
        assert_eq!(imports, ["use a::b;", "use c::{d, e};"]);
        let found = functions(source);
        let function = found.named("f").unwrap();
        assert_eq!(&source[function.place()], "{ g(\"가\"); }");
        assert_eq!(function.whole(source), "fn f() { g(\"가\"); }");
    }

    #[test]
    fn constants_are_known_by_their_names() {
        let found =
            constants("const A: u8 = 1; // eins\nconst fn f() {}\nstatic B: [u8; 2] = [1, 2];");
        let names: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(names, ["A", "B"]);
        assert_eq!(found["A"], ["A", ":", "u8", "=", "1"]);
        assert_ne!(
            found,
            constants("const A: u8 = 2; static B: [u8; 2] = [1, 2];")
        );
    }

    #[test]
    fn the_innermost_function_is_found_by_a_word() {
        let found = functions("fn a() { fn b() { if x { here } } } fn c() { there }");
        let around = |word| found.around(word).map(Function::name);
        assert_eq!(around("here"), Some("b"));
        assert_eq!(around("there"), Some("c"));
        assert_eq!(around("nowhere"), None);
    }

    #[test]
    fn comments_white_space_and_last_commas_make_no_difference() {
        let starter = "send(&a, 1)?; todo!(\"step 1\")";
        assert!(same(
            starter,
            "// 내 생각\nsend(&a,\n1,\n)?;/* x */ todo!( \"step 1\" , )"
        ));
        assert!(same(
            starter,
            "/// 문서\nsend(&a, 1)?;\r\ntodo!(\"step 1\")"
        ));
        for other in [
            "send(&a, 2)?; todo!(\"step 1\")",
            "send(&a, 1)?; todo!(\"step 2\")",
            "send(&a, 1)?; todo!(\"step 1\");",
            "todo!(\"step 1\")",
            "send(&a, 1)?; (todo!(\"step 1\"))",
            "",
        ] {
            assert!(!same(starter, other), "{other}");
        }
    }

    #[test]
    fn what_stands_in_is_told_by_its_line() {
        let at = |body: &str| {
            let stand_in = functions(&format!("fn f() {{\n{body}\n}}")).found[0].stand_in();
            stand_in.map(|found| (found.what, found.line, found.step))
        };
        assert_eq!(
            at("a();\nloop { b(); }\ntodo!()"),
            Some((What::Todo, 4, None))
        );
        assert_eq!(
            at("if x {\n    match y { _ => std::todo![\"step 12, later\"] }\n}"),
            Some((What::Todo, 3, Some(12)))
        );
        assert_eq!(
            at("a();\neprintln!(\"not yet implemented: step 2 {a}\");"),
            Some((What::Stub, 3, Some(2)))
        );
        for written in [
            "a(); // todo!()",
            "println!(\"todo!() is not yet implemented\");",
            "let todo = !(a);",
            "",
        ] {
            assert_eq!(at(written), None, "{written}");
        }
    }
}
