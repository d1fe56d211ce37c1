//! The command of a cargo that a program of cargo runs.
//!
//! The tests of the compiler and `xtask` include this file: neither can depend on the other.

use std::env;
use std::process::Command;

/// Returns a command of the cargo that runs us.
///
/// Cargo sets variables about the package that runs. Build scripts of dependencies read the same
/// variables: with other values, cargo would run them again and rebuild all packages above.
pub(crate) fn nested_cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "OUT_DIR"
            || text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
        {
            command.env_remove(&name);
        }
    }
    command
}
