//! Requests of HTTP with nothing in them that is not needed, and what they take. A connection
//! stays, or each request has one of its own.

use crate::house::PATIENCE;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

#[derive(Debug)]
pub(super) struct Web {
    server: SocketAddr,
    /// Whether a connection stays.
    stays: bool,
    stream: Option<BufReader<TcpStream>>,
    pub(super) requests: usize,
    pub(super) sent: usize,
    pub(super) received: usize,
}

impl Web {
    pub(super) fn new(server: SocketAddr, stays: bool) -> Self {
        Self {
            server,
            stays,
            stream: None,
            requests: 0,
            sent: 0,
            received: 0,
        }
    }

    /// The body of the answer, which has to be one of success.
    pub(super) fn asks(&mut self, method: &str, target: &str, body: &str) -> Result<String> {
        let request = self.request(method, target, body);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connected(self.server)?,
        };
        stream.get_ref().write_all(request.as_bytes())?;
        self.requests += 1;
        self.sent += request.len();
        let answer = self.answer(&mut stream);
        let answer = answer.with_context(|| format!("{method} {target} has no answer"))?;
        self.stream = self.stays.then_some(stream);
        Ok(answer)
    }

    fn request(&self, method: &str, target: &str, body: &str) -> String {
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n", self.server);
        if !self.stays {
            request += "Connection: close\r\n";
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        request + "\r\n" + body
    }

    fn answer(&mut self, stream: &mut BufReader<TcpStream>) -> Result<String> {
        let status = self.line(stream)?;
        let mut length = None;
        loop {
            let field = self.line(stream)?;
            if field.is_empty() {
                break;
            }
            if let Some((name, value)) = field.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse()?);
            }
        }
        let mut body = vec![0; length.context("the answer has no length")?];
        stream.read_exact(&mut body)?;
        self.received += body.len();
        let body = String::from_utf8(body)?;
        match status.split(' ').nth(1) {
            Some(code) if code.starts_with('2') => Ok(body),
            _ => bail!("{status}: {body}"),
        }
    }

    /// A line of the answer's head, without its end.
    fn line(&mut self, stream: &mut BufReader<TcpStream>) -> Result<String> {
        let mut line = String::new();
        self.received += stream.read_line(&mut line)?;
        ensure!(line.ends_with('\n'), "the connection has ended");
        Ok(line.trim_end().to_owned())
    }
}

fn connected(server: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(server).context("no connection")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}
