//! The library is a house with floors: a scene stands on its cast, the cast on the network,
//! the network on the judge, the judge on the transcript, the transcript on the programs.
//! Nobody calls upstairs, so that each floor can be read, and tested, without those above.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which files each file imports, by path: `cast/peer`.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn imports() -> Imports {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let named = |path: &Path| {
        let path = path.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    };
    // A folder stands for its mod.rs.
    let own = found
        .iter()
        .map(|path| (named(path), fs::read_to_string(path).unwrap()))
        .map(|(name, text)| (name.trim_end_matches("/mod").to_owned(), text))
        .filter(|(name, _)| name != "lib");
    own.map(|(name, text)| {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let read = |path: &str| {
            let mut parts = path.split(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == ':'));
            let path = parts.next().unwrap();
            path.trim_end_matches(':').replace("::", "/")
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let imported = code.split("crate::").skip(1).map(read);
        let beside = code.split("super::").skip(1).map(read);
        // What begins with a capital is in the file above, the folder's own.
        let beside = beside.filter(|path| !folder.is_empty() && !path.is_empty());
        let beside = beside.map(|path| format!("{folder}/{path}"));
        (name.clone(), imported.chain(beside).collect())
    })
    .collect()
}

/// The same between the floors: `cast` imports `network`.
fn floors(imports: &Imports) -> Imports {
    let floor = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let mut floors = Imports::new();
    for (file, imported) in imports {
        let below = imported.iter().map(|path| floor(path));
        let own = floor(file);
        let below: BTreeSet<_> = below.filter(|floor| *floor != own).collect();
        floors.entry(own).or_default().extend(below);
    }
    floors
}

/// What can be taken away from the top, again and again, until nothing is left; the rest
/// goes in circles.
fn circles(imports: &Imports) -> BTreeSet<String> {
    let mut left: BTreeSet<_> = imports.keys().cloned().collect();
    loop {
        let needed = |name: &String| {
            let mut others = left.iter().filter(|other| *other != name);
            others.any(|other| imports[other].iter().any(|path| is_in(path, name)))
        };
        let top: BTreeSet<_> = left.iter().filter(|name| !needed(name)).cloned().collect();
        if top.is_empty() {
            return left;
        }
        left.retain(|name| !top.contains(name));
    }
}

/// Is it this file, or something in it?
fn is_in(path: &str, file: &str) -> bool {
    path == file || path.starts_with(&format!("{file}/"))
}

#[test]
fn no_imports_go_in_a_circle() {
    let imports = imports();
    assert!(imports["cast/peer"].contains("network/wire"));
    assert_eq!(circles(&imports), BTreeSet::new());
    assert_eq!(circles(&floors(&imports)), BTreeSet::new());
}

#[test]
fn nobody_calls_upstairs() {
    let floors = floors(&imports());
    let house = [
        "in_time",
        "scene",
        "cast",
        "network",
        "judge",
        "transcript",
        "process",
    ];
    for (index, floor) in house.iter().enumerate() {
        for above in &house[..index] {
            assert!(!floors[*floor].contains(*above), "{floor} imports {above}");
        }
    }
    for (floor, imported) in &floors {
        assert!(
            !imported.contains(""),
            "{floor} imports from the roof, lib.rs"
        );
    }
}
