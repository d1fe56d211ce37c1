//! A server that runs on a free port.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::interop::prism::free_port;

/// Time limit until a server is ready.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that runs for as long as this value.
pub(super) struct Running {
    child: Child,
    port: u16,
}

impl Running {
    /// Starts a server, and waits until a path responds.
    ///
    /// # Errors
    ///
    /// The server ends, or is not ready in time.
    pub(super) fn start(
        command: impl FnOnce(u16) -> anyhow::Result<Command>,
        ready_path: &str,
    ) -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut command = command(port)?;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().context("cannot start the server")?;
        let mut running = Self { child, port };
        let start = Instant::now();
        while running.get(ready_path).is_err() {
            if let Some(status) = running.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            if start.elapsed() > PATIENCE {
                bail!("the server does not get ready");
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(running)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the body of a response with status 200. HTTP 1.0 has no chunks.
    pub(super) fn get(&self, path: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n"
        )?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let (head, body) = text.split_once("\r\n\r\n").context("a response")?;
        let status = head.lines().next().unwrap_or_default();
        if status.split(' ').nth(1) != Some("200") {
            bail!("`{path}` responds with `{status}`");
        }
        Ok(body.to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
