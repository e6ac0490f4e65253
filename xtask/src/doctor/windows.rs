//! What Windows adds: a firewall that asks, and a scanner that holds new programs up.

use super::finding::{Finding, State};
use crate::lang::Lang;
use crate::tr;

pub(super) fn firewall(lang: Lang) -> Finding {
    let what = tr!(
        lang,
        "Windows 방화벽과 백신",
        "the Windows firewall and virus scanner"
    );
    let purpose = tr!(
        lang,
        "방화벽이 물으면 [취소]를 눌러도 됩니다. 모든 대화는 127.0.0.1에서만 오갑니다. 검사가 느리거나 프로그램이 사라지면, 백신의 검사 예외에 이 폴더의 target을 넣으세요.",
        "Where the firewall asks, you may cancel: everything is said over 127.0.0.1. Where checks are slow or programs disappear, add this folder's target to the scanner's exclusions."
    );
    Finding::new(State::There, what, purpose)
}
