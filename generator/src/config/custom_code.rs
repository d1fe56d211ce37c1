//! `targets.rust.options.custom`: code of the crate's owners, and its entries in the manifest.

use indexmap::IndexMap;
use semver::VersionReq;
use serde_json::Value;

use super::package::check_package_name;
use super::reader::Reader;
use super::{At, NAME_HELP};
use crate::diagnostics::Code;
use crate::ir::{CrateDependency, CustomCode};
use crate::source::Pointer;

/// `custom`: whether the crate has a module of its owners, and the source of its files.
#[derive(Debug, Clone)]
pub struct Custom {
    /// `folder`: the folder of the files, relative to `sdk.yaml`. Without it, the files are in the
    /// crate, and the generator neither reads nor writes them.
    pub folder: Option<At<String>>,
    /// The entries of the manifest.
    pub code: CustomCode,
    /// Position in the configuration.
    pub pointer: Pointer,
}

impl Reader<'_> {
    /// Reads `true`, or a mapping.
    pub(super) fn custom(&mut self, node: Option<At<Value>>) -> Option<Custom> {
        let node = node?;
        if node.value.is_boolean() {
            let without_entries = Custom {
                folder: None,
                code: CustomCode::default(),
                pointer: node.pointer.clone(),
            };
            return self.flag(Some(node)).then_some(without_entries);
        }
        let mut fields = self.fields(node)?;
        let folder = self.text(fields.take("folder"));
        let custom = Custom {
            folder: folder.and_then(|folder| self.checked_folder(folder)),
            code: CustomCode {
                dependencies: self.dependencies(fields.take("dependencies")),
                features: self.feature_lists(fields.take("features")),
                examples: self.feature_lists(fields.take("examples")),
                tests: self.feature_lists(fields.take("tests")),
                readme: None,
            },
            pointer: fields.at.clone(),
        };
        self.finish(fields, "targets.rust.options.custom");
        Some(custom)
    }

    /// Refuses a folder that is not below the one of `sdk.yaml`.
    fn checked_folder(&mut self, folder: At<String>) -> Option<At<String>> {
        let mut segments = folder.value.split('/');
        let is_below = segments.all(|segment| !matches!(segment, "" | "." | ".."))
            && !folder.value.contains(['\\', ':']);
        if is_below {
            return Some(folder);
        }
        let message = format!("`{}` is not a folder next to this file", folder.value);
        let help = "write its name with `/` between segments, and without `.` and `..`";
        self.error(Code::InvalidConfigValue, &folder.pointer, message, help);
        None
    }

    fn dependencies(&mut self, node: Option<At<Value>>) -> IndexMap<String, CrateDependency> {
        let entries = self.entries(node).into_iter();
        entries
            .filter_map(|(name, node)| {
                self.check_name(&name, &node.pointer);
                Some((name, self.dependency(node)?))
            })
            .collect()
    }

    fn check_name(&mut self, name: &str, at: &Pointer) {
        // The names of dependencies are the only ones that a crate cannot have itself.
        let name = format!("{name}-x");
        if let Err(message) = check_package_name(&name) {
            self.error(Code::InvalidConfigValue, at, message, NAME_HELP);
        }
    }

    /// Reads a version, or a mapping.
    fn dependency(&mut self, node: At<Value>) -> Option<CrateDependency> {
        if !node.value.is_object() {
            return Some(CrateDependency {
                version: self.version_requirement(Some(node))?,
                features: Vec::new(),
                default_features: true,
                optional: false,
            });
        }
        let pointer = node.pointer.clone();
        let mut fields = self.fields(node)?;
        let version = fields.take("version");
        if version.is_none() {
            let message = "the dependency has no `version`".to_owned();
            let help = "add the version that `cargo add` would write";
            self.error(Code::MissingConfigKey, &pointer, message, help);
        }
        let default_features = fields.take("default_features");
        let features = self.texts(fields.take("features")).into_iter();
        let dependency = CrateDependency {
            features: features.map(|feature| feature.value).collect(),
            default_features: default_features.is_none() || self.flag(default_features),
            optional: self.flag(fields.take("optional")),
            version: self.version_requirement(version).unwrap_or_default(),
        };
        self.finish(fields, "targets.rust.options.custom.dependencies.*");
        Some(dependency)
    }

    fn version_requirement(&mut self, node: Option<At<Value>>) -> Option<String> {
        let version = self.text(node)?;
        if let Err(error) = VersionReq::parse(&version.value) {
            let message = format!("`{}` is not a version requirement: {error}", version.value);
            let help = "write it as in `Cargo.toml`, such as `1.2`";
            self.error(Code::InvalidConfigValue, &version.pointer, message, help);
        }
        Some(version.value)
    }

    /// Reads the features that each example or test needs, by its name.
    fn feature_lists(&mut self, node: Option<At<Value>>) -> IndexMap<String, Vec<String>> {
        let entries = self.entries(node).into_iter();
        entries
            .map(|(name, node)| {
                let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                if name.is_empty() || !name.chars().all(is_name) || name == "default" {
                    let message = format!("`{name}` is not an allowed name");
                    let help = "use letters, digits, `-` and `_`, and another name than `default`";
                    self.error(Code::InvalidConfigValue, &node.pointer, message, help);
                }
                let features = self.texts(Some(node)).into_iter();
                (name, features.map(|feature| feature.value).collect())
            })
            .collect()
    }
}
