//! One that the server pushes to: frames of four bytes of length, the highest first, and a text.

use super::{CarriedOut, Command};
use crate::house::PATIENCE;
use anyhow::{Context, Result, ensure};
use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// No frame of the server is longer, in bytes.
const LONGEST: usize = 1_024;

pub(super) struct Connected {
    stream: BufReader<TcpStream>,
    so_far: CarriedOut,
}

/// Comes to the server as one that has carried out nothing yet.
pub(super) fn connect(server: SocketAddr) -> Result<Connected> {
    let stream = TcpStream::connect(server).context("no connection")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut connected = Connected {
        stream: BufReader::new(stream),
        so_far: CarriedOut::default(),
    };
    connected.says("last 0")?;
    let answer = connected.hears()?;
    ensure!(answer == "after 0", "{answer:?} does not answer last 0");
    Ok(connected)
}

impl Connected {
    /// Carries out each command, and acknowledges it, until there were `commands`.
    pub(super) fn carries_out(mut self, commands: u64) -> Result<CarriedOut> {
        for _ in 0..commands {
            let frame = self.hears()?;
            let at = Instant::now();
            let (id, text) = frame.split_once(' ').context("a command has no number")?;
            let command = Command {
                id: id.parse()?,
                text: text.to_owned(),
                at,
            };
            self.says(&format!("done {id}"))?;
            self.so_far.commands.push(command);
        }
        Ok(self.so_far)
    }

    fn says(&mut self, text: &str) -> Result<()> {
        let length = u32::try_from(text.len())?;
        let frame = [&length.to_be_bytes(), text.as_bytes()].concat();
        self.stream.get_ref().write_all(&frame)?;
        self.so_far.messages += 1;
        self.so_far.sent += frame.len();
        Ok(())
    }

    fn hears(&mut self) -> Result<String> {
        let mut length = [0; 4];
        self.stream.read_exact(&mut length).context("no frame")?;
        let length = u32::from_be_bytes(length) as usize;
        ensure!(length <= LONGEST, "a frame of {length} bytes");
        let mut text = vec![0; length];
        self.stream.read_exact(&mut text).context("half a frame")?;
        self.so_far.received += 4 + length;
        Ok(String::from_utf8(text)?)
    }
}
