//! What came is due, but not yet.

use super::bytes::{letters, show, units};
use crate::lang::Lang;
use crate::tr;
use probe::Text;

/// Another text comes before it; whether that comes at all is not known.
pub(super) fn due_first(expected: &Text, lang: Lang) -> String {
    let due = shown(expected);
    tr!(
        lang,
        "먼저 올 것은 {due}입니다.",
        "Before it, {due} is due."
    )
}

/// The one that is due came right after it.
pub(super) fn changed_places(expected: &Text, lang: Lang) -> String {
    let due = shown(expected);
    tr!(
        lang,
        "차례가 다릅니다. 먼저 올 것은 {due}입니다.",
        "The order is different: first {due} is due."
    )
}

/// The one that is due came next, and then this one once more.
pub(super) fn one_too_many(lang: Lang) -> String {
    tr!(
        lang,
        "이 줄이 한 번 더 나왔습니다. 여기서 나올 줄은 바로 다음에 나왔고, 이 줄은 그 뒤에 다시 나왔습니다.",
        "This line is one too many: what is due here came next, and then this line once more."
    )
}

fn shown(text: &Text) -> String {
    show(&letters(&units(text)))
}

/// Just this is due somewhere further down; what was meant by it nobody knows.
pub(super) fn due_later(lang: Lang) -> String {
    tr!(
        lang,
        "여기서 올 차례가 아닙니다. 똑같은 것이 올 차례는 뒤에 있습니다.",
        "This is not due here; the same is due later."
    )
}
