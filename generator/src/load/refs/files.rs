//! The other files of a document.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::Code;
use crate::load::read;

/// Greatest number of files of a document.
const MAX_FILES: usize = 10_000;

/// Greatest total size of the files, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// The other files of a document. Each is read at its first reference.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The root file. `None` if the document is not a file.
    root: Option<Root>,
    /// Whether a reference to another file is an error that no guess repairs.
    is_baseless: bool,
    /// Number of each file by its canonical path, or the reason why it cannot be read.
    numbers: HashMap<PathBuf, Result<usize, Refused>>,
    read: Vec<File>,
    bytes: usize,
    /// Number of bytes that the budget has already counted.
    counted: usize,
}

#[derive(Debug)]
struct Root {
    /// Canonical path of the file.
    path: PathBuf,
    /// Canonical path of its folder.
    folder: PathBuf,
    /// Canonical path of the folder that no reference may leave.
    limit: PathBuf,
    /// The folder as the user named it, for the names of other files.
    shown: PathBuf,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    name: String,
    text: String,
    value: Value,
}

/// The reason why a reference has no target.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Refused {
    fn new(code: Code, message: String, help: &'static str) -> Self {
        Self {
            code,
            message,
            help,
        }
    }
}

/// Returns the root of the repository that contains a folder.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// Returns a path relative to a folder.
fn to_relative_path(folder: &Path, path: &Path) -> PathBuf {
    let shared = folder.ancestors().find(|above| path.starts_with(above));
    let shared = shared.unwrap_or(Path::new(""));
    let up = folder
        .strip_prefix(shared)
        .map_or(0, |rest| rest.components().count());
    let down = path.strip_prefix(shared).unwrap_or(path);
    std::iter::repeat_n("..", up)
        .collect::<PathBuf>()
        .join(down)
}

impl Files {
    /// Creates the files of this document, which stay within `limit` or else within its repository.
    pub(crate) fn for_document(path: &Path, limit: Option<&Path>) -> Self {
        let root = path.canonicalize().ok().and_then(|canonical| {
            let folder = canonical.parent()?.to_owned();
            let limit = match limit {
                Some(limit) => limit.canonicalize().ok()?,
                None => repository(&folder).unwrap_or(&folder).to_owned(),
            };
            Some(Root {
                folder,
                limit,
                path: canonical,
                shown: path.parent().map(Path::to_owned).unwrap_or_default(),
            })
        });
        let numbers = root.iter().map(|r| (r.path.clone(), Ok(0))).collect();
        Self {
            root,
            numbers,
            ..Self::default()
        }
    }

    /// Creates the files of a document without a base URI. It cannot refer to other files.
    pub(crate) fn without_base() -> Self {
        Self {
            is_baseless: true,
            ..Self::default()
        }
    }

    /// Returns the tree of a file other than the root.
    pub(super) fn value(&self, number: usize) -> Option<&Value> {
        self.read
            .get(number.checked_sub(1)?)
            .map(|file| &file.value)
    }

    /// Returns the number of bytes read since the last call.
    pub(super) const fn newly_read(&mut self) -> usize {
        let new = self.bytes - self.counted;
        self.counted = self.bytes;
        new
    }

    /// Returns the name of a file without its folder and extension.
    pub(super) fn stem(&self, number: usize) -> &str {
        number
            .checked_sub(1)
            .and_then(|i| self.read.get(i)?.path.file_stem()?.to_str())
            .unwrap_or("root")
    }

    /// Returns the number of the file that a reference in the file `from` names.
    pub(super) fn open(&mut self, from: usize, name: &str) -> Result<usize, Refused> {
        const HELP: &str = "check the path; it is relative to the file that contains the reference";
        let Some(root) = &self.root else {
            let message =
                format!("`{name}` is in another file, but this document is not in a file");
            let code = match self.is_baseless {
                true => Code::MissingBase,
                false => Code::UnresolvedRef,
            };
            let help =
                "write the document to a file that the path is relative to, and pass that file";
            return Err(Refused::new(code, message, help));
        };
        let base = match from.checked_sub(1).and_then(|i| self.read.get(i)) {
            Some(file) => file.path.parent().unwrap_or(&root.folder),
            None => &root.folder,
        };
        let name = super::ref_target::decode(name);
        let Ok(path) = base.join(&name).canonicalize() else {
            let message = format!("the file `{name}` does not exist");
            return Err(Refused::new(Code::UnresolvedRef, message, HELP));
        };
        if let Some(known) = self.numbers.get(&path) {
            return known.clone();
        }
        if !path.starts_with(&root.limit) {
            let message = format!("`{name}` is outside the root folder of references");
            let help = "pass `--root` with a folder above both files, or move the file; the default \
                        is the root of the repository, or the folder of the document";
            return Err(Refused::new(Code::RefOutsideRoot, message, help));
        }
        let shown = root.shown.join(to_relative_path(&root.folder, &path));
        let shown = shown.display().to_string();
        let read = self.read_file(&path, shown);
        self.numbers.insert(path, read.clone());
        read
    }

    fn read_file(&mut self, path: &Path, name: String) -> Result<usize, Refused> {
        let refused = |message| Refused::new(Code::InvalidRefFile, message, "correct the file");
        if self.read.len() >= MAX_FILES {
            return Err(refused(format!(
                "the document has more than {MAX_FILES} files"
            )));
        }
        let text = read::text(path).map_err(|e| refused(e.message))?;
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MAX_BYTES {
            let message = format!(
                "the files of the document are larger than {} MiB",
                MAX_BYTES >> 20
            );
            return Err(refused(message));
        }
        let tree = read::parse_tree(&name, &text).map_err(|e| {
            let line = text.bytes().take(e.offset).filter(|b| *b == b'\n').count() + 1;
            refused(format!("`{name}`, line {line}: {}", e.message))
        })?;
        self.read.push(File {
            path: path.to_owned(),
            name,
            text,
            value: tree.value,
        });
        Ok(self.read.len())
    }

    /// Returns names and texts, in the order of the numbers.
    pub(super) fn into_texts(self) -> Vec<(String, String)> {
        self.read.into_iter().map(|f| (f.name, f.text)).collect()
    }
}
