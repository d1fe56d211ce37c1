//! Chroma, a database of vectors, from PyPI.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Running, Server, python};

pub(super) const SERVER: Server = Server {
    name: "chroma",
    install,
    command,
    ready_path: "/api/v2/heartbeat",
    base_path: "",
    read_description,
};

/// The package, with its tested version.
const PACKAGE: &str = "chromadb==1.5.9";

fn install(folder: &Path) -> anyhow::Result<Result<(), String>> {
    Ok(python::install(folder, PACKAGE, "bin/chroma"))
}

fn command(folder: &Path, port: u16) -> anyhow::Result<Command> {
    let data = folder.join("data");
    let _ = fs::remove_dir_all(&data);
    let mut command = Command::new(folder.join("bin/chroma"));
    command.arg("run").arg("--path").arg(data);
    command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    Ok(command)
}

fn read_description(_: &Path, running: &Running) -> anyhow::Result<String> {
    running.get("/openapi.json")
}
