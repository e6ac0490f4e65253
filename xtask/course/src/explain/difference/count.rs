//! How many bytes came, where they are too many to be quoted.

use crate::lang::Lang;
use crate::tr;
use probe::{Event, Happening};

/// Of what `flooded`, no more is known than that it is at least so long.
pub(super) fn sentence(
    expected: &Happening,
    actual: &Happening,
    flooded: bool,
    lang: Lang,
) -> Option<String> {
    let (due, came) = (expected.byte_count()?, actual.byte_count()?);
    let long = expected.text().is_none() || actual.text().is_none();
    if !long {
        return None;
    }
    Some(if came == due {
        tr!(
            lang,
            "{came}바이트가 왔지만, 모두 같지는 않습니다.",
            "{came} bytes came, as many as are due, but they are not all the same."
        )
    } else if came < due {
        let unit = if came == 1 { "byte" } else { "bytes" };
        tr!(
            lang,
            "{due}바이트가 와야 하는데 {came}바이트가 왔습니다.",
            "{came} {unit} came where {due} are due."
        )
    } else if flooded && matches!(actual, Happening::Stdout(_)) {
        // What a program prints is kept up to a limit.
        tr!(
            lang,
            "{due}바이트면 되는데 적어도 {came}바이트가 왔습니다.",
            "At least {came} bytes came where {due} are due."
        )
    } else {
        tr!(
            lang,
            "{due}바이트면 되는데 {came}바이트가 왔습니다.",
            "{came} bytes came where {due} are due."
        )
    })
}

/// More has come than is due at all, while something else was waited for.
pub(super) fn too_many_at_once(
    later: &[Event],
    actual: &Event,
    flooded: bool,
    lang: Lang,
) -> Option<String> {
    if !matches!(actual.what, Happening::Recv(_)) {
        return None;
    }
    let same = |due: &&Event| due.who == actual.who && due.what.is_like(&actual.what);
    sentence(&later.iter().find(same)?.what, &actual.what, flooded, lang)
}
