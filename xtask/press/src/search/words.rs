//! The words that readers search by and the book does not use, or not where they lead to: the
//! files of `book/search/`. Chapters say things in one way each; readers have many.

use super::sections::Page;
use crate::edition::Edition;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The folder below the workspace, as messages tell it.
const FOLDER: &str = "book/search";

/// What all files say together, for both editions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(default)]
    same: Vec<Both>,
    #[serde(default)]
    passing: Both,
    #[serde(default, rename = "lead")]
    leads: Vec<Lead>,
}

/// Words in each language; English ones are searched in the Korean edition as well.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    #[serde(default)]
    ko: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

/// Phrases, and the page or the heading that answers them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lead {
    /// `lesson-02-bind`, or `lesson-02-bind#time-wait`.
    to: String,
    ko: Vec<String>,
    en: Vec<String>,
}

impl Lead {
    /// The numbers of the page and of the section on it.
    fn place(&self, pages: &[Page]) -> Option<(usize, usize)> {
        let (source, id) = match self.to.split_once('#') {
            Some((source, id)) => (source, Some(id)),
            None => (self.to.as_str(), None),
        };
        let page = pages.iter().position(|page| page.source == source)?;
        Some((page, pages[page].section(id)?))
    }
}

impl Both {
    fn of(&self, edition: Edition) -> Vec<&str> {
        let korean = self.ko.iter().filter(|_| edition == Edition::Ko);
        korean.chain(&self.en).map(String::as_str).collect()
    }
}

impl Words {
    /// Those of a workspace; a book without the folder has none.
    ///
    /// # Errors
    /// A file is there and cannot be read as such words.
    pub fn read(workspace: &Path) -> Result<Self> {
        let folder = workspace.join(FOLDER);
        if !folder.exists() {
            return Ok(Self::default());
        }
        let mut all = Self::default();
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {FOLDER}"))?;
        let files = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut files = files.collect::<Result<Vec<_>, _>>()?;
        files.sort();
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|it| it == "toml"))
        {
            let text = fs::read_to_string(file);
            let words: Result<Self> = text
                .map_err(Into::into)
                .and_then(|text| Ok(toml::from_str(&text)?));
            all.add(words.with_context(|| format!("{} is not in order", file.display()))?);
        }
        Ok(all)
    }

    fn add(&mut self, more: Self) {
        self.same.extend(more.same);
        self.passing.ko.extend(more.passing.ko);
        self.passing.en.extend(more.passing.en);
        self.leads.extend(more.leads);
    }

    /// What leads nowhere, or is said in one language only.
    pub fn problems(&self, pages: &[Page]) -> Vec<String> {
        let mut found = Vec::new();
        for lead in &self.leads {
            if lead.place(pages).is_none() {
                found.push(format!("{FOLDER}: no chapter has “{}”", lead.to));
            }
            if lead.ko.is_empty() || lead.en.is_empty() {
                found.push(format!("{FOLDER}: “{}” lacks a language", lead.to));
            }
        }
        found
    }

    /// `[page, section, [phrase, …]]` for each lead.
    pub(super) fn leads(&self, edition: Edition, pages: &[Page]) -> Value {
        let leads = self.leads.iter().filter_map(|lead| {
            let (page, section) = lead.place(pages)?;
            let korean = lead.ko.iter().filter(|_| edition == Edition::Ko);
            let phrases: Vec<_> = korean.chain(&lead.en).collect();
            Some(json!([page, section, phrases]))
        });
        leads.collect()
    }

    /// Groups of words of one meaning.
    pub(super) fn same(&self, edition: Edition) -> Vec<Vec<&str>> {
        self.same.iter().map(|group| group.of(edition)).collect()
    }

    /// Words that a query says in passing.
    pub(super) fn passing(&self, edition: Edition) -> Vec<&str> {
        self.passing.of(edition)
    }
}
