//! Init: the decisions of a plan, as the `sdk.yaml` that takes them again.
//!
//! It writes what inference decided: the tree of resources with every method, models, pagination,
//! streams, environments and client options. It reads the model and the plan, and it refuses to
//! look at the document. A crate that is generated with the file is the same as without it.

mod client;
mod models;
mod pagination;
mod resources;
mod spelling;
pub(crate) mod yaml;

pub(crate) use models::{ModelEntry, model_entries};
pub(crate) use spelling::spell;

use self::yaml::{Entry, Node, entry};
use crate::ir::Api;
use crate::lower::{PaginationSchemes, find_schemes};
use crate::plan::Plan;

/// A section of `sdk.yaml` that can be left out, so that inference decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// `client_settings.opts`.
    Options,
    /// `environments`.
    Environments,
    /// `pagination`, and `paginated` of methods.
    Pagination,
    /// `streaming` of methods.
    Streaming,
    /// `models` of resources.
    Models,
}

impl Section {
    /// All sections, the likeliest to fail first.
    pub const ALL: [Self; 5] = [
        Self::Options,
        Self::Pagination,
        Self::Environments,
        Self::Streaming,
        Self::Models,
    ];

    /// Returns the key of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Options => "client_settings.opts",
            Self::Environments => "environments",
            Self::Pagination => "pagination",
            Self::Streaming => "streaming",
            Self::Models => "models",
        }
    }
}

/// What a file says.
pub(crate) struct Draft<'a> {
    pub(crate) api: &'a Api,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) pagination: PaginationSchemes,
    left_out: &'a [Section],
}

impl<'a> Draft<'a> {
    /// A draft of everything but some sections.
    pub(crate) fn new(api: &'a Api, plan: &'a Plan<'a>, left_out: &'a [Section]) -> Self {
        let pagination = if left_out.contains(&Section::Pagination) {
            PaginationSchemes::default()
        } else {
            find_schemes(api)
        };
        Self {
            api,
            plan,
            pagination,
            left_out,
        }
    }

    /// Whether a section is written.
    pub(crate) fn has(&self, section: Section) -> bool {
        !self.left_out.contains(&section)
    }
}

/// Writes the decisions about an API as `sdk.yaml`. `name` is that of the document.
#[must_use]
pub fn write_config(name: &str, api: &Api, plan: &Plan<'_>, left_out: &[Section]) -> String {
    let draft = Draft::new(api, plan, left_out);
    let name = name.replace(['\n', '\r'], " ");
    let mut text = format!(
        "# The decisions about the SDK for {name}, in the format of stainless.yml.\n\
         # `sdkwright init` wrote what it inferred. Every line can be changed; a name changes only\n\
         # here. `sdkwright sync` adds what the document gains.\n"
    );
    for section in left_out {
        let key = section.as_str();
        text.push_str(&format!("# `{key}` is left to inference.\n"));
    }
    for entry in root(&draft) {
        text.push('\n');
        yaml::write_entry(&mut text, &entry, 0);
    }
    text
}

/// The keys of the root, those without content left out.
fn root(draft: &Draft<'_>) -> Vec<Entry> {
    let package = &draft.api.package;
    let rust = Node::Map(vec![
        entry("package_name", Node::text(&package.name)),
        entry("version", Node::text(&package.version)),
        entry("license", Node::text(&package.license)),
    ]);
    let mut entries = vec![entry("targets", Node::Map(vec![entry("rust", rust)]))];
    entries.extend(client::environments(draft));
    entries.push(client::settings(draft));
    entries.extend(pagination::schemes(draft));
    entries.push(entry("resources", resources::tree(draft)));
    entries.extend(resources::omitted(draft));
    entries
}
