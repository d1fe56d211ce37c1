//! Prometheus Alertmanager, from the package of Debian.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use serde_json::{Deserializer, Value};

use super::{Running, Server};
use crate::process::run;

pub(super) const SERVER: Server = Server {
    name: "alertmanager",
    install,
    command,
    ready_path: "/-/ready",
    base_path: "/api/v2",
    read_description,
};

const PACKAGE: &str = "prometheus-alertmanager";
/// Path of the program in its package.
const PROGRAM: &str = "usr/bin/prometheus-alertmanager";

/// A configuration that notifies nobody.
const CONFIG: &str = "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n";

/// Starts the program with the package's `/usr/share`, which the program reads, in place of the
/// system's. Only the program sees it.
const START: &str = "mount --bind \"$0/usr/share\" /usr/share && exec \"$0/usr/bin/prometheus-alertmanager\" \"$@\"";

/// Unpacks the package without installing it in the system.
fn install(folder: &Path) -> anyhow::Result<Result<(), String>> {
    if !can_mount() {
        return Ok(Err("mounting in a namespace is not allowed here".to_owned()));
    }
    if folder.join(PROGRAM).exists() {
        return Ok(Ok(()));
    }
    // A new machine has no list of packages.
    let is_there = download(folder) || (update_lists() && download(folder));
    if !is_there {
        return Ok(Err(format!("apt-get cannot download {PACKAGE}")));
    }
    for entry in fs::read_dir(folder).context("the package")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            run(Command::new("dpkg").arg("-x").arg(&path).arg(folder))?;
            fs::remove_file(path)?;
        }
    }
    Ok(Ok(()))
}

/// Downloads the package to a folder. Returns whether it is there.
fn download(folder: &Path) -> bool {
    let mut download = Command::new("apt-get");
    download
        .args(["download", "-qq", PACKAGE])
        .current_dir(folder);
    let status = download.stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn update_lists() -> bool {
    let mut update = Command::new("apt-get");
    let status = update
        .args(["update", "-qq"])
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Returns whether a process can get a view of the file system of its own.
fn can_mount() -> bool {
    let mut unshare = Command::new("unshare");
    unshare.args([
        "--map-root-user",
        "--mount",
        "mount",
        "--bind",
        "/usr/share",
        "/usr/share",
    ]);
    let status = unshare.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn command(folder: &Path, port: u16) -> anyhow::Result<Command> {
    let (config, data) = (folder.join("config.yml"), folder.join("data"));
    fs::write(&config, CONFIG).context("a configuration")?;
    let _ = fs::remove_dir_all(&data);
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "sh", "-c", START])
        .arg(folder);
    command
        .arg("--config.file")
        .arg(config)
        .arg("--storage.path")
        .arg(data);
    command.arg("--cluster.listen-address=");
    command.args(["--web.listen-address", &format!("127.0.0.1:{port}")]);
    Ok(command)
}

/// Reads the description from the program, which contains it and does not serve it.
fn read_description(folder: &Path, _: &Running) -> anyhow::Result<String> {
    let program = fs::read(folder.join(PROGRAM)).context(PROGRAM)?;
    let description = find_description(&program).context("the program has no description")?;
    Ok(description.to_string())
}

/// Finds a JSON object with the key `swagger`.
fn find_description(bytes: &[u8]) -> Option<Value> {
    let key = b"\"swagger\":";
    let keys = bytes.windows(key.len()).enumerate();
    let mut keys = keys.filter(|(_, window)| window == key).map(|(at, _)| at);
    keys.find_map(|at| {
        let before = bytes.get(..at)?;
        let start = before.iter().rposition(|byte| *byte == b'{')?;
        let mut values = Deserializer::from_slice(bytes.get(start..)?).into_iter::<Value>();
        values
            .next()?
            .ok()
            .filter(|value| value.get("swagger").is_some())
    })
}

#[test]
fn a_description_is_found_in_a_program() {
    let bytes = b"\0{}\0 \"swagger\": \0\0{\"a\": 1, \"swagger\": \"2.0\"}\0{";
    let found = find_description(bytes).unwrap();
    assert_eq!(found["a"], 1);
    assert_eq!(find_description(b"\0{\"swagger\": "), None);
}
