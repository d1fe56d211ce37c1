//! Prefect, which runs and records workflows, from PyPI.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Running, Server, python};

pub(super) const SERVER: Server = Server {
    name: "prefect",
    install,
    command,
    ready_path: "/api/health",
    base_path: "/api",
    read_description,
};

/// The package, with its tested version.
const PACKAGE: &str = "prefect==3.9.1";

fn install(folder: &Path) -> anyhow::Result<Result<(), String>> {
    Ok(python::install(folder, PACKAGE, "bin/prefect"))
}

/// Starts the server without the program `prefect`, which would start it as another process.
fn command(folder: &Path, port: u16) -> anyhow::Result<Command> {
    let data = folder.join("data");
    let _ = fs::remove_dir_all(&data);
    let mut command = Command::new(folder.join("bin/python"));
    command.args([
        "-m",
        "uvicorn",
        "--factory",
        "prefect.server.api.server:create_app",
    ]);
    command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    command.env("PREFECT_HOME", data).env("DO_NOT_TRACK", "1");
    command.env("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
    Ok(command)
}

fn read_description(_: &Path, running: &Running) -> anyhow::Result<String> {
    running.get("/openapi.json")
}
