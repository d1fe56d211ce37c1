//! Discovery: the description and the configuration of a folder, by their usual names.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

use crate::load::Location;

/// The names of configurations next to a description, in order of precedence.
pub(super) const CONFIG_NAMES: [&str; 8] = [
    "sdk.yaml",
    "sdk.yml",
    "stainless.yml",
    "stainless.yaml",
    ".stainless/stainless.yml",
    ".stainless/stainless.yaml",
    "openapi.stainless.yml",
    "openapi.stainless.yaml",
];

/// The names of descriptions in a folder, in order of precedence.
const SPEC_NAMES: [&str; 9] = [
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.yml",
    "swagger.json",
    ".stainless/openapi.yaml",
    ".stainless/openapi.yml",
    ".stainless/openapi.json",
];

/// The file that names both.
const WORKSPACE: &str = ".stainless/workspace.json";

/// The files of an SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The description.
    pub spec: PathBuf,
    /// The configuration, if there is one.
    pub config: Option<PathBuf>,
}

impl Inputs {
    /// Creates the inputs of a description whose configuration is found later.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            config: None,
        }
    }
}

/// The supported properties of `workspace.json`.
#[derive(Debug, Default, Deserialize)]
struct Workspace {
    openapi_spec: Option<PathBuf>,
    stainless_config: Option<PathBuf>,
}

/// Finds the configuration next to a description.
pub(super) fn find_config(spec: &Path) -> Option<PathBuf> {
    find(Location::parse(spec).folder(), &CONFIG_NAMES)
}

/// Finds the description and the configuration in a folder: those that `.stainless/workspace.json`
/// names, or else those with a usual name. `usage` is a command line with a description, for the
/// message.
///
/// # Errors
///
/// There is no description, or `workspace.json` cannot be read.
pub fn find_inputs(folder: &Path, usage: &str) -> Result<Inputs, String> {
    let workspace = read_workspace(folder)?;
    let named = |path: Option<PathBuf>| path.map(|path| resolve(folder, &path));
    let spec = named(workspace.openapi_spec).or_else(|| find(folder, &SPEC_NAMES));
    let Some(spec) = spec else {
        return Err(describe_missing_spec(folder, usage));
    };
    let config = named(workspace.stainless_config)
        .or_else(|| find_config(&spec))
        .or_else(|| find(folder, &CONFIG_NAMES));
    Ok(Inputs { spec, config })
}

/// Describes that a folder has no description. A file that looks like one is the example.
fn describe_missing_spec(folder: &Path, usage: &str) -> String {
    let usage = match find_spec_of_other_name(folder) {
        Some(path) => usage.replace("SPEC", &path.display().to_string()),
        None => usage.to_owned(),
    };
    let folder = match folder.as_os_str().is_empty() {
        true => "the current folder".to_owned(),
        false => format!("`{}`", folder.display()),
    };
    format!(
        "{folder} has no description with a usual name, such as `{}`; pass the path of the \
         description, as in `{usage}`",
        SPEC_NAMES[0]
    )
}

/// Number of bytes in which a description names its version of OpenAPI.
const HEAD_BYTES: u64 = 4096;

/// Finds the first file of a folder, by name, that begins like a description.
fn find_spec_of_other_name(folder: &Path) -> Option<PathBuf> {
    let listed = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let entries = fs::read_dir(listed).ok()?.filter_map(Result::ok);
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort();
    let is_config = |name: &OsString| CONFIG_NAMES.iter().any(|config| name == config);
    let names = names.into_iter().filter(|name| !is_config(name));
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| begins_like_spec(path))
}

fn begins_like_spec(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("yaml" | "yml" | "json")) || !path.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    read.is_ok() && ["openapi", "swagger"].iter().any(|key| head.contains(key))
}

fn find(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let mut paths = names.iter().map(|name| folder.join(name));
    paths.find(|path| path.is_file())
}

fn read_workspace(folder: &Path) -> Result<Workspace, String> {
    let path = folder.join(WORKSPACE);
    match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text)
            .map_err(|error| format!("`{}` is not valid: {error}", path.display())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Workspace::default()),
        Err(error) => Err(format!("`{}` cannot be read: {error}", path.display())),
    }
}

/// Resolves a path of `workspace.json`: relative to its own folder, or else to the one above.
fn resolve(folder: &Path, path: &Path) -> PathBuf {
    let own = folder.join(".stainless").join(path);
    let above = folder.join(path);
    if own.exists() || !above.exists() {
        own
    } else {
        above
    }
}
