//! What of a machine the lessons need: what is there, what it is for, and what to do where
//! it is not. Nothing here changes anything, and nothing waits for the network.
//!
//! ```text
//! tools        rustc, cargo, git, Python, a browser
//! network      loopback, IPv6, both addresses of localhost
//! insight      what Linux shows of a program: /proc, ptrace
//! storage      the disk, and what of it target/ has
//! folders      lessons that were copied or renamed
//! windows      what its firewall and its scanner do to the checks
//! finding      one of these
//! ```

mod finding;
mod folders;
mod insight;
mod network;
mod storage;
mod tools;
mod windows;

pub use finding::{Finding, State};

use crate::lang::Lang;
use crate::lesson::workspace::Workspace;

/// All that was looked at, in the order in which a check needs it.
pub fn examine(workspace: &Workspace, lang: Lang) -> Vec<Finding> {
    let mut findings = vec![tools::rust(lang), tools::cargo(workspace, lang)];
    findings.extend(network::findings(lang));
    findings.extend(storage::findings(workspace, lang));
    findings.extend(folders::findings(workspace, lang));
    findings.push(tools::python(lang));
    findings.extend(insight::findings(lang));
    findings.push(tools::git(workspace, lang));
    findings.push(tools::browser(lang));
    if cfg!(windows) {
        findings.push(windows::firewall(lang));
    }
    findings
}
