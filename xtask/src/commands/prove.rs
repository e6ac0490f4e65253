//! `cargo xtask prove`: what CI proves of every lesson. Prints each proof that does
//! not hold, and ends with `N passed, N failed` on a line of its own.

use crate::cli::Prove;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::workspace::Workspace;
use crate::proofs::{self, Outcome, Wanted};
use crate::status::Status;

pub fn run(workspace: &Workspace, lang: Lang, prove: &Prove) -> Result<Status, Failure> {
    let lessons = choose::lessons_or_all(workspace, lang, &prove.lessons)?;
    let more = Wanted {
        trials: prove.trials,
        record: prove.record,
    };
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for proof in proofs::of(workspace, &lessons, more)? {
        let name = format!("{}: {}", proof.lesson, proof.name);
        match proof.outcome {
            Outcome::Holds => {
                passed += 1;
                crate::say!("ok       {name}");
            }
            Outcome::Skipped(why) if !prove.complete => {
                skipped += 1;
                crate::say!("skipped  {name}: {why}");
            }
            Outcome::Skipped(why) | Outcome::NotJudged(why) | Outcome::Fails(why) => {
                failed += 1;
                crate::say!("FAILED   {name}: {why}");
            }
        }
    }
    let rest = if skipped > 0 {
        format!(", {skipped} skipped")
    } else {
        String::new()
    };
    crate::say!("\n{passed} passed, {failed} failed{rest}");
    Ok(if failed > 0 {
        Status::NotYet
    } else {
        Status::Passed
    })
}
