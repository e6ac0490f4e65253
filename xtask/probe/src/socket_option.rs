//! The options of sockets that only Linux has, or only there mean the same.
#![cfg(target_os = "linux")]

use std::io;
use std::os::fd::AsRawFd;

/// setsockopt(2), with an int.
pub(crate) fn set(
    socket: &impl AsRawFd,
    level: libc::c_int,
    option: libc::c_int,
    value: libc::c_int,
) -> io::Result<()> {
    let length = libc::socklen_t::try_from(size_of_val(&value)).map_err(io::Error::other)?;
    // SAFETY: the pointer leads to an int of that length, which lives until the call is over.
    let set = unsafe {
        libc::setsockopt(
            socket.as_raw_fd(),
            level,
            option,
            (&raw const value).cast(),
            length,
        )
    };
    if set == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}
