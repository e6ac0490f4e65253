//! Reads a `spec.toml`. What is wrong with one is told in a sentence that names the file
//! and the field.

use crate::line::{Piece, pieces};
use crate::program::{Program, Sentence, Spec};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// How `spec.toml` says that a program ends in an error.
pub(crate) const NOT_0: &str = "not 0";

impl Spec {
    /// Where the specification of a solution stands.
    pub fn file_of(solution: &Path) -> PathBuf {
        solution.join("spec.toml")
    }

    /// Reads that of the lesson whose solution lies in this folder.
    ///
    /// # Errors
    /// The file is not there, or says something that is no specification.
    pub fn read(solution: &Path) -> Result<Self> {
        let file = Self::file_of(solution);
        let text = fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let spec: Self = match toml::from_str(&text) {
            Ok(spec) => spec,
            Err(error) => bail!("{}{}", file.display(), place_and_fault(&text, &error)),
        };
        ensure!(
            !spec.programs.is_empty(),
            "{} has no [[program]]",
            file.display()
        );
        for (number, program) in spec.programs.iter().enumerate() {
            let role = &program.role;
            let mut before = spec.programs.iter().take(number);
            ensure!(
                before.all(|other| other.role != *role),
                "{}: the role {role} stands there twice",
                file.display()
            );
            program
                .is_in_order()
                .with_context(|| format!("{}, program {role}", file.display()))?;
        }
        Ok(spec)
    }
}

/// `, line 12, usge = "server": unknown field …`: the line names the field where the
/// fault alone does not.
fn place_and_fault(text: &str, error: &toml::de::Error) -> String {
    let fault = error.message().replace('\n', " ");
    let Some(span) = error.span() else {
        return format!(": {fault}");
    };
    let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let number = text[..start].lines().count() + 1;
    format!(", line {number}, {line}: {fault}")
}

impl Program {
    fn is_in_order(&self) -> Result<()> {
        let says = |field: &str, text: &str| {
            ensure!(!text.trim().is_empty(), "{field} is empty");
            Ok(())
        };
        let say = |field: &str, all: &[Sentence]| {
            let mut all = all.iter().flat_map(|one| [&one.ko, &one.en]);
            all.try_for_each(|text| says(field, text))
        };
        says("role", &self.role)?;
        says("usage", &self.usage)?;
        say("does", std::slice::from_ref(&self.does))?;
        for argument in &self.arguments {
            let name = &argument.name;
            says("argument.name", name)?;
            says(&format!("argument.ko of {name}"), &argument.ko)?;
            says(&format!("argument.en of {name}"), &argument.en)?;
        }
        say("stdin", &self.stdin)?;
        for stdout in &self.stdout {
            let line = &stdout.line;
            says(&format!("stdout.ko of {line:?}"), &stdout.ko)?;
            says(&format!("stdout.en of {line:?}"), &stdout.en)?;
            let (line_varies, gloss_varies) =
                (varies("line", line)?, varies("gloss", &stdout.gloss)?);
            ensure!(
                line_varies == gloss_varies,
                "stdout.gloss of {line:?} has not the same {{…}}"
            );
        }
        say("network", &self.network)?;
        say("stderr", &self.stderr)?;
        for exit in &self.exits {
            let status = &exit.status;
            ensure!(
                status == NOT_0 || status.parse::<u8>().is_ok(),
                "exit.status is \"0\", \"{NOT_0}\" or another number, and not {status:?}"
            );
            says(&format!("exit.ko of {status:?}"), &exit.ko)?;
            says(&format!("exit.en of {status:?}"), &exit.en)?;
        }
        Ok(())
    }
}

/// The names of what varies in a line, sorted: its gloss may have them in another order.
fn varies<'a>(field: &str, line: &'a str) -> Result<Vec<&'a str>> {
    let pieces = pieces(line)
        .with_context(|| format!("stdout.{field} {line:?} has a brace without its other"))?;
    let names = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Varies(name) => Some(name),
        Piece::Words(_) => None,
    });
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    Ok(names)
}
