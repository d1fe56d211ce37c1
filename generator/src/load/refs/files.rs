//! The other files of a document.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::Code;
use crate::load::network::{NetworkAccess, Url};
use crate::load::read;
use crate::source::to_relative_path;

/// Greatest number of files of a document.
const MAX_FILES: usize = 10_000;

/// Greatest total size of the files, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// The other files of a document. Each is read at its first reference.
#[derive(Debug, Default)]
pub(crate) struct Files {
    base: Base,
    /// The permission to fetch URLs.
    network: Option<NetworkAccess>,
    /// Number of each file by its address, or the reason why it cannot be read.
    numbers: HashMap<Address, Result<usize, Refused>>,
    read: Vec<File>,
    bytes: usize,
    /// Number of bytes that the budget has already counted.
    counted: usize,
    /// The SHA-256 of each document that was fetched.
    hashes: Vec<(Url, String)>,
}

/// The base of the references of the document.
#[derive(Debug, Default)]
enum Base {
    /// None: the document is a text, or a file that does not exist.
    #[default]
    None,
    /// None, and a reference to a file is an error that no guess repairs.
    StandardInput,
    Folder(Root),
    Url(Url),
}

/// The address of a file: a canonical path, or a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Address {
    Path(PathBuf),
    Url(Url),
}

#[derive(Debug)]
struct Root {
    /// Canonical path of its folder.
    folder: PathBuf,
    /// Canonical path of the folder that no reference may leave.
    limit: PathBuf,
    /// The folder as the user named it, for the names of other files.
    shown: PathBuf,
}

#[derive(Debug)]
struct File {
    address: Address,
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

fn invalid_file(message: String) -> Refused {
    Refused::new(Code::InvalidRefFile, message, "correct the file")
}

/// The reason why a document that is not a file cannot refer to a file.
fn no_base(code: Code, name: &str) -> Refused {
    let message = format!("`{name}` is in another file, but this document is not in a file");
    let help = "write the document to a file that the path is relative to, and pass that file";
    Refused::new(code, message, help)
}

/// Returns the root of the repository that contains a folder.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

impl Files {
    /// Creates the files of this document, which stay within `limit` or else within its repository.
    pub(crate) fn for_document(
        path: &Path,
        limit: Option<&Path>,
        network: Option<NetworkAccess>,
    ) -> Self {
        let canonical = path.canonicalize().ok();
        let root = canonical.as_ref().and_then(|canonical| {
            let folder = canonical.parent()?.to_owned();
            let limit = match limit {
                Some(limit) => limit.canonicalize().ok()?,
                None => repository(&folder).unwrap_or(&folder).to_owned(),
            };
            Some(Root {
                folder,
                limit,
                shown: path.parent().map(Path::to_owned).unwrap_or_default(),
            })
        });
        let base = root.map_or(Base::None, Base::Folder);
        let address = canonical.map(Address::Path);
        Self::with_root(base, address, network)
    }

    /// Creates the files of a document without a base URI. It cannot refer to other files.
    pub(crate) fn for_standard_input(network: Option<NetworkAccess>) -> Self {
        Self::with_root(Base::StandardInput, None, network)
    }

    /// Creates the files of a document that was fetched. They are URLs, too.
    pub(crate) fn for_url(url: Url, hash: String, network: NetworkAccess) -> Self {
        let address = Some(Address::Url(url.clone()));
        let mut files = Self::with_root(Base::Url(url.clone()), address, Some(network));
        files.hashes.push((url, hash));
        files
    }

    fn with_root(base: Base, address: Option<Address>, network: Option<NetworkAccess>) -> Self {
        Self {
            base,
            network,
            numbers: address
                .map(|address| (address, Ok(0)))
                .into_iter()
                .collect(),
            ..Self::default()
        }
    }

    /// Returns the SHA-256 of all documents that were fetched.
    pub(super) fn hash(&self) -> Option<String> {
        let network = self.network.as_ref()?;
        network.combine_hashes(self.hashes.clone())
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
        let file = number.checked_sub(1).and_then(|i| self.read.get(i));
        let stem = file.and_then(|file| match &file.address {
            Address::Path(path) => path.file_stem()?.to_str(),
            Address::Url(url) => Some(url.stem()),
        });
        stem.unwrap_or("root")
    }

    /// Returns the address of a file other than the root.
    fn address(&self, number: usize) -> Option<&Address> {
        let file = self.read.get(number.checked_sub(1)?)?;
        Some(&file.address)
    }

    /// Returns the URL of a file, if it was fetched.
    fn url(&self, number: usize) -> Option<&Url> {
        match (self.address(number), &self.base) {
            (Some(Address::Url(url)), _) => Some(url),
            (None, Base::Url(url)) if number == 0 => Some(url),
            _ => None,
        }
    }

    /// Returns the number of the file at a URL, which the file `from` refers to.
    pub(super) fn open_remote(&mut self, from: usize, name: &str) -> Result<usize, Refused> {
        const HELP: &str = "download it next to the document, and refer to the copy, or allow the \
                            network with `--fetch` and `--allow-origin`";
        let refused = |message| Refused::new(Code::RemoteRef, message, HELP);
        if self.network.is_none() {
            let message = format!("`{name}` is a URL, and the network is not allowed");
            return Err(refused(message));
        }
        let url = match self.url(from) {
            Some(base) => base.join(name),
            None => Url::parse(name),
        };
        self.open_url(url.map_err(refused)?)
    }

    fn open_url(&mut self, url: Url) -> Result<usize, Refused> {
        let address = Address::Url(url.clone());
        if let Some(known) = self.numbers.get(&address) {
            return known.clone();
        }
        let read = self.fetch(url);
        self.numbers.insert(address, read.clone());
        read
    }

    fn fetch(&mut self, url: Url) -> Result<usize, Refused> {
        // A document on the disk has no origin of its own.
        let home = match &self.base {
            Base::Url(home) => Some(home.origin()),
            Base::None | Base::StandardInput | Base::Folder(_) => None,
        };
        let fetched = self
            .network
            .as_ref()
            .map(|it| it.fetch_referenced(&url, home.as_ref()));
        let fetched = match fetched {
            Some(Ok(fetched)) => fetched,
            Some(Err(failed)) => {
                return Err(Refused::new(failed.code, failed.message, failed.help));
            }
            None => {
                let message = format!("`{url}` is a URL, and the network is not allowed");
                return Err(Refused::new(
                    Code::RemoteRef,
                    message,
                    "allow it with `--fetch`",
                ));
            }
        };
        let name = url.to_string();
        let text = read::decode(&name, fetched.bytes).map_err(|e| invalid_file(e.message))?;
        self.hashes.push((url, fetched.hash));
        self.add_file(Address::Url(fetched.url), name, text)
    }

    /// Returns the number of the file that a reference in the file `from` names.
    pub(super) fn open(&mut self, from: usize, name: &str) -> Result<usize, Refused> {
        const HELP: &str = "check the path; it is relative to the file that contains the reference";
        if let Some(url) = self.url(from) {
            let url = url.join(name);
            let refused = |message| Refused::new(Code::RemoteRef, message, "correct the reference");
            return self.open_url(url.map_err(refused)?);
        }
        let root = match &self.base {
            Base::Folder(root) => root,
            Base::None | Base::Url(_) => return Err(no_base(Code::UnresolvedRef, name)),
            Base::StandardInput => return Err(no_base(Code::MissingBase, name)),
        };
        let base = match self.address(from) {
            Some(Address::Path(path)) => path.parent().unwrap_or(&root.folder),
            Some(Address::Url(_)) | None => &root.folder,
        };
        let name = super::ref_target::decode(name);
        let Ok(path) = base.join(&name).canonicalize() else {
            let message = format!("the file `{name}` does not exist");
            return Err(Refused::new(Code::UnresolvedRef, message, HELP));
        };
        let address = Address::Path(path.clone());
        if let Some(known) = self.numbers.get(&address) {
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
        let text = read::text(&path).map_err(|e| invalid_file(e.message));
        let read = text.and_then(|text| self.add_file(address.clone(), shown, text));
        self.numbers.insert(address, read.clone());
        read
    }

    fn add_file(&mut self, address: Address, name: String, text: String) -> Result<usize, Refused> {
        if self.read.len() >= MAX_FILES {
            return Err(invalid_file(format!(
                "the document has more than {MAX_FILES} files"
            )));
        }
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MAX_BYTES {
            let message = format!(
                "the files of the document are larger than {} MiB",
                MAX_BYTES >> 20
            );
            return Err(invalid_file(message));
        }
        let tree = read::parse_tree(&name, &text).map_err(|e| {
            let line = text.bytes().take(e.offset).filter(|b| *b == b'\n').count() + 1;
            invalid_file(format!("`{name}`, line {line}: {}", e.message))
        })?;
        self.read.push(File {
            address,
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
