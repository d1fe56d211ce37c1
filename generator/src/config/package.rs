//! Valid names and versions of crates, as Cargo and rustc accept them.

use semver::Version;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;

/// Greatest length of a name on crates.io.
const MAX_NAME_BYTES: usize = 64;

/// Oldest compiler that the runtime supports.
pub(crate) const OLDEST_RUST: (u64, u64) = (1, 88);

/// Reserved names: names of the language, its tools and Windows, and dependencies of the crate and
/// its tests, which would conflict with the crate.
const TAKEN: &[&str] = &[
    "alloc",
    "async",
    "await",
    "abstract",
    "as",
    "aux",
    "axum",
    "base64",
    "become",
    "box",
    "break",
    "bytes",
    "chrono",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "futures_core",
    "gen",
    "hmac",
    "http",
    "http_body",
    "httpdate",
    "if",
    "impl",
    "in",
    "jiff",
    "jiter",
    "js_sys",
    "let",
    "loop",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "macro",
    "match",
    "memchr",
    "mod",
    "move",
    "mut",
    "nul",
    "override",
    "percent_encoding",
    "priv",
    "prn",
    "proc_macro",
    "pub",
    "ref",
    "reqwest",
    "return",
    "secrecy",
    "self",
    "send_wrapper",
    "serde",
    "serde_json",
    "sha2",
    "static",
    "std",
    "struct",
    "subtle",
    "super",
    "test",
    "time",
    "tokio",
    "tower_service",
    "tracing",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "url",
    "use",
    "virtual",
    "wasmtimer",
    "where",
    "while",
    "wiremock",
    "yield",
];

/// Checks the name of a crate.
///
/// # Errors
///
/// The problem, as a sentence without a final stop.
pub fn check_package_name(name: &str) -> Result<(), String> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let reason = if name.is_empty() {
        "it is empty".to_owned()
    } else if name.len() > MAX_NAME_BYTES {
        format!("it is longer than {MAX_NAME_BYTES} characters")
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        "it does not begin with a letter".to_owned()
    } else if let Some(other) = name.chars().find(|c| !is_letter(*c)) {
        format!("it has the character {other:?}")
    } else if TAKEN.contains(&name.to_ascii_lowercase().replace('-', "_").as_str()) {
        "the name is reserved by Rust or by a dependency of the crate".to_owned()
    } else {
        return Ok(());
    };
    Err(format!("{name:?} cannot be the name of a crate: {reason}"))
}

/// Valid names of crates.
pub(crate) const NAME_HELP: &str =
    "begin the name with a letter, and use letters, digits, `-` and `_`: `acme-sdk`";

impl Reader<'_> {
    /// Reads a valid name of a crate.
    pub(super) fn checked_name(&mut self, name: Option<At<String>>) -> Option<At<String>> {
        let name = name?;
        match check_package_name(&name.value) {
            Ok(()) => Some(name),
            Err(message) => {
                self.error(Code::InvalidPackageName, &name.pointer, message, NAME_HELP);
                None
            }
        }
    }

    /// Reads the version of a crate.
    pub(super) fn checked_version(&mut self, version: Option<At<String>>) -> Option<At<String>> {
        let version = version?;
        if let Err(error) = Version::parse(&version.value) {
            let message = format!("{:?} is not a version: {error}", version.value);
            let help = "write three numbers: `1.2.0`";
            self.error(Code::InvalidPackageVersion, &version.pointer, message, help);
            return None;
        }
        Some(version)
    }

    /// Reads the version of the oldest supported compiler.
    pub(super) fn checked_rust(&mut self, version: Option<At<String>>) -> Option<At<String>> {
        let version = version?;
        let (major, minor) = OLDEST_RUST;
        let text = &version.value;
        let wrong = match rust_version(text) {
            None => format!("{text:?} is not a version of Rust"),
            Some(found) if found < OLDEST_RUST => {
                format!("Rust {text} is older than the crate needs, which is {major}.{minor}")
            }
            Some(_) => return Some(version),
        };
        let help = format!("write a version from `{major}.{minor}` on, or leave it out");
        self.error(Code::InvalidRustVersion, &version.pointer, wrong, &help);
        None
    }
}

/// Parses the major and the minor version of `1.88` or `1.88.0`.
fn rust_version(text: &str) -> Option<(u64, u64)> {
    let full = match text.split('.').count() {
        2 => Version::parse(&format!("{text}.0")),
        _ => Version::parse(text),
    };
    let version = full.ok()?;
    (version.pre.is_empty() && version.build.is_empty()).then_some((version.major, version.minor))
}

#[cfg(test)]
mod tests {
    use super::{check_package_name, rust_version};

    #[test]
    fn valid_package_names_are_accepted() {
        for name in ["acme-sdk", "a", "x_1", "Acme"] {
            assert_eq!(check_package_name(name), Ok(()));
        }
        let long = "a".repeat(65);
        for name in [
            "",
            "a/b",
            "1abc",
            "_",
            "-a",
            "std",
            "core",
            "self",
            "crate",
            "serde-json",
            "é",
            &long,
        ] {
            assert!(check_package_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn rust_versions_are_checked() {
        assert_eq!(rust_version("1.90"), Some((1, 90)));
        assert_eq!(rust_version("1.88.1"), Some((1, 88)));
        for text in ["", "1", "junk", "1.90-beta", "1.90.0-beta", "1.2.3.4"] {
            assert_eq!(rust_version(text), None, "{text}");
        }
    }
}
