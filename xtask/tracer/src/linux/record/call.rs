//! A call from its beginning to its end.

use super::frame::Frame;
use super::process::Process;
use super::shown::{self, Registers};
use super::sockets;
use crate::linux::calls::{Kind, Known};
use recording::{Argument, Call, Line, Outcome, Returned, Socket};

/// A call that has begun.
pub(super) struct Open {
    pub(super) id: u32,
    known: &'static Known,
    entry: Entry,
    /// A signal came. The kernel begins it again, or tells the program so.
    interrupted: bool,
}

/// A thread as it enters a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) number: i64,
    pub(super) registers: Registers,
    pub(super) stack_pointer: u64,
    /// Behind the instruction of the call.
    pub(super) instruction_pointer: u64,
}

/// `ERESTARTSYS`, `ERESTARTNOINTR`, `ERESTARTNOHAND`, `ERESTART_RESTARTBLOCK`: what the kernel
/// tells a tracer, and no program, of a call that a signal interrupts (<linux/errno.h>).
const AGAIN: [i64; 4] = [-512, -513, -514, -516];

impl Open {
    /// `None` for a call that is of no interest: one on a file, mostly.
    pub(super) fn new(id: u32, entry: Entry, process: i32, memory: &Process) -> Option<Self> {
        let known = Known::recorded(entry.number)?;
        let open = Self {
            id,
            known,
            entry,
            interrupted: false,
        };
        open.is_of_interest(process, memory).then_some(open)
    }

    fn is_of_interest(&self, process: i32, of: &Process) -> bool {
        let register = |at: usize| self.entry.registers[at] as u32 as i32;
        let arguments = self.known.arguments.iter().zip(0..);
        let mut on_sockets = arguments.filter_map(|((_, kind), at)| match kind {
            Kind::Socket => Some(sockets::is_one(process, register(at))),
            Kind::PollSet => {
                let mut set = shown::poll_set(
                    &of.memory,
                    self.entry.registers[at],
                    self.entry.registers[at + 1],
                );
                Some(set.any(|entry| sockets::is_one(process, entry.fd)))
            }
            Kind::SelectSet => {
                let set = shown::selected(
                    &of.memory,
                    self.entry.registers[at],
                    self.entry.registers[0],
                );
                Some(set.into_iter().any(|fd| sockets::is_one(process, fd)))
            }
            _ => None,
        });
        match self.known.name {
            "socket" => [libc::AF_INET, libc::AF_INET6].contains(&register(0)),
            "epoll_create1" | "epoll_wait" => true,
            "fcntl" => on_sockets.all(|it| it) && shown::is_of_interest(register(1)),
            "ioctl" => on_sockets.all(|it| it) && self.entry.registers[1] == FIONBIO,
            "read" | "readv" => register(0) == 0 || sockets::is_one(process, register(0)),
            "write" | "writev" => {
                [1, 2].contains(&register(0)) || sockets::is_one(process, register(0))
            }
            "select" => on_sockets.any(|it| it),
            _ => on_sockets.all(|it| it),
        }
    }

    /// Whether this is the very call that a signal interrupted, begun again by the kernel: one
    /// that has a time-out goes on under another number (`man 2 restart_syscall`).
    pub(super) fn is_again(&self, entry: &Entry) -> bool {
        let goes_on = entry.number == libc::SYS_restart_syscall
            && entry.stack_pointer == self.entry.stack_pointer;
        self.interrupted && (goes_on || *entry == self.entry)
    }

    /// Whether a handler ends here behind which the program learns that this call, which a
    /// signal interrupted, has failed.
    pub(super) fn fails_behind(&self, frame: &Frame) -> bool {
        let due = Frame {
            result: -i64::from(libc::EINTR),
            stack_pointer: self.entry.stack_pointer,
            instruction_pointer: self.entry.instruction_pointer,
        };
        self.interrupted && *frame == due
    }

    /// As it begins.
    pub(super) fn begins(
        &self,
        who: String,
        thread: u32,
        line: Option<Line>,
        process: &Process,
    ) -> Call {
        Call {
            id: self.id,
            who,
            thread,
            name: self.known.called_with(&self.entry.registers).to_owned(),
            arguments: shown::given(self.known, &self.entry.registers, &process.memory),
            line,
        }
    }

    /// `None` where it may not be over: a signal came.
    pub(super) fn ends(&mut self, result: i64, process: i32, of: &Process) -> Option<Outcome> {
        if AGAIN.contains(&result) {
            self.interrupted = true;
            return None;
        }
        if result < 0 {
            let error = nix::errno::Errno::from_raw(i32::try_from(-result).unwrap_or_default());
            return Some(Outcome::from(Returned::Error(format!("{error:?}"))));
        }
        let wrote: Vec<Argument> =
            shown::written(self.known, &self.entry.registers, result, &of.memory);
        Some(Outcome {
            returned: Returned::Value(result),
            wrote,
            sockets: self.sockets(result, process),
            again: false,
        })
    }

    /// Those that it has made, changed, or closed.
    fn sockets(&self, result: i64, process: i32) -> Vec<Socket> {
        let first = self.entry.registers[0] as u32 as i32;
        let given = i32::try_from(result).unwrap_or(-1);
        let changed = match self.known.name {
            "close" => {
                return vec![Socket {
                    of: String::new(),
                    fd: first,
                    kind: String::new(),
                    state: String::new(),
                    local: String::new(),
                    peer: String::new(),
                    queue: 0,
                }];
            }
            "socket" | "accept" | "dup" | "dup2" => given,
            "fcntl" if given > 2 => given,
            "bind" | "listen" | "connect" | "shutdown" | "sendto" => first,
            _ => return Vec::new(),
        };
        sockets::of(process, changed).into_iter().collect()
    }
}

/// From <asm-generic/ioctls.h>: non-blocking, or not.
const FIONBIO: u64 = 0x5421;
