//! A document and its configuration at a git revision.
//!
//! Nothing is checked out. The files are read from the object database into a temporary folder,
//! with the same relative paths as in the repository.

use std::collections::{HashSet, VecDeque};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use super::discovery::CONFIG_NAMES;
use super::git::{Repository, RevisionError};
use crate::load::find_file_refs;
use crate::temporary_dir::TemporaryDir;

/// Greatest number of files of a document.
const MAX_FILES: usize = 10_000;

/// Greatest total size of the files, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// The files of a document at a git revision.
#[derive(Debug)]
pub struct Revision {
    folder: TemporaryDir,
    /// The document.
    pub spec: PathBuf,
    /// Its configuration, if the revision has one.
    pub config: Option<PathBuf>,
    /// Prefix of file names in diagnostics: `origin/main:`.
    shown: String,
}

impl Revision {
    /// The folder that represents the repository.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the name of a file in diagnostics: `origin/main:spec/openapi.yaml`.
    #[must_use]
    pub fn shown_name(&self, name: &str) -> String {
        let path = Path::new(name).strip_prefix(self.root());
        match path {
            Ok(path) => format!("{}:{}", self.shown, path.display()),
            Err(_) => name.to_owned(),
        }
    }
}

/// Reads a document at a revision of its repository, with the files that it refers to and the
/// configuration. The default configuration is the one with a usual name next to the document.
///
/// # Errors
///
/// The document is not in a repository, or the revision does not contain it.
pub fn read_revision(
    revision: &str,
    spec: &Path,
    config: Option<&Path>,
) -> Result<Revision, RevisionError> {
    let repository = Repository::find(spec)?;
    let commit = repository.find_commit(revision)?;
    let spec_path = repository.path_in(spec)?;
    let config_paths = match config {
        Some(config) => vec![repository.path_in(config)?],
        None => CONFIG_NAMES
            .map(|name| spec_path.with_file_name(name))
            .to_vec(),
    };
    let target = TemporaryDir::create_in(&env::temp_dir(), "sdkwright-")?;
    let mut snapshot = Snapshot {
        top: repository.top(),
        commit: &commit,
        target: target.path(),
        seen: HashSet::new(),
        bytes: 0,
    };
    if !snapshot.copy_with_refs(&spec_path)? {
        return Err(RevisionError::missing_at(revision, &spec_path));
    }
    let config_path = snapshot.copy_first(&config_paths)?;
    Ok(Revision {
        spec: target.path().join(spec_path),
        config: config_path.map(|path| target.path().join(path)),
        shown: revision.to_owned(),
        folder: target,
    })
}

/// The files of a commit that are being copied to a folder.
struct Snapshot<'a> {
    top: &'a Path,
    commit: &'a str,
    target: &'a Path,
    seen: HashSet<PathBuf>,
    bytes: usize,
}

impl Snapshot<'_> {
    /// Copies the first of these files that the commit contains, with the files that it refers to.
    fn copy_first<'p>(&mut self, paths: &'p [PathBuf]) -> Result<Option<&'p Path>, RevisionError> {
        for path in paths {
            if self.copy_with_refs(path)? {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// Copies a file and the files that it refers to. Returns whether the commit contains the file.
    fn copy_with_refs(&mut self, path: &Path) -> Result<bool, RevisionError> {
        let mut is_there = false;
        let mut open = VecDeque::from([path.to_owned()]);
        while !open.is_empty() {
            let wave: Vec<PathBuf> = open
                .drain(..)
                .filter(|path| self.seen.insert(path.clone()))
                .collect();
            for (path, text) in self.read(&wave)? {
                is_there = true;
                self.write(&path, &text)?;
                let folder = path.parent().unwrap_or(Path::new(""));
                let text = String::from_utf8_lossy(&text);
                let refs = find_file_refs(&text).into_iter();
                open.extend(refs.filter_map(|name| normalize(&folder.join(name))));
            }
        }
        Ok(is_there)
    }

    fn write(&mut self, path: &Path, text: &[u8]) -> Result<(), RevisionError> {
        self.bytes += text.len();
        if self.seen.len() > MAX_FILES || self.bytes > MAX_BYTES {
            return Err(RevisionError::new(format!(
                "the document has more than {MAX_FILES} files or {} MiB",
                MAX_BYTES >> 20
            )));
        }
        let file = self.target.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(file, text)?)
    }

    /// Reads those of the files that the commit contains.
    fn read(&self, paths: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<u8>)>, RevisionError> {
        // A path with a line break would be two requests.
        let paths = paths
            .iter()
            .filter_map(|path| path.to_str().map(|text| (path, text)));
        let paths: Vec<_> = paths.filter(|(_, text)| !text.contains('\n')).collect();
        let requests: String = paths
            .iter()
            .map(|(_, text)| format!("{}:{}\n", self.commit, text.replace('\\', "/")))
            .collect();
        let mut git = Command::new("git")
            .arg("-C")
            .arg(self.top)
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = git.stdin.take();
        let sender =
            std::thread::spawn(move || input.map(|mut input| input.write_all(requests.as_bytes())));
        let mut found = Vec::new();
        if let Some(output) = git.stdout.take() {
            let mut output = BufReader::new(output);
            for (path, _) in &paths {
                if let Some(content) = read_object(&mut output)? {
                    found.push(((*path).clone(), content));
                }
            }
        }
        // The loader reports files that git cannot read.
        let _ = sender.join();
        git.wait()?;
        Ok(found)
    }
}

/// Returns the content of the next object of `git cat-file --batch`, or `None` if it is missing.
fn read_object(output: &mut impl BufRead) -> Result<Option<Vec<u8>>, RevisionError> {
    let mut header = String::new();
    output.read_line(&mut header)?;
    let mut words = header.trim_end().rsplit(' ');
    let (last, kind) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let Ok(size) = last.parse::<u64>() else {
        return Ok(None);
    };
    let mut content = Vec::new();
    output.by_ref().take(size).read_to_end(&mut content)?;
    let mut newline = [0];
    output.read_exact(&mut newline)?;
    Ok((kind == "blob").then_some(content))
}

/// Resolves `.` and `..`. Returns `None` if the path leaves the repository.
fn normalize(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}
