//! What happened, in a form that does not depend on time, ports or machine.

pub(crate) mod bytes;
pub(crate) mod event;
pub(crate) mod names;
