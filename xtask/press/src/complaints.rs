//! mdBook prints a page even when a chapter is broken, and says so only in its
//! log. This listens to the log while mdBook runs and makes an error of every
//! warning, so that a broken page is never taken for a printed one.

use anyhow::{Result, bail};
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Runs mdBook's part of the work; fails when it does, and when it complains.
pub fn heeded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let complaints = Complaints::default();
    let listener = tracing_subscriber::registry().with(complaints.clone());
    let done = tracing::subscriber::with_default(listener, work)?;

    let heard = complaints.0.lock().unwrap_or_else(PoisonError::into_inner);
    if !heard.is_empty() {
        bail!("mdBook complains: {}", heard.join("; "));
    }
    Ok(done)
}

/// What mdBook said at the levels WARN and ERROR.
#[derive(Clone, Default)]
struct Complaints(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Complaints {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() > Level::WARN {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(message.0);
    }
}

/// The sentence in an event, without the fields around it.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // Writing to a string does not fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_an_error() {
        let outcome = heeded(|| {
            tracing::info!("all is well");
            tracing::warn!("the anchor {} is gone", "step-1");
            Ok(())
        });
        let error = outcome.unwrap_err().to_string();
        assert_eq!(error, "mdBook complains: the anchor step-1 is gone");
    }

    #[test]
    fn silence_is_success() {
        assert_eq!(heeded(|| Ok(7)).unwrap(), 7);
    }
}
