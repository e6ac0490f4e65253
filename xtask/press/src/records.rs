//! What figures are drawn from. A directive stands in both editions, and is looked at when a book
//! is checked and when it is printed: what it names is read once.

use crate::directive::Directive;
use crate::figures::Figure;
use anyhow::Result;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The records of one print; a clone is the same ones.
#[derive(Clone)]
pub struct Records {
    /// The folder that they are in.
    solutions: PathBuf,
    /// What was read, by the directive's name and argument.
    read: Arc<Mutex<HashMap<[String; 2], Arc<Figure>>>>,
}

impl Records {
    /// Of the folder `solutions`, nothing of which is read yet.
    pub fn of(solutions: PathBuf) -> Self {
        let read = Arc::default();
        Self { solutions, read }
    }

    pub fn folder(&self) -> &Path {
        &self.solutions
    }

    /// `None` if the directive asks for no figure; fails where there is no record of it.
    pub fn figure(&self, directive: &Directive<'_>) -> Option<Result<Arc<Figure>>> {
        let key = [directive.name, directive.argument].map(String::from);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(figure) = read.get(&key) {
            return Some(Ok(Arc::clone(figure)));
        }
        let figure = Figure::asked_for(directive, &self.solutions)?.map(Arc::new);
        if let Ok(figure) = &figure {
            read.insert(key, Arc::clone(figure));
        }
        Some(figure)
    }
}
