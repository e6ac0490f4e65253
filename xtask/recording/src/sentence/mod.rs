//! One sentence on an event, in both languages: what the kernel did, and what waits for whom.
//!
//! ```text
//! waiting   a call that has not ended yet
//! returned  a call that has
//! failed    one that returned an error
//! others    what a peer did, and how a program ended
//! ```

mod failed;
mod others;
mod returned;
mod waiting;

pub(crate) use others::{of_a_peer, over};
pub(crate) use returned::ended;
pub(crate) use waiting::waits;

use crate::{Argument, Call, Said};

fn both(ko: impl Into<String>, en: impl Into<String>) -> Said {
    Said {
        ko: ko.into(),
        en: en.into(),
    }
}

fn argument<'a>(of: &'a [Argument], name: &str) -> &'a str {
    let found = of.iter().find(|it| it.name == name);
    found.map_or("", |it| it.value.as_str())
}

/// The descriptor that a call is about, as it is written.
fn fd(call: &Call) -> &str {
    let first = call.arguments.first();
    first.map_or("", |it| it.value.as_str())
}

/// The call's name as code.
fn named(call: &Call) -> String {
    format!("`{}`", call.name)
}
