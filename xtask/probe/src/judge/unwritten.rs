//! Which steps are not written. The source knows, and whoever runs the check has read it;
//! under a bare `cargo test` a program is believed that says so itself.

use crate::environment::UNWRITTEN_VARIABLE;
use crate::process::ending::unwritten_steps;
use crate::process::panics::todos_in;

/// What is known of the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unwritten {
    /// `None` where nobody has read it.
    steps: Option<Vec<u32>>,
}

impl Unwritten {
    pub(crate) fn known() -> Self {
        let steps = std::env::var(UNWRITTEN_VARIABLE).ok();
        Self {
            steps: steps.map(|steps| steps.split(',').flat_map(str::parse).collect()),
        }
    }

    #[cfg(test)]
    pub(crate) fn of(steps: &[u32]) -> Self {
        Self {
            steps: Some(steps.to_vec()),
        }
    }

    /// Did a program come to a step, up to `step`, that is not written?
    pub(crate) fn is_met(&self, stderr: &str, step: u32) -> bool {
        let met = unwritten_steps(stderr).into_iter();
        met.filter(|met| *met <= step).any(|met| self.holds(met))
    }

    /// Did a program come to a `todo!` that was left in what is written?
    pub(crate) fn is_left_over(&self, stderr: &str) -> bool {
        let mut todos = todos_in(stderr).into_iter();
        todos.any(|(step, _)| !self.holds(step))
    }

    fn holds(&self, step: u32) -> bool {
        let steps = self.steps.as_ref();
        steps.is_none_or(|steps| steps.contains(&step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANICS: &str =
        "thread 'main' panicked at src/main.rs:7:5:\nnot yet implemented: step 3\n";
    const GOES_ON: &str = "not yet implemented: step 3\n";

    #[test]
    fn without_a_source_a_program_is_believed() {
        let unwritten = Unwritten::default();
        for stderr in [PANICS, GOES_ON] {
            assert!(unwritten.is_met(stderr, 3) && unwritten.is_met(stderr, 4));
            assert!(!unwritten.is_met(stderr, 2), "a later step is not needed");
            assert!(!unwritten.is_left_over(stderr));
        }
    }

    #[test]
    fn the_source_is_believed_before_the_program() {
        for stderr in [PANICS, GOES_ON] {
            assert!(Unwritten::of(&[3, 4]).is_met(stderr, 3));
            assert!(!Unwritten::of(&[4]).is_met(stderr, 3));
            assert!(!Unwritten::of(&[3]).is_left_over(stderr));
        }
        assert!(Unwritten::of(&[]).is_left_over(PANICS));
        assert!(!Unwritten::of(&[]).is_left_over(GOES_ON), "it went on");
    }
}
