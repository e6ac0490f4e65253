//! Who takes part in a scenario, as the scenario tells of them: the learner's programs,
//! and the peers that the check plays.

pub(crate) mod clients;
pub(crate) mod company;
pub(crate) mod complaints;
pub(crate) mod letting_go;
pub(crate) mod listener;
pub(crate) mod messages;
pub(crate) mod middle;
pub(crate) mod neighbour;
pub(crate) mod occupant;
pub(crate) mod own_address;
pub(crate) mod own_words;
pub(crate) mod peer;
pub(crate) mod program;
pub(crate) mod state;
pub(crate) mod udp_middle;
pub(crate) mod udp_peer;
pub(crate) mod weather;
