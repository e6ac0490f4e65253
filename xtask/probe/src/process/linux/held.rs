//! The sockets a process really holds. A socket that is neither bound nor
//! connected stands in no table under `/proc/net`; its protocol can be read from
//! the descriptor itself, as the extended attribute `system.sockprotoname`.

use super::family::descendants_of;
use proc::{Process, Target, udp_of_both_families};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::io;

/// The protocol names (`TCP`, `UDP`, `TCPv6`, …) of the internet sockets that `process` and
/// its descendants hold, sorted; a UDP socket that is connected is `UDP connected`. One socket
/// with several descriptors counts once; a socket for within the machine (`man 7 unix`), as
/// some interpreters hold, does not.
///
/// # Errors
/// The process is gone, or the system does not let its descriptors be seen.
pub(crate) fn held_sockets(process: u32) -> io::Result<Vec<String>> {
    let mut held = BTreeMap::new();
    sockets_of(process, &mut held)?;
    for descendant in descendants_of(process) {
        // One that has ended meanwhile holds nothing.
        let _ = sockets_of(descendant, &mut held);
    }
    let mut names: Vec<_> = held.into_values().flatten().collect();
    names.sort();
    Ok(names)
}

/// Does `process` or one of its descendants hold a socket of these numbers?
pub(crate) fn holds_one_of(process: u32, inodes: &[u64]) -> bool {
    let of_one = |process| {
        let held = Process::of(process).descriptors().ok();
        held.into_iter()
            .flatten()
            .any(|one| matches!(one.target, Target::Socket(inode) if inodes.contains(&inode)))
    };
    of_one(process) || descendants_of(process).into_iter().any(of_one)
}

/// Adds the sockets of one process, by their inodes; `None` for one that does not count.
fn sockets_of(process: u32, held: &mut BTreeMap<u64, Option<String>>) -> io::Result<()> {
    for one in Process::of(process).descriptors()? {
        let Target::Socket(inode) = one.target else {
            continue;
        };
        if held.contains_key(&inode) {
            continue;
        }
        let path = format!("/proc/{process}/fd/{}", one.number);
        let mut name = [0; 32];
        let length = match rustix::fs::getxattr(path, c"system.sockprotoname", &mut name) {
            // A descriptor may be closed while they are read.
            Err(Errno::NOENT) => continue,
            length => length?,
        };
        let name = String::from_utf8_lossy(&name[..length]);
        let name = name.trim_end_matches('\0');
        let name = if name.starts_with("UDP") && is_connected(inode) {
            Some(format!("{name} connected"))
        } else if name.starts_with("TCP") || name.starts_with("UDP") {
            Some(name.to_owned())
        } else {
            None
        };
        held.insert(inode, name);
    }
    Ok(())
}

/// Is the UDP socket connected to an address?
fn is_connected(inode: u64) -> bool {
    udp_of_both_families().any(|entry| entry.inode == inode && entry.remote.port() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{PATIENCE, watch};
    use crate::process::linux::inode;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn an_end_is_held_until_it_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (own, other) = (client.local_addr().unwrap(), client.peer_addr().unwrap());
        let number = inode(own, other).unwrap();
        assert!(holds_one_of(std::process::id(), &[number]));
        drop(client);
        // A program that another test just starts has its copy until it is executed.
        let is_closed = || {
            let held = holds_one_of(std::process::id(), &[number]);
            (!held && inode(own, other).is_none()).then_some(())
        };
        assert_eq!(watch(PATIENCE, is_closed), Some(()));
    }
}
