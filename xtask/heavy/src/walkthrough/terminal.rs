//! A terminal with an empty home: it runs commands, and remembers their output and their cost.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context, bail};
use wait4::Wait4;

use super::server::{self, Server};
use crate::generated_crate::SHARED_DEPENDENCIES;
use crate::interop::prism::free_port;

/// The port in the chapter. A free port replaces it.
const PORT: &str = "4010";
/// The address of the repository in the chapter. The local one replaces it.
const REPOSITORY: &str = "https://github.com/sdkwright/sdkwright";
/// Variables that commands inherit.
const INHERITED: [&str; 4] = ["LANG", "RUSTUP_TOOLCHAIN", "SSL_CERT_FILE", "TMPDIR"];

/// A terminal.
pub(super) struct Terminal {
    folder: PathBuf,
    variables: BTreeMap<OsString, OsString>,
    port: u16,
    server: Option<Server>,
    /// The repository whose compiled dependencies new packages use.
    shared: Option<PathBuf>,
    output: String,
    costs: Vec<Cost>,
}

/// The time that a command took.
struct Cost {
    line: String,
    elapsed: Duration,
    cpu: Duration,
}

impl Terminal {
    /// Opens a terminal in an empty folder, in which `HOME` is another one.
    pub(super) fn open(root: &Path, repository: &Path) -> anyhow::Result<Self> {
        let (home, folder) = (root.join("home"), root.join("work"));
        for folder in [&home, &folder] {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        let mut terminal = Self {
            folder,
            variables: BTreeMap::new(),
            port: free_port()?,
            server: None,
            shared: None,
            output: String::new(),
            costs: Vec::new(),
        };
        terminal.set_variables(&home, repository);
        Ok(terminal)
    }

    /// Sets the variables of the commands. Cargo and rustup keep their own folders.
    fn set_variables(&mut self, home: &Path, repository: &Path) {
        for name in INHERITED {
            if let Some(value) = env::var_os(name) {
                self.set(name, value);
            }
        }
        let own_home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let value = env::var_os(name).unwrap_or_else(|| own_home.join(folder).into());
            self.set(name, value);
        }
        // Programs are installed in the empty home, and not where cargo keeps the registry.
        let installed = home.join(".cargo");
        let paths = [installed.join("bin")].into_iter().chain(inherited_paths());
        self.set("PATH", env::join_paths(paths).unwrap_or_default());
        self.set("CARGO_INSTALL_ROOT", installed);
        self.set("HOME", home);
        self.set("GIT_CONFIG_COUNT", "1");
        let key = format!("url.{}.insteadOf", repository.display());
        self.set("GIT_CONFIG_KEY_0", key);
        self.set("GIT_CONFIG_VALUE_0", REPOSITORY);
    }

    /// Takes the compiler and the dependencies that the repository has built.
    pub(super) fn share_builds(&mut self, repository: &Path) {
        let programs = super::built_programs().into_iter();
        let paths = programs.chain(inherited_paths());
        self.set("PATH", env::join_paths(paths).unwrap_or_default());
        self.set("CARGO_TARGET_DIR", repository.join("target"));
        self.set("CARGO_PROFILE_DEV_DEBUG", "0");
        self.shared = Some(repository.to_owned());
    }

    /// Sets an environment variable.
    pub(super) fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.variables.insert(name.into(), value.into());
    }

    /// Saves a file in the current folder.
    pub(super) fn save(&self, path: &str, text: &str) -> anyhow::Result<()> {
        fs::write(self.folder.join(path), text).with_context(|| path.to_owned())
    }

    /// Reads a file of the current folder.
    pub(super) fn read(&self, path: &str) -> anyhow::Result<String> {
        fs::read_to_string(self.folder.join(path)).with_context(|| path.to_owned())
    }

    /// Returns the output of the last command.
    pub(super) fn output(&self) -> &str {
        &self.output
    }

    /// Runs a command line, or starts the server.
    pub(super) fn run(&mut self, line: &str) -> anyhow::Result<()> {
        println!("$ {line}");
        let line = line.replace(PORT, &self.port.to_string());
        if let Some(folder) = line.strip_prefix("cd ") {
            self.folder.push(folder);
            return Ok(());
        }
        if line.starts_with("npx ") {
            self.server = Some(server::start(&line, &self.folder, self.port)?);
            return Ok(());
        }
        self.execute(&line)?;
        match line.strip_prefix("cargo new ") {
            Some(name) => self.share_dependencies(name),
            None => Ok(()),
        }
    }

    /// Lets a new package use the dependencies that the repository has built: their versions and
    /// features.
    fn share_dependencies(&mut self, package: &str) -> anyhow::Result<()> {
        let Some(repository) = &self.shared else {
            return Ok(());
        };
        let lock = self.folder.join(package).join("Cargo.lock");
        fs::copy(repository.join("Cargo.lock"), lock).context("a lock file")?;
        let shared = repository.join("target").join(SHARED_DEPENDENCIES);
        if !shared.is_dir() {
            return Ok(());
        }
        let manifest = format!("--manifest-path {package}/Cargo.toml");
        self.execute(&format!("cargo add {manifest} --path {}", shared.display()))
    }

    fn execute(&mut self, line: &str) -> anyhow::Result<()> {
        let start = Instant::now();
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(&self.folder);
        shell.env_clear().envs(&self.variables);
        let mut child = shell.stdout(Stdio::piped()).spawn().context("a shell")?;
        self.output.clear();
        if let Some(mut pipe) = child.stdout.take() {
            pipe.read_to_string(&mut self.output)?;
        }
        print!("{}", self.output);
        let used = child.wait4().with_context(|| line.to_owned())?;
        if !used.status.success() {
            bail!("`{line}` failed: {}", used.status);
        }
        self.costs.push(Cost {
            line: line.to_owned(),
            elapsed: start.elapsed(),
            cpu: used.rusage.utime + used.rusage.stime,
        });
        Ok(())
    }

    /// Prints the time of each command.
    pub(super) fn print_cost(&self) {
        println!("\n{:>9} {:>9}", "time", "CPU");
        for Cost { line, elapsed, cpu } in &self.costs {
            let (elapsed, cpu) = (elapsed.as_secs_f64(), cpu.as_secs_f64());
            println!("{elapsed:>7.1} s {cpu:>7.1} s  {line}");
        }
    }
}

fn inherited_paths() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect()
}
