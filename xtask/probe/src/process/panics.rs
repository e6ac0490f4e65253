//! The panics that a Rust program reported on stderr, and where in whose source.

use crate::process::ending::{UNWRITTEN, unwritten_steps};
use serde::{Deserialize, Serialize};

/// A panic that a Rust program reported on stderr.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// `src/main.rs:23`; in a library `library/std/src/time.rs:429` or
    /// `socket2-0.6.5/src/lib.rs:7`.
    pub place: String,
    /// The first line of its message.
    pub message: String,
    /// Is the place in the standard library, or in another that the program uses?
    #[serde(default)]
    pub in_a_library: bool,
    /// The line of the program's own that called into the library, where a backtrace told.
    #[serde(default)]
    pub called_from: Option<String>,
}

/// The panics in `stderr`, in order, without those of a `todo!`.
pub(crate) fn panics_in(stderr: &str) -> Vec<Panic> {
    let all = all_panics_in(stderr).into_iter();
    all.filter(|panic| !panic.message.starts_with(UNWRITTEN))
        .collect()
}

/// Those of a `todo!` alone, each with the step that it names.
pub(crate) fn todos_in(stderr: &str) -> Vec<(u32, Panic)> {
    let step = |panic: Panic| Some((*unwritten_steps(&panic.message).first()?, panic));
    all_panics_in(stderr).into_iter().filter_map(step).collect()
}

fn all_panics_in(stderr: &str) -> Vec<Panic> {
    let mut lines = stderr.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((thread, place)) = line.split_once(" panicked at ") else {
            continue;
        };
        if !thread.starts_with("thread ") {
            continue;
        }
        let message = lines.next().unwrap_or_default();
        let place = Place::of(place);
        let mut called_from = None;
        // The frames of a backtrace, where there is one: `             at src/main.rs:23:5`.
        while let Some(line) = lines.next_if(|line| !line.contains(" panicked at ")) {
            let frame = line.trim_start().strip_prefix("at ").map(Place::of);
            if let Some(Place::Own(place)) = frame {
                called_from.get_or_insert(place);
            }
        }
        let in_a_library = matches!(place, Place::Library(_));
        let (Place::Own(place) | Place::Library(place)) = place;
        found.push(Panic {
            place,
            message: message.to_owned(),
            in_a_library,
            called_from: called_from.filter(|_| in_a_library),
        });
    }
    found
}

/// A line of source, without its column.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// `lessons/lesson-04-accept/src/main.rs:23:5:` → `src/main.rs:23`.
    Own(String),
    /// `/rustc/<hash>/library/std/src/time.rs:429:33:` → `library/std/src/time.rs:429`.
    Library(String),
}

impl Place {
    fn of(told: &str) -> Self {
        let told = told.trim_end_matches(':').replace('\\', "/");
        let line = told.rsplit_once(':').map_or(&*told, |(line, _column)| line);
        let after = |folder: &str| line.split_once(folder).map(|(_, after)| after);
        // As rustc was built, or where rustup has put the sources.
        let std = line.starts_with("/rustc/") || line.contains("/rustlib/src/rust/");
        if let Some(inside) = after("/library/").filter(|_| std) {
            return Self::Library(format!("library/{inside}"));
        }
        // A crate that cargo has fetched: registry/src/<index>/<crate>, git/checkouts/<crate>.
        let fetched = after("/registry/src/").and_then(|rest| Some(rest.split_once('/')?.1));
        if let Some(inside) = fetched.or_else(|| after("/git/checkouts/")) {
            return Self::Library(inside.to_owned());
        }
        if std {
            return Self::Library(line.to_owned());
        }
        Self::Own(
            line.find("src/")
                .map_or(line, |start| &line[start..])
                .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "hello\n\nthread '<unnamed>' (77) panicked at lessons/lesson-04-accept/src/main.rs:23:5:\nno luck\nnote: run with `RUST_BACKTRACE=1`\n\nthread 'main' panicked at src\\main.rs:9:1:\nnot yet implemented: step 2\n";

    const IN_STD: &str = "thread 'main' (5893) panicked at /rustc/5980/library/std/src/time.rs:429:33:\noverflow when adding duration to instant\nstack backtrace:\n   0: core::option::expect_failed\n             at /rustc/5980/library/core/src/option.rs:2245:5\n   1: lesson::run\n             at ./lessons/lesson-04-accept/src/main.rs:17:52\n   2: lesson::main\n             at ./lessons/lesson-04-accept/src/main.rs:12:1\n";

    #[test]
    fn a_panic_is_told_from_a_todo() {
        let panic = Panic {
            place: "src/main.rs:23".into(),
            message: "no luck".into(),
            in_a_library: false,
            called_from: None,
        };
        assert_eq!(panics_in(TWO), [panic]);
        let places: Vec<_> = todos_in(TWO)
            .into_iter()
            .map(|(step, todo)| (step, todo.place))
            .collect();
        assert_eq!(places, [(2, "src/main.rs:9".to_owned())]);
    }

    #[test]
    fn a_library_s_line_is_not_the_program_s() {
        let found = panics_in(IN_STD);
        assert_eq!(found[0].place, "library/std/src/time.rs:429");
        assert!(found[0].in_a_library);
        assert_eq!(found[0].called_from.as_deref(), Some("src/main.rs:17"));
    }

    #[test]
    fn every_library_is_known_by_its_folder() {
        let library = |told| match Place::of(told) {
            Place::Library(place) => place,
            Place::Own(place) => panic!("{place} is nobody's own"),
        };
        let rustup = "/home/me/.rustup/toolchains/stable/lib/rustlib/src/rust/library/alloc/src/raw_vec/mod.rs:28:5:";
        assert_eq!(library(rustup), "library/alloc/src/raw_vec/mod.rs:28");
        let cargo = "/home/me/.cargo/registry/src/index.crates.io-19/socket2-0.6.5/src/lib.rs:7:1:";
        assert_eq!(library(cargo), "socket2-0.6.5/src/lib.rs:7");
        let own = "/home/me/course/lessons/lesson-04-accept/src/main.rs:9:1:";
        assert_eq!(Place::of(own), Place::Own("src/main.rs:9".to_owned()));
    }
}
