//! What Linux alone lets the check see, all of it from `/proc` and without
//! privileges: processes by a mark, the sockets a process holds, and whether a
//! program has read what was sent to it.

mod bound;
mod connection;
mod descriptors;
mod diagnosis;
mod end;
mod endpoints;
mod family;
mod held;
mod limits;
mod marked;
mod memory;
mod queueing;
mod reading;
mod resting;
mod stopped;

pub(crate) use bound::{Answers, answers};
pub(crate) use connection::{
    inode, is_asked, not_read_by, unacknowledged, wait_until_established, wait_until_gone,
    wait_until_its_end_is_there,
};
pub(crate) use descriptors::NoDescriptorLeft;
pub(crate) use endpoints::endpoints;
pub(crate) use family::{
    descendants_of, end_children_but, first_child_of, has_children_but, kill_family, reap_but,
    set_adopting,
};
pub(crate) use held::{held_sockets, holds_one_of};
pub(crate) use limits::shortest_limit;
pub(crate) use marked::{kill_left_behind, kill_left_behind_in, kill_marked, owner};
pub(crate) use memory::most_resident;
pub(crate) use queueing::{is_over, own_queued, queued, queued_of_each, turns};
pub(crate) use reading::{
    is_at_rest, is_past_its_input, only_reads, reads_its_input, wait_until_read, waits_for_others,
};
pub(crate) use resting::{rests, sleeps_often};
pub(crate) use stopped::Stopped;
