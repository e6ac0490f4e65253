//! Whose step it is that a scenario does not pass, as a sentence: what the trials have
//! shown, and nothing else.

use crate::check::origin::{Origin, Shows};
use crate::explain::trial::Finding;
use crate::lang::Lang;
use crate::tr;
use std::collections::BTreeMap;

/// `functions` are those in which the steps stand.
pub fn sentence(finding: &Finding, functions: &BTreeMap<u32, String>, lang: Lang) -> String {
    match finding {
        Finding::Step(step) => {
            let name = functions.get(step).map_or("", String::as_str);
            tr!(
                lang,
                "{step}단계({name})만 풀이의 것으로 바꾸면 통과합니다. 다른 단계를 바꾸어서는 통과하지 않습니다.",
                "With the solution's step {step} ({name}) in place of yours it passes; with no other step's."
            )
        }
        Finding::AnyOf(steps) => {
            let steps = listed(steps, lang, "이나 ", " or ");
            tr!(
                lang,
                "{steps}단계를 풀이의 것으로 바꾸면 통과합니다.",
                "With the solution's step {steps} in place of yours it passes."
            )
        }
        Finding::AllOf(steps) => {
            let steps = listed(steps, lang, ", ", " and ");
            tr!(
                lang,
                "{steps}단계를 모두 풀이의 것으로 바꾸어야 통과합니다. 하나라도 그대로 두면 통과하지 않습니다.",
                "It passes with the solution's steps {steps} in place of yours, and not while one of them stays."
            )
        }
        Finding::Given(names) => {
            let names = names.join(", ");
            tr!(
                lang,
                "모든 단계를 풀이의 것으로 바꾸어도 통과하지 않습니다. 처음부터 주어진 코드가 바뀌었습니다: {names}.",
                "Not even with the solution's steps in place of all of yours does it pass. What was given is not what it was: {names}."
            )
        }
        Finding::Sometimes => tr!(
            lang,
            "같은 프로그램을 한 번 더 실행하니 통과했습니다. 실행할 때마다 다르므로 어느 단계 때문인지는 알 수 없습니다. 무엇이 먼저 일어나는지에 따라 달라지는 곳(경쟁 상태)이 있거나, 컴퓨터가 몹시 바빴습니다.",
            "Run once more, the same program passed. It is different from run to run, so nothing shows whose step it is: something depends on what happens first (a race), or the machine was very busy."
        ),
    }
}

/// Where a recorded run parts from the solution's: what that comes from, and why it may not
/// show in the step itself.
pub fn of_a_run(origin: &Origin, lang: Lang) -> String {
    let sentence = sentence(&origin.finding, &origin.functions, lang);
    let step_decides = !origin.finding.steps().is_empty() && origin.shows == Shows::Elsewhere;
    if !step_decides {
        return sentence;
    }
    let more = tr!(
        lang,
        "갈라지는 줄은 그 단계 밖에 있습니다. 그 단계에서 한 일이 여기서 처음 드러납니다.",
        "The line at which they part is not in it: what was done there shows here first."
    );
    format!("{sentence} {more}")
}

/// What a step waits for that has no share in the fault.
pub fn to_mend_first(finding: &Finding, lang: Lang) -> Option<String> {
    Some(match finding {
        Finding::Step(step) => tr!(
            lang,
            "{step}단계를 고치면 통과함",
            "passes once step {step} is fixed"
        ),
        Finding::AnyOf(steps) => {
            let steps = listed(steps, lang, "이나 ", " or ");
            tr!(
                lang,
                "{steps}단계를 고치면 통과함",
                "passes once step {steps} is fixed"
            )
        }
        Finding::AllOf(steps) => {
            let steps = listed(steps, lang, ", ", " and ");
            tr!(
                lang,
                "{steps}단계를 모두 고치면 통과함",
                "passes once steps {steps} are fixed"
            )
        }
        Finding::Given(_) | Finding::Sometimes => return None,
    })
}

fn listed(steps: &[u32], lang: Lang, ko: &str, en: &str) -> String {
    let steps: Vec<_> = steps.iter().map(u32::to_string).collect();
    let last = match lang {
        Lang::Ko => ko,
        Lang::En => en,
    };
    match steps.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., other] => format!("{}{last}{other}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_trials_have_shown_is_said() {
        let functions = BTreeMap::from([(3, "serve".to_owned())]);
        let said = |finding: &Finding| {
            [Lang::Ko, Lang::En].map(|lang| sentence(finding, &functions, lang))
        };
        let [ko, en] = said(&Finding::Step(3));
        assert!(ko.starts_with("3단계(serve)만 풀이의") && en.contains("step 3 (serve) in"));
        let [ko, en] = said(&Finding::AnyOf(vec![1, 2, 4]));
        assert!(ko.starts_with("1, 2이나 4단계를") && en.contains("step 1, 2 or 4 in"));
        let [ko, en] = said(&Finding::AllOf(vec![2, 3]));
        assert!(ko.starts_with("2, 3단계를 모두") && en.contains("steps 2 and 3 in"));
        let [ko, en] = said(&Finding::Given(vec!["main".to_owned()]));
        assert!(ko.ends_with("바뀌었습니다: main.") && en.ends_with("it was: main."));
        let [ko, en] = said(&Finding::Sometimes);
        assert!(!ko.contains("풀이의 것으로") && !en.contains("in place of yours"));
    }
}
