//! Why the peer ends before its conversation does: one sentence, and whose turn it is.

/// What is said on stderr, and the exit status.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) sentence: String,
    pub(crate) status: u8,
}

impl Trouble {
    /// The command line, the address or the script is wrong.
    pub(crate) fn usage(sentence: String) -> Self {
        let status = 2;
        Self { sentence, status }
    }

    /// The machine was not able to.
    pub(crate) fn machine(sentence: String) -> Self {
        let status = 3;
        Self { sentence, status }
    }
}
