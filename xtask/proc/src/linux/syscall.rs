//! The system call that a thread waits in: `/proc/PID/task/TID/syscall` (`man 5
//! proc_pid_syscall`).

use super::not_understood;
use super::stat::number;
use std::io;
use std::str::FromStr;

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syscall {
    /// It is on a processor, or waits for one.
    Runs,
    /// It waits, and not in a system call (for a page of its memory, say).
    Elsewhere,
    /// It waits in a system call.
    Waits {
        number: i64,
        arguments: [u64; 6],
        stack_pointer: u64,
        program_counter: u64,
    },
}

impl FromStr for Syscall {
    type Err = io::Error;

    fn from_str(text: &str) -> io::Result<Self> {
        let mut fields = text.split_ascii_whitespace();
        let first = fields.next().ok_or_else(not_understood)?;
        if first == "running" {
            return Ok(Self::Runs);
        }
        let call = number(first)?;
        if call == -1 {
            return Ok(Self::Elsewhere);
        }
        let mut next = || {
            let digits = fields.next().and_then(|field| field.strip_prefix("0x"));
            u64::from_str_radix(digits.unwrap_or_default(), 16).map_err(|_| not_understood())
        };
        let mut arguments = [0; 6];
        for argument in &mut arguments {
            *argument = next()?;
        }
        Ok(Self::Waits {
            number: call,
            arguments,
            stack_pointer: next()?,
            program_counter: next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_told_with_its_arguments() {
        let told = "0 0x3 0xff 0x0 0x0 0x0 0x2a 0x7ffd 0x7f10\n";
        let waits = Syscall::Waits {
            number: 0,
            arguments: [3, 255, 0, 0, 0, 42],
            stack_pointer: 0x7ffd,
            program_counter: 0x7f10,
        };
        assert_eq!(told.parse::<Syscall>().unwrap(), waits);
        assert_eq!("running\n".parse::<Syscall>().unwrap(), Syscall::Runs);
        let elsewhere = "-1 0x7ffd 0x7f10\n".parse::<Syscall>().unwrap();
        assert_eq!(elsewhere, Syscall::Elsewhere);
        assert!("0 0x3".parse::<Syscall>().is_err());
        assert!("".parse::<Syscall>().is_err());
    }
}
