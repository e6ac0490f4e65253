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

/// It is due somewhere further down.
pub(super) fn due_later(lang: Lang) -> String {
    tr!(
        lang,
        "차례가 다릅니다. 이 줄은 맞지만, 여기가 아니라 뒤에 와야 합니다.",
        "The order is different: this line is right, but it is due later."
    )
}
