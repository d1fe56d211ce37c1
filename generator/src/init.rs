//! Init: the decisions of a plan, as the `sdk.yaml` that takes them again.
//!
//! It writes what inference decided: the tree of resources with every method, models, pagination,
//! streams, environments and client options. It reads the model and the plan, and it refuses to
//! look at the document. A crate that is generated with the file is the same as without it.

mod client;
mod draft;
mod methods;
mod models;
mod pagination;
mod resources;
mod spelling;
mod workflows;
pub(crate) mod yaml;

pub use draft::Section;
pub use workflows::{InvalidValue, WorkflowValues, write_workflows};

pub(crate) use client::{write_environment, write_option};
pub(crate) use draft::Draft;
pub(crate) use methods::{MethodFacts, write_method};
pub(crate) use models::{ModelEntry, model_entries};
pub(crate) use pagination::write_scheme;
pub(crate) use resources::write_unwraps;
pub(crate) use spelling::spell;

use self::yaml::{Entry, Node, make_entry};
use crate::ir::{Api, Manifest};
use crate::plan::Plan;

/// The JSON Schema of `sdk.yaml`, for editors. `sdkwright schema` prints the same.
const SCHEMA_URL: &str = concat!(
    env!("CARGO_PKG_REPOSITORY"),
    "/raw/main/generator/guide/src/sdk.schema.json"
);

/// Writes the decisions about an API as `sdk.yaml`. `name` is that of the document.
#[must_use]
pub fn write_config(name: &str, api: &Api, plan: &Plan<'_>, left_out: &[Section]) -> String {
    let draft = Draft::new(api, plan, left_out);
    let name = name.replace(['\n', '\r'], " ");
    let mut text = format!(
        "# yaml-language-server: $schema={SCHEMA_URL}\n\
         # The decisions about the SDK for {name}, in the format of stainless.yml.\n\
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
        make_entry("package_name", Node::text(&package.name))
            .comment(suggest_links(&package.manifest)),
        make_entry("version", Node::text(&package.version)),
        make_entry("license", Node::text(&package.license)),
    ]);
    let mut entries = vec![make_entry(
        "targets",
        Node::Map(vec![make_entry("rust", rust)]),
    )];
    entries.extend(client::environments(draft));
    entries.push(client::settings(draft));
    entries.extend(pagination::schemes(draft));
    entries.push(make_entry("resources", resources::write_tree(draft)));
    entries.extend(resources::write_omitted(draft));
    entries
}

/// Returns the links of the manifest that only the crate's owners know, for them to fill in.
fn suggest_links(manifest: &Manifest) -> Option<String> {
    let links = [
        (
            "repository: https://github.com/OWNER/NAME",
            manifest.repository.is_none(),
        ),
        ("homepage: https://example.com", manifest.homepage.is_none()),
    ];
    let missing: Vec<&str> = links
        .iter()
        .filter_map(|(link, is_missing)| is_missing.then_some(*link))
        .collect();
    let head = "Links on crates.io. To set one, remove its `#` and write your URL.";
    (!missing.is_empty()).then(|| format!("{head}\n{}", missing.join("\n")))
}
