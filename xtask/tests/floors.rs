//! The tool is a house with floors: a command stands on what it calls, a report on what was
//! checked, an explanation on what the scenarios said, and all on what a lesson is. Nobody
//! calls upstairs, and no files import each other in a circle, so that each can be read
//! without those above. A circle is broken by moving what both need to where it belongs.

use crate::support::{files_in, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// From the roof down; what every floor uses lies on the ground. Below `lib` it is a crate of
/// its own, `course`.
const HOUSE: [&str; 16] = [
    "main",
    "tool",
    "cli",
    "commands",
    "proofs",
    "evidence",
    "report",
    "doctor",
    "completions",
    "check",
    "lib",
    "explain",
    "runs",
    "scenarios",
    "build",
    "lesson",
];
const GROUND: [&str; 9] = [
    "arguments",
    "failure",
    "kept",
    "lang",
    "machine",
    "output",
    "side_by_side",
    "status",
    "visible",
];

/// The macros, which have no place but the crate's root.
const MACROS: [&str; 3] = ["complain", "say", "tr"];

/// What each file imports, by path: `lesson/workspace`. A folder stands for its `mod.rs`.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// The code of each file, without what is there for tests alone.
fn files() -> BTreeMap<String, String> {
    let of_crate = |folder: &str| {
        let source = root().join(folder);
        let named = files_in(&source).into_iter().map(move |path| {
            let name = path.strip_prefix(&source).unwrap().with_extension("");
            let parts: Vec<_> = name.iter().map(|part| part.to_str().unwrap()).collect();
            let name = parts.join("/");
            let name = name.strip_suffix("/mod").unwrap_or(&name).to_owned();
            (name, fs::read_to_string(path).unwrap())
        });
        named.collect::<Vec<_>>()
    };
    let both = [of_crate("xtask/src"), of_crate("xtask/course/src")].concat();
    let count = both.len();
    let mut files: BTreeMap<_, _> = both.into_iter().collect();
    assert_eq!(
        files.len(),
        count,
        "the upper floors and the lower share a name"
    );
    let mut for_tests = Vec::new();
    for (name, text) in &mut files {
        let code = match text.split_once("#[cfg(test)]\nmod tests {\n") {
            Some((before, tests)) => before.to_owned() + tests.split_once("\n}\n").unwrap().1,
            None => text.clone(),
        };
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let mut parts = code.split("#[cfg(test)]\nmod ");
        let mut kept = parts.next().unwrap().to_owned();
        for part in parts {
            let (module, rest) = part.split_once(';').unwrap();
            for_tests.push(format!("{name}/{module}"));
            kept.push_str(rest);
        }
        *text = kept;
    }
    files.retain(|name, _| !for_tests.contains(name));
    files
}

/// Each path of a `use` tree: `a::{b, c::{d, e}}` is three.
fn branches(tree: &str) -> Vec<String> {
    let Some((stem, rest)) = tree.split_once('{') else {
        return vec![tree.to_owned()];
    };
    let (mut depth, mut branch, mut found) = (0, String::new(), Vec::new());
    for character in rest.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 || depth == 0 && character == ',' {
            found.extend(branches(&format!("{stem}{branch}")));
            branch.clear();
        } else {
            branch.push(character);
        }
        if depth < 0 {
            break;
        }
    }
    found
}

/// The paths within the crate that stand in `code`.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = &code[..at];
            // `super::super` begins with the first of them.
            if before.ends_with("::") {
                continue;
            }
            let path: String = if before.ends_with("use ") {
                let tree = code[at..].split(';').next().unwrap();
                tree.split_whitespace().collect()
            } else {
                let is_in_a_path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
                code[at..].chars().take_while(is_in_a_path).collect()
            };
            found.extend(branches(&path));
        }
    }
    // A file's own modules lie below it.
    let modules = code.lines().filter_map(|line| {
        let module = line.strip_prefix("pub ").unwrap_or(line);
        module.strip_prefix("mod ")?.strip_suffix(';')
    });
    found.extend(modules.map(|module| format!("self::{module}")));
    found
}

/// The file that `path`, in the file `of`, leads to; `None` for the crate's root.
fn target(path: &str, of: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let mut place: Vec<_> = of
        .split('/')
        .filter(|part| !["main", "tool", "lib"].contains(part))
        .collect();
    for part in path.split("::") {
        match part {
            "crate" => place.clear(),
            "super" => place.truncate(place.len() - 1),
            "self" => {}
            name => place.push(name),
        }
    }
    while !place.is_empty() {
        let name = place.join("/");
        if files.contains_key(&name) {
            return Some(name);
        }
        place.pop();
    }
    let named = path.split("::").nth(1).unwrap_or_default();
    assert!(MACROS.contains(&named), "{of} imports {path} from the roof");
    None
}

fn imports() -> Imports {
    let files = files();
    let imported = |(name, code): (&String, &String)| {
        let targets = paths(code);
        let targets = targets.iter().filter_map(|path| target(path, name, &files));
        (name.clone(), targets.filter(|it| it != name).collect())
    };
    files.iter().map(imported).collect()
}

/// What is left when the files that nobody imports, and those that import nobody, are taken
/// away, again and again.
fn circles(imports: &Imports) -> BTreeSet<&String> {
    let mut left: BTreeSet<_> = imports.keys().collect();
    loop {
        let is_needed = |name: &String| left.iter().any(|other| imports[*other].contains(name));
        let needs = |name: &String| left.iter().any(|other| imports[name].contains(*other));
        let kept = |name: &&String| is_needed(name) && needs(name);
        let inner: BTreeSet<_> = left.iter().copied().filter(kept).collect();
        if inner.len() == left.len() {
            return left;
        }
        left = inner;
    }
}

/// How many floors lie above it; the ground is below all of them.
fn depth(path: &str) -> usize {
    let floor = path.split('/').next().unwrap();
    let house = HOUSE.iter().position(|name| *name == floor);
    house.unwrap_or_else(|| {
        assert!(GROUND.contains(&floor), "{floor} is no floor: give it one");
        HOUSE.len()
    })
}

#[test]
fn every_way_of_importing_is_seen() {
    let code = "mod c;\nuse crate::a::{self, b::{B, E}};\nfn f() { super::d::go() }";
    let wanted = ["crate::a::self", "crate::a::b::B", "crate::a::b::E"];
    let wanted = wanted.into_iter().chain(["super::d::go", "self::c"]);
    assert_eq!(paths(code), wanted.collect::<Vec<_>>());
    let imports = imports();
    assert!(imports["commands/check"].contains("check/checker"));
    assert!(imports["explain/difference/line"].contains("explain/difference/bytes"));
    assert!(imports["lesson"].contains("lesson/workspace"));
}

#[test]
fn nobody_calls_upstairs() {
    let imports = imports();
    let upstairs = imports.iter().flat_map(|(name, imported)| {
        let above = imported.iter().filter(|other| depth(other) < depth(name));
        above.map(move |other| format!("{name} imports {other}"))
    });
    let upstairs: Vec<_> = upstairs.collect();
    assert!(
        upstairs.is_empty(),
        "upstairs:\n  {}",
        upstairs.join("\n  ")
    );
}

#[test]
fn no_imports_go_in_a_circle() {
    let imports = imports();
    let circles = circles(&imports);
    assert!(circles.is_empty(), "in a circle: {circles:?}");
}
