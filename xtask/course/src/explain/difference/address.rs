//! A program that does not use the address that it was given, and meets another.

use crate::lang::Lang;
use crate::tr;
use probe::Report;

/// How programs tell that an address is in use, EADDRINUSE: by the number that it has on Linux,
/// macOS and Windows, as Rust and Python write it, or by its words.
const IN_USE: [&str; 8] = [
    "os error 98)",
    "os error 48)",
    "os error 10048)",
    "Errno 98]",
    "Errno 48]",
    "WinError 10048]",
    "ddress already in use",
    "ddress in use",
];

/// Was an address in use, though the check gave port 0, for which the system chooses one that
/// is free (`man 7 ip`)?
pub fn is_another_than_was_given(report: &Report) -> bool {
    // Of two addresses one may be in use on purpose.
    let any_would_do = |arguments: &[String]| {
        let ports = arguments
            .iter()
            .filter_map(|it| Some(it.rsplit_once(':')?.1));
        let mut ports = ports.peekable();
        ports.peek().is_some() && ports.all(|port| port == "0")
    };
    let mut started = report.started.iter();
    !report.started.is_empty()
        && started.all(|program| any_would_do(&program.arguments))
        && IN_USE.iter().any(|words| report.stderr.contains(words))
}

pub(super) fn sentence(report: &Report, lang: Lang) -> Option<String> {
    is_another_than_was_given(report).then(|| {
        tr!(
            lang,
            "stderr에 주소를 이미 사용하고 있다는 오류가 있습니다. 검사는 포트 0을 주었고, 그러면 운영체제가 빈 포트를 고릅니다. 인자로 받은 주소를 사용하는지 보세요.",
            "stderr says that an address is in use. The check gave port 0, for which the system chooses a free one: see whether the program uses the address that it is given."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{Started, Verdict};

    fn started_with(arguments: &[&str]) -> Report {
        let mut report = Report::new("starts", 1, Verdict::Differs);
        let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        let role = probe::ONLY.to_owned();
        report.started = vec![Started { role, arguments }];
        report.stderr = "Address already in use (os error 98)".to_owned();
        report
    }

    #[test]
    fn an_address_that_was_given_may_be_in_use() {
        let is_another = |arguments| is_another_than_was_given(&started_with(arguments));
        assert!(is_another(&["127.0.0.1:0", "8"]));
        assert!(is_another(&["127.0.0.1:0", "[::1]:0"]));
        assert!(!is_another(&["127.0.0.1:<taken>", "127.0.0.1:0"]));
        assert!(!is_another(&["127.0.0.1:<taken>"]));
        assert!(!is_another(&["8"]));
    }
}
