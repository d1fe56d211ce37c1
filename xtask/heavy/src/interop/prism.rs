//! Prism: every operation is called, and every call agrees with the document.
//!
//! The calls are the wire tests of the crate: each operation with its required fields, and with all
//! fields. Complaints of Prism about its own responses concern the examples of the document; they
//! are counted and printed.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};

use super::tools::Tools;
use crate::generated_crate::{self, share_dependencies, sharing_command};
use crate::process::{cargo, run};
use xtask::repo;

/// Folder of the crates of further documents.
const FOLDER: &str = "target/interop";
/// The package of a further document.
const PACKAGE: &str = "interop-sdk";
/// Time limit until Prism is ready.
const PATIENCE: Duration = Duration::from_secs(90);

/// A description, and the command that runs the wire tests of its crate.
pub(super) struct Subject {
    spec: PathBuf,
    tests: Command,
}

impl Subject {
    /// The crate of the repository. As all tests here, they are those of the whole workspace,
    /// so that nothing is compiled again for a part of it.
    pub(super) fn own(spec: &str) -> Self {
        Self {
            spec: spec.into(),
            tests: cargo([
                "test",
                "--workspace",
                "--features",
                repo::TEST_FEATURES,
                "--test",
                "wire",
            ]),
        }
    }

    /// A crate that is made for this. It shares its dependencies with the rest.
    ///
    /// # Errors
    ///
    /// The description is not understood, or the disk is in the way.
    pub(super) fn generate(spec: &Path) -> anyhow::Result<Self> {
        let name = spec.file_stem().context("a description has a name")?;
        let folder = Path::new(FOLDER).join(name);
        generated_crate::generate(spec, PACKAGE, &folder.join("crate"))?;
        let shared = share_dependencies(Path::new("."), &folder)?;
        let members: Vec<&str> = ["crate"].into_iter().chain(shared).collect();
        generated_crate::workspace(&folder, &members)?;
        let mut tests = sharing_command(&folder, &["test"], &[PACKAGE]);
        tests.args(["--test", "wire"]);
        Ok(Self {
            spec: spec.to_owned(),
            tests,
        })
    }
}

/// Calls every operation, and reads Prism's verdict.
///
/// # Errors
///
/// A call fails, or disagrees with the document.
pub(super) fn call(tools: &Tools, subject: &Subject) -> anyhow::Result<()> {
    let prism = Prism::start(tools, &subject.spec)?;
    let mut tests = cargo(subject.tests.get_args());
    tests.env("TEST_API_BASE_URL", prism.url());
    let result = run(&mut tests);
    prism.stop().check_outcomes(&subject.spec)?;
    result
}

/// A server that runs for as long as this value.
pub(crate) struct Prism {
    child: Child,
    port: u16,
    lines: Receiver<String>,
    log: Log,
}

impl Prism {
    fn start(tools: &Tools, spec: &Path) -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut command = tools.prism();
        command.args(["mock", "--dynamic", "--seed", "1", "--host", "127.0.0.1"]);
        command.args(["--port", &port.to_string()]).arg(spec);
        Self::start_command(&mut command, port)
    }

    /// Starts Prism by a command line that names its port, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// Prism does not start in time.
    pub(crate) fn start_command(command: &mut Command, port: u16) -> anyhow::Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start Prism")?;
        let lines = lines(child.stdout.take().context("the output of Prism")?);
        let mut prism = Self {
            child,
            port,
            lines,
            log: Log::default(),
        };
        loop {
            let line = prism.lines.recv_timeout(PATIENCE);
            let line = line.context("Prism does not get ready")?;
            if line.contains("Prism is listening") {
                return Ok(prism);
            }
            prism.log.add(&line);
        }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends the server, and returns its output.
    fn stop(mut self) -> Log {
        // Prism may report on the last call a moment after its response.
        thread::sleep(Duration::from_millis(500));
        let _ = self.child.kill();
        while let Ok(line) = self.lines.recv() {
            self.log.add(&line);
        }
        std::mem::take(&mut self.log)
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a port that is free at the moment.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The lines of a pipe, as they come.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// The output of Prism.
#[derive(Debug, Default, PartialEq, Eq)]
struct Log {
    /// The operations of the description.
    operations: usize,
    /// The calls that came.
    calls: usize,
    /// Violations in the calls.
    violations: Vec<String>,
    /// Violations in Prism's own responses.
    own: usize,
}

impl Log {
    fn add(&mut self, line: &str) {
        if line.contains("info") && line.contains(" http://127.0.0.1:") {
            self.operations += 1;
        } else if line.contains("Request received") {
            self.calls += 1;
        } else if line.contains("Violation: response") {
            self.own += 1;
        } else if line.contains("Violation: request") || line.contains("error     Request ") {
            self.violations.push(line.to_owned());
        }
    }

    fn check_outcomes(&self, spec: &Path) -> anyhow::Result<()> {
        let Self {
            operations, calls, ..
        } = self;
        for violation in &self.violations {
            eprintln!("{violation}");
        }
        println!(
            "{}: {operations} operations, {calls} calls, {} violations; {} of Prism's own answers",
            spec.display(),
            self.violations.len(),
            self.own
        );
        if !self.violations.is_empty() {
            bail!("Prism finds {} violations", self.violations.len());
        }
        if *operations == 0 || calls < operations {
            bail!("{calls} calls are too few for {operations} operations");
        }
        Ok(())
    }
}

#[test]
fn violations_of_prism_are_parsed() {
    let mut log = Log::default();
    for line in [
        "[7:07:30 PM] › [CLI] ℹ  info      POST       http://127.0.0.1:4010/v3/pets",
        "[7:07:33 PM] › [HTTP SERVER] get /v3/pets ℹ  info      Request received",
        "[7:07:33 PM] ›     [NEGOTIATOR] ℹ  info      Request contains an accept header: */*",
        "[7:07:34 PM] ›     [VALIDATOR] ✖  error     Violation: request.body Request body must have x",
        "[7:07:34 PM] ›     [VALIDATOR] ✖  error     Request path parameter id must match format",
        "[7:07:34 PM] ›     [VALIDATOR] ✖  error     Violation: response.body.id must match format",
    ] {
        log.add(line);
    }
    assert_eq!(
        (log.operations, log.calls, log.violations.len(), log.own),
        (1, 1, 2, 1)
    );
}
