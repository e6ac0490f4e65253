//! The sockets a process really holds. A socket that is neither bound nor
//! connected stands in no table under `/proc/net`; its protocol can be read from
//! the descriptor itself, as the extended attribute `system.sockprotoname`.

use rustix::io::Errno;
use std::fs;
use std::io;

/// The protocol names (`TCP`, `UDP`, `TCPv6`, …) of the internet sockets that `process`
/// holds, sorted; a UDP socket that is connected is `UDP connected`. One socket with two descriptors counts once; a socket for within the
/// machine (`man 7 unix`), as some interpreters hold, does not.
///
/// # Errors
/// The process is gone, or the system does not let its descriptors be seen.
pub(crate) fn held_sockets(process: u32) -> io::Result<Vec<String>> {
    let mut seen = Vec::new();
    let mut names = Vec::new();
    for entry in fs::read_dir(format!("/proc/{process}/fd"))? {
        let path = entry?.path();
        // A descriptor may be closed while the folder is read.
        let Ok(target) = fs::read_link(&path) else {
            continue;
        };
        let target = target.to_string_lossy().into_owned();
        if !target.starts_with("socket:") || seen.contains(&target) {
            continue;
        }
        let mut name = [0; 32];
        let length = match rustix::fs::getxattr(&path, c"system.sockprotoname", &mut name) {
            Err(Errno::NOENT) => continue,
            length => length?,
        };
        let name = String::from_utf8_lossy(&name[..length]);
        let name = name.trim_end_matches('\0');
        if name.starts_with("UDP") && is_connected(&target) {
            names.push(format!("{name} connected"));
        } else if name.starts_with("TCP") || name.starts_with("UDP") {
            names.push(name.to_owned());
        }
        seen.push(target);
    }
    names.sort();
    Ok(names)
}

/// Is the UDP socket that `/proc` calls `target` connected to an address?
fn is_connected(target: &str) -> bool {
    let tables = [procfs::net::udp(), procfs::net::udp6()];
    let mut entries = tables.into_iter().flatten().flatten();
    entries.any(|entry| {
        entry.remote_address.port() != 0 && target == format!("socket:[{}]", entry.inode)
    })
}
