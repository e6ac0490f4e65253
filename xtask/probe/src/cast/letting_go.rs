//! Whether the program has let connections go: a peer that has left sees it no more, the
//! program's descriptors show it. Linux only; elsewhere nothing is waited for, and a scenario
//! that has to know is skipped ([`crate::Sight::HeldSockets`]).

use crate::cast::peer::Peer;
use crate::cast::program::Program;
#[cfg(target_os = "linux")]
use crate::deadline::{Looking, PATIENCE, watch};
#[cfg(target_os = "linux")]
use crate::process::linux::{holds_one_of, inode};

/// The program's ends of some connections.
pub struct Ends {
    #[cfg(target_os = "linux")]
    inodes: Vec<u64>,
}

impl Program {
    /// Its ends of the connections with `peers`, which are there still.
    pub fn ends_of<'a>(&self, peers: impl IntoIterator<Item = &'a Peer>) -> Ends {
        let peers = peers.into_iter();
        #[cfg(target_os = "linux")]
        let ends = Ends {
            inodes: peers
                .filter_map(|peer| {
                    let (own, theirs) = peer.ends();
                    inode(theirs, own)
                })
                .collect(),
        };
        #[cfg(not(target_os = "linux"))]
        let ends = {
            drop(peers);
            Ends {}
        };
        ends
    }

    /// Waits until the program holds none of `ends`: one that naps before it closes has not
    /// done with a client yet. Not written down; one that keeps them is found out by what it
    /// does next.
    pub fn lets_go_of(&self, ends: &Ends) {
        #[cfg(target_os = "linux")]
        {
            let mut looking = Looking::begin();
            watch(PATIENCE * 4, || {
                let gone = !holds_one_of(self.process(), &ends.inodes);
                (gone || self.stage.in_vain(looking.time())).then_some(())
            });
        }
        #[cfg(not(target_os = "linux"))]
        let _ = ends;
    }
}
