//! What came is due, but not yet.

use super::bytes::{letters, show, units};
use crate::lang::Lang;
use crate::tr;
use probe::Text;

/// Another text comes before it.
pub(super) fn due_first(expected: &Text, lang: Lang) -> String {
    let due = show(&letters(&units(expected)));
    tr!(
        lang,
        "차례가 다릅니다. 먼저 올 것은 {due}입니다.",
        "The order is different: first {due} is due."
    )
}

/// Just this is due somewhere further down; what was meant by it nobody knows.
pub(super) fn due_later(lang: Lang) -> String {
    tr!(
        lang,
        "여기서 올 차례가 아닙니다. 바로 이것은 뒤에 올 차례입니다.",
        "This is not due here: it is due later."
    )
}
