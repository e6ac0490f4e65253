//! How often a scenario that judges waits is told, and what follows from a wait that does
//! not fit. A pure function of what came of the tellings before.

use crate::judge::time::Fit;
use std::time::Duration;

/// How often a scenario is told at most: twice with each length of its waits, for a
/// machine may be busy for a moment only.
const MOST: u32 = 8;

/// How often a wait has to be wrong before it counts: a busy machine can be late once.
const REFUSALS: u32 = 3;

/// How often a scenario about waiting was told already, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tellings {
    told: u32,
    refused: u32,
    /// May the waits be longer the next time?
    grow: bool,
}

/// One telling of a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    /// Waits that differ by this are told apart.
    pub(crate) unit: Duration,
    pub(crate) so_far: Tellings,
    /// One of several beside each other: that it passed is not reported.
    pub(crate) quiet: bool,
}

/// What follows from a wait that does not fit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The scenario is told again.
    Again(Tellings),
    /// The wait is wrong: too long, and not too short?
    Refused { late: bool },
    /// The machine was too busy each time.
    TooBusy,
}

impl Tellings {
    /// None so far; of a program whose waits are given to it, or of one that has its own.
    pub(crate) fn beginning(grow: bool) -> Self {
        Self {
            told: 0,
            refused: 0,
            grow,
        }
    }

    /// By how much the waits of this telling are longer than those of the first.
    pub(crate) fn factor(self) -> u32 {
        if self.grow {
            2_u32.pow(self.told / 2)
        } else {
            1
        }
    }

    /// What follows from `fit`; nothing from one that fits.
    pub(crate) fn after(self, fit: Fit) -> Option<Next> {
        let late = match fit {
            Fit::Fits => return None,
            Fit::TooSoon => Some(false),
            Fit::TooLate => Some(true),
            Fit::SurelyTooSoon => return Some(Next::Refused { late: false }),
            Fit::FarTooLate => return Some(Next::Refused { late: true }),
            Fit::Unclear => None,
        };
        let next = Self {
            told: self.told + 1,
            refused: self.refused + u32::from(late.is_some()),
            ..self
        };
        Some(match late {
            Some(late) if next.refused == REFUSALS => Next::Refused { late },
            _ if next.told == MOST => Next::TooBusy,
            _ => Next::Again(next),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_wrong_when_it_is_wrong_three_times() {
        let once = Tellings::beginning(true).after(Fit::TooSoon);
        let Some(Next::Again(once)) = once else {
            panic!("{once:?}")
        };
        let Some(Next::Again(twice)) = once.after(Fit::TooLate) else {
            panic!("a second time is not enough")
        };
        assert_eq!([once.factor(), twice.factor()], [1, 2]);
        let own = Tellings {
            grow: false,
            ..twice
        };
        assert_eq!(own.factor(), 1, "its waits are its own");
        assert_eq!(
            twice.after(Fit::TooSoon),
            Some(Next::Refused { late: false })
        );
        assert_eq!(twice.after(Fit::Fits), None);
        let sure = Tellings::beginning(true).after(Fit::SurelyTooSoon);
        assert_eq!(sure, Some(Next::Refused { late: false }), "that is enough");
        let far = Tellings::beginning(true).after(Fit::FarTooLate);
        assert_eq!(far, Some(Next::Refused { late: true }), "that is enough");
    }

    #[test]
    fn a_machine_that_is_always_busy_gives_no_verdict() {
        let mut tellings = Tellings::beginning(true);
        for _ in 1..MOST {
            let Some(Next::Again(next)) = tellings.after(Fit::Unclear) else {
                panic!("given up early")
            };
            tellings = next;
        }
        assert_eq!(tellings.after(Fit::Unclear), Some(Next::TooBusy));
        assert_eq!(tellings.after(Fit::TooLate), Some(Next::TooBusy));
    }
}
