//! Reading: from bytes to a tree of JSON values, from JSON or YAML.
//!
//! Only this module knows the syntax of the text. It refuses a text that would take unbounded
//! memory or stack: by size, nesting depth, and expansion of YAML aliases.

mod json;
mod value_visitor;
mod yaml;

use std::io::Read as _;
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Pointer, Syntax};

/// Largest file that is read.
pub(crate) const MAX_BYTES: u64 = 256 << 20;

/// Greatest nesting depth of containers, which is also the limit of `serde_json`. Real documents
/// stay below 40.
const MAX_DEPTH: usize = 127;

/// A text as a tree.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The value.
    pub(crate) value: Value,
    /// Duplicate properties. `value` has the last one.
    pub(crate) duplicates: Vec<Pointer>,
    /// Whether the file has further YAML documents, which are not read.
    pub(crate) several: bool,
    /// The syntax of the text.
    pub(crate) syntax: Syntax,
}

/// The reason why a text is not a tree.
#[derive(Debug)]
pub(crate) struct Malformed {
    /// Diagnostic code: `not-json`, `too-deep`.
    pub(crate) code: Code,
    /// The problem.
    pub(crate) message: String,
    /// Byte offset of the problem.
    pub(crate) offset: usize,
    /// A suggestion.
    pub(crate) help: &'static str,
}

impl Malformed {
    /// Returns the diagnostic.
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
    decode(&path.display().to_string(), file_bytes(path)?)
}

/// Reads the bytes of a file. Those of a compressed file are decompressed.
pub(crate) fn file_bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display().to_string();
    let error = |code, message: String| Diagnostic::new(code, Pointer::root(), message);
    let failed = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => error(
            Code::MissingFile,
            format!("the file `{name}` does not exist"),
        )
        .help("check the path; it is relative to the current directory"),
        _ => unreadable(&name, &e),
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
        .help("pass `-` to read standard input, or write it to a file first"));
    }
    all_bytes(&name, fs::File::open(path).map_err(failed)?)
}

/// Reads standard input, which diagnostics call `name`. Later calls return the same bytes, because a
/// command may read its document twice.
pub(crate) fn standard_input(name: &str) -> Result<Vec<u8>, Diagnostic> {
    static BYTES: OnceLock<Result<Vec<u8>, Diagnostic>> = OnceLock::new();
    BYTES.get_or_init(|| all_bytes(name, io::stdin())).clone()
}

/// Reads all bytes of `name`. Those that gzip compressed are decompressed.
fn all_bytes(name: &str, reader: impl io::Read) -> Result<Vec<u8>, Diagnostic> {
    let failed = |e: io::Error| unreadable(name, &e);
    let bytes = read_limited(reader).map_err(failed)?;
    let bytes = bytes.map(decompress).transpose().map_err(failed)?.flatten();
    bytes.ok_or_else(|| {
        let message = format!("`{name}` is larger than {} MiB", MAX_BYTES >> 20);
        Diagnostic::new(Code::DocumentTooLarge, Pointer::root(), message).help(
            "split the document into files, or leave out the parts that the SDK does not need",
        )
    })
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    use io::ErrorKind::{InvalidData, InvalidInput, PermissionDenied, UnexpectedEof};

    let message = format!("cannot read `{name}`: {error}");
    let help = match error.kind() {
        PermissionDenied => "allow the current user to read the file",
        InvalidData | InvalidInput | UnexpectedEof => {
            "get the file again; it is damaged or incomplete"
        }
        _ => "check the path, and whether other programs can read the file",
    };
    Diagnostic::new(Code::UnreadableFile, Pointer::root(), message).help(help)
}

/// Reads all bytes, or `None` if they are too many.
///
/// The limit applies to the bytes read. The size that the file system reports may differ.
pub(crate) fn read_limited(reader: impl io::Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let count = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((count as u64 <= MAX_BYTES).then_some(bytes))
}

/// Decompresses what gzip compressed (RFC 1952), and returns other bytes as they are. The result is
/// `None` if it is too large.
#[cfg(feature = "gzip")]
pub(crate) fn decompress(bytes: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    match bytes.starts_with(b"\x1f\x8b") {
        true => read_limited(flate2::read::MultiGzDecoder::new(bytes.as_slice())),
        false => Ok(Some(bytes)),
    }
}

#[cfg(not(feature = "gzip"))]
pub(crate) fn decompress(bytes: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    Ok(Some(bytes))
}

/// Decodes the bytes of a file as UTF-8, without its byte order mark.
pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    decode_utf8(bytes).map_err(|(what, help)| {
        let message = format!("`{name}` is not UTF-8: {what}");
        Diagnostic::new(Code::NotUtf8, Pointer::root(), message).help(help)
    })
}

/// Whether a text starts like UTF-16: with its byte order mark, or with characters of ASCII that
/// have two bytes each.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let is_wide = match bytes {
        [a, 0, b, 0, ..] | [0, a, 0, b, ..] => *a != 0 && *b != 0,
        _ => false,
    };
    has_mark || is_wide
}

/// Decodes UTF-8. The error names the likely encoding.
fn decode_utf8(bytes: Vec<u8>) -> Result<String, (String, &'static str)> {
    if is_utf16(&bytes) {
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

/// Parses a text as JSON or YAML, by its first character.
pub(crate) fn parse_tree(name: &str, text: &str) -> Result<Tree, Malformed> {
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
