//! `cargo xtask dev prove`: what CI proves of every lesson. Prints each proof, those that do
//! not hold once more at the end, and then `N passed, N failed` on a line of its own.

use crate::arguments::{self, flag};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::choose;
use crate::lesson::workspace::Workspace;
use crate::proofs;
use crate::proofs::judging::Outcome;
use crate::proofs::prover::Wanted;
use crate::status::Status;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("prove")
        .about("레슨이 옳은지 증명합니다 / prove the lessons")
        .args([
            arguments::some_lessons(),
            flag("complete", "건너뛴 증명을 실패로 셉니다 / a skipped proof counts as failed"),
            flag("trials", "단계마다 첫 실수만이 아니라 모든 실수의 단계를 찾습니다 / find the step of every mistake, not only of the first of each step"),
            flag("record", "실수마다 시나리오가 어떻게 끝나는지 덧붙여 기록합니다 / add to what is recorded of how the scenarios end with each mistake"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lessons = choose::lessons_or_all(workspace, lang, &arguments::lessons_in(words))?;
    let more = Wanted {
        trials: words.get_flag("trials"),
        record: words.get_flag("record"),
    };
    let (mut passed, mut skipped) = (0, 0);
    let mut failed = Vec::new();
    for proof in proofs::of(workspace, &lessons, more)? {
        let name = format!("{}: {}", proof.lesson, proof.name);
        match proof.outcome {
            Outcome::Holds => {
                passed += 1;
                crate::say!("ok       {name}");
            }
            Outcome::Skipped(why) if !words.get_flag("complete") => {
                skipped += 1;
                crate::say!("skipped  {name}: {why}");
            }
            Outcome::Skipped(why) | Outcome::NotJudged(why) | Outcome::Fails(why) => {
                let line = format!("FAILED   {name}: {why}");
                crate::say!("{line}");
                failed.push(line);
            }
        }
    }
    if !failed.is_empty() {
        crate::say!("\nWhat does not hold, once more:\n{}", failed.join("\n"));
    }
    let rest = if skipped > 0 {
        format!(", {skipped} skipped")
    } else {
        String::new()
    };
    crate::say!("\n{passed} passed, {} failed{rest}", failed.len());
    Ok(if failed.is_empty() {
        Status::Passed
    } else {
        Status::NotYet
    })
}
