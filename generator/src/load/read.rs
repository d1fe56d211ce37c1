//! From bytes to a tree of JSON values, for JSON and YAML alike.
//!
//! Here, and only here, is it known how a text is written. A text that would
//! take unbounded memory or stack is refused: by its size, by how deep it
//! nests, and by how much its YAML aliases make of it.

mod json;
mod node;
mod yaml;

use std::io::Read as _;
use std::path::Path;
use std::{fs, io};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Pointer, Syntax};

/// The largest file that is read.
const MAX_BYTES: u64 = 256 << 20;

/// How deep containers may nest, which is where `serde_json` stops too.
/// Documents of real APIs stay below 40.
const MAX_DEPTH: usize = 127;

/// A text as a tree.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The value.
    pub(crate) value: Value,
    /// The members that are given twice; the last one is in `value`.
    pub(crate) duplicates: Vec<Pointer>,
    /// Whether there is a second YAML document, which is not read.
    pub(crate) several: bool,
    /// How it was written.
    pub(crate) syntax: Syntax,
}

/// Why a text is not a tree.
#[derive(Debug)]
pub(crate) struct Malformed {
    /// A stable name: `not-json`, `too-deep`.
    pub(crate) code: Code,
    /// What is wrong.
    pub(crate) message: String,
    /// The byte at which it is.
    pub(crate) offset: usize,
    /// What to do about it.
    pub(crate) help: &'static str,
}

impl Malformed {
    /// The finding about the text of a document.
    pub(crate) fn diagnostic(self) -> Diagnostic {
        Diagnostic::new(self.code, Pointer::root(), self.message)
            .at_offset(self.offset)
            .help(self.help)
    }

    fn too_deep(offset: usize) -> Self {
        Self {
            code: Code::NestingTooDeep,
            message: format!("the document nests deeper than {MAX_DEPTH} levels"),
            offset,
            help: "move inner schemas to `components` and refer to them",
        }
    }
}

/// Reads a file as text, without its byte order mark.
pub(crate) fn text(path: &Path) -> Result<String, Diagnostic> {
    let name = path.display();
    let error = |code, message: String| Diagnostic::new(code, Pointer::root(), message);
    let failed = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => error(
            Code::MissingFile,
            format!("the file `{name}` does not exist"),
        )
        .help("check the path; it is relative to the current directory"),
        _ => error(Code::UnreadableFile, format!("cannot read `{name}`: {e}")),
    };
    let meta = fs::metadata(path).map_err(failed)?;
    if meta.is_dir() {
        return Err(
            error(Code::UnreadableFile, format!("`{name}` is a directory"))
                .help("name the document itself"),
        );
    }
    if !meta.is_file() {
        return Err(error(
            Code::UnreadableFile,
            format!("`{name}` is a device or a pipe, not a file"),
        )
        .help("write it to a file first"));
    }
    // What is read counts, not what the file system says of the size.
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(failed)?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    if read.map_err(failed)? as u64 > MAX_BYTES {
        let message = format!("`{name}` is larger than {} MiB", MAX_BYTES >> 20);
        return Err(error(Code::DocumentTooLarge, message));
    }
    decode(bytes).map_err(|(what, help)| {
        error(Code::NotUtf8, format!("`{name}` is not UTF-8: {what}")).help(help)
    })
}

/// Takes bytes for UTF-8, and says what they look like if they are not.
fn decode(bytes: Vec<u8>) -> Result<String, (String, &'static str)> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(("it starts like UTF-16".to_owned(), "save it as UTF-8"));
    }
    let mut text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        (
            format!("byte {at} does not start a character"),
            "save it as UTF-8",
        )
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

/// Reads a text as JSON or YAML, whichever it looks like.
pub(crate) fn tree(name: &str, text: &str) -> Result<Tree, Malformed> {
    if text.trim().is_empty() {
        return Err(Malformed {
            code: Code::EmptyDocument,
            message: "the document is empty".to_owned(),
            offset: 0,
            help: "start it with `openapi: 3.1.0`",
        });
    }
    if Syntax::guess(text) == Syntax::Yaml {
        return yaml::read(text);
    }
    let is_named_json = Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("json"));
    match json::read(text) {
        // A YAML file may begin with `{` too, and YAML allows more.
        Err(error) if !is_named_json => yaml::read(text).map_err(|_| error),
        other => other,
    }
}
