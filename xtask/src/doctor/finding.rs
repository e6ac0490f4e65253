//! One thing that was looked at.

/// Whether a thing is there, and how much depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    There,
    /// Every check works without it; something else does not.
    Missing,
    /// Without it nothing can be checked.
    Needed,
}

/// What was found of one thing.
#[derive(Debug)]
pub struct Finding {
    /// What it is called, with its version or why it is not there.
    pub what: String,
    pub state: State,
    /// What it is for.
    pub purpose: String,
    /// What to do about it, where something can be done.
    pub to_do: Option<String>,
}

impl Finding {
    pub fn new(state: State, what: String, purpose: String) -> Self {
        Self {
            what,
            state,
            purpose,
            to_do: None,
        }
    }

    /// With what to do about it, unless it is there.
    pub fn or_do(self, to_do: String) -> Self {
        let to_do = (self.state != State::There).then_some(to_do);
        Self { to_do, ..self }
    }
}
