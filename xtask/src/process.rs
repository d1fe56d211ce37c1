//! Runs other programs, cargo first of all.

#[path = "../../generator/tests/workspace/nested_cargo.rs"]
mod nested_cargo;

use std::ffi::OsStr;
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};

use self::nested_cargo::nested_cargo;

/// The cargo that runs us.
pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = nested_cargo();
    command.args(args);
    command
}

/// A command as one would type it.
pub fn display(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program.rsplit(['/', '\\']).next().unwrap_or(&program);
    command
        .get_args()
        .fold(name.to_owned(), |mut text, argument| {
            text.push(' ');
            text.push_str(&argument.to_string_lossy());
            text
        })
}

/// Runs a command to its end.
///
/// # Errors
///
/// The command cannot be started, or it ends with a status other than 0.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = display(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{shown}`"))?;
    require(status, &shown)
}

/// Runs a command to its end, and returns its standard output.
///
/// # Errors
///
/// As [`run`]. Its standard error is printed if it fails.
pub fn read(command: &mut Command) -> anyhow::Result<String> {
    let shown = display(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
    }
    require(output.status, &shown)?;
    String::from_utf8(output.stdout).with_context(|| format!("the output of `{shown}`"))
}

/// Turns a status other than 0 into an error.
///
/// # Errors
///
/// The status is not 0.
pub fn require(status: ExitStatus, shown: &str) -> anyhow::Result<()> {
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}
