//! The check's own sockets: every way in which a connection can stop, and every datagram
//! that came, told apart by name. Who speaks when is left to the cast.

pub(crate) mod arrival;
pub(crate) mod mailbox;
pub(crate) mod wire;
