//! Real servers: an application of ours uses each by the SDK of its own description.
//!
//! The servers come from Debian and from PyPI, and are installed under `target/servers`. Nothing of
//! the system changes. The descriptions are read from the servers, and are not kept.

mod alertmanager;
mod chroma;
mod prefect;
mod process;
mod python;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::generated_crate::{self, share_dependencies, sharing_command};
use crate::process::run;
use process::Running;

/// Folder of the installed servers, their SDKs and the applications.
const FOLDER: &str = "target/servers";
/// Folder of our applications.
const APPLICATIONS: &str = "xtask/fixtures/servers";
/// The variable by which an application finds its server.
const URL: &str = "SERVER_URL";

/// A server, and what differs from others.
struct Server {
    name: &'static str,
    /// Installs the server in a folder. Returns a reason if it cannot be installed.
    install: fn(&Path) -> anyhow::Result<Result<(), String>>,
    /// Returns the command that starts the installed server on a port.
    command: fn(&Path, u16) -> anyhow::Result<Command>,
    /// A path that responds once the server is ready.
    ready_path: &'static str,
    /// Path of all operations.
    base_path: &'static str,
    /// Reads the description from the installed server, which runs.
    read_description: fn(&Path, &Running) -> anyhow::Result<String>,
}

/// The servers, the fastest one first.
const SERVERS: [Server; 3] = [alertmanager::SERVER, chroma::SERVER, prefect::SERVER];

/// Uses the servers with these names, or all of them. Returns the number of failures.
///
/// # Errors
///
/// No server has one of the names.
pub(super) fn use_servers(names: &[String]) -> anyhow::Result<u32> {
    let unknown = |name: &&String| SERVERS.iter().all(|server| server.name != **name);
    if let Some(name) = names.iter().find(unknown) {
        let known: Vec<_> = SERVERS.iter().map(|server| server.name).collect();
        bail!(
            "there is no server `{name}`; known are {}",
            known.join(", ")
        );
    }
    let mut failed = 0;
    for server in &SERVERS {
        if !names.is_empty() && names.iter().all(|name| name != server.name) {
            continue;
        }
        let name = format!("servers::{}", server.name);
        match server.use_it() {
            Ok(Err(reason)) => println!("test {name} ... ignored, {reason}"),
            Ok(Ok(())) => failed += u32::from(!super::report(&name, Ok(()))),
            Err(error) => failed += u32::from(!super::report(&name, Err(error))),
        }
    }
    Ok(failed)
}

impl Server {
    /// Installs and starts the server, and runs the application. Returns a reason if the server
    /// cannot be installed.
    fn use_it(&self) -> anyhow::Result<Result<(), String>> {
        let folder = Path::new(FOLDER).join(self.name);
        let installed = folder.join("server");
        fs::create_dir_all(&installed).with_context(|| installed.display().to_string())?;
        let installed = fs::canonicalize(installed).context(FOLDER)?;
        if let Err(reason) = (self.install)(&installed)? {
            return Ok(Err(reason));
        }
        let running = Running::start(|port| (self.command)(&installed, port), self.ready_path)?;
        let description = (self.read_description)(&installed, &running)?;
        let program = self.build_application(&folder, &description)?;
        let url = format!("{}{}", running.url(), self.base_path);
        run(Command::new(program).env(URL, url))?;
        Ok(Ok(()))
    }

    /// Generates the SDK, and builds the application with it. Returns the program.
    fn build_application(&self, folder: &Path, description: &str) -> anyhow::Result<PathBuf> {
        let document = folder.join("description.json");
        generated_crate::write(&document, description)?;
        let (sdk, application) = (format!("{}-sdk", self.name), format!("use-{}", self.name));
        generated_crate::generate(&document, &sdk, &folder.join("sdk"))?;
        let source = Path::new(APPLICATIONS).join(format!("{}.rs", self.name));
        let source = fs::read_to_string(&source).with_context(|| source.display().to_string())?;
        let package = folder.join("application");
        generated_crate::write(&package.join("src/main.rs"), &source)?;
        generated_crate::write(&package.join("Cargo.toml"), &manifest(&application, &sdk))?;
        let shared = share_dependencies(Path::new("."), folder)?;
        let members = Vec::from_iter(["sdk", "application"].into_iter().chain(shared));
        generated_crate::workspace(folder, &members)?;
        run(&mut sharing_command(folder, &["build"], &[&application]))?;
        let program = Path::new("target/debug").join(&application);
        fs::canonicalize(program).context("the application")
    }
}

/// Returns the manifest of an application. The servers speak plain HTTP.
fn manifest(application: &str, sdk: &str) -> String {
    format!(
        "[package]\nname = \"{application}\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {sdk} = {{ path = \"../sdk\", default-features = false, features = [\"reqwest\", \"resources\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    )
}
