//! Drift: the operations in which a document and its configuration differ.

use super::ConfiguredTree;
use crate::config::{Config, Endpoint};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::Api;
use crate::source::Pointer;

/// Most operations that a message names.
const MAX_NAMED: usize = 3;

/// The operations in which a document and its configuration differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// The operations of the document that the configuration does not mention.
    pub unmentioned: Vec<Endpoint>,
    /// The operations of the configuration that the document does not have.
    pub lost: Vec<Endpoint>,
}

impl Drift {
    /// Compares a configuration with the model. Without resources, it has no operations to compare.
    #[must_use]
    pub fn find(config: &Config, api: &Api) -> Self {
        if config.resources.is_empty() {
            return Self::default();
        }
        let tree = ConfiguredTree::new(config);
        Self {
            unmentioned: tree.missing_endpoints(config, api),
            lost: tree.lost_endpoints(api),
        }
    }

    /// Returns a warning with the command that brings the configuration up to date.
    #[must_use]
    pub fn diagnostic(&self, remedy: &str) -> Option<Diagnostic> {
        let parts = [
            (&self.unmentioned, "it does not mention"),
            (&self.lost, "the description no longer has"),
        ];
        let parts = parts.iter().filter(|(endpoints, _)| !endpoints.is_empty());
        let parts: Vec<String> = parts
            .map(|(endpoints, what)| format!("{what} {}", name_endpoints(endpoints)))
            .collect();
        if parts.is_empty() {
            return None;
        }
        let message = format!("the configuration is out of date: {}", parts.join(", and "));
        let resources = Pointer::root().child("resources");
        let warning = Diagnostic::new(Code::OutdatedConfiguration, resources, message);
        Some(warning.help(format!("run `{remedy}`")).on_key().in_config())
    }
}

/// Names the first endpoints, and counts the others.
fn name_endpoints(endpoints: &[Endpoint]) -> String {
    let named = endpoints.iter().take(MAX_NAMED);
    let named: Vec<String> = named
        .map(|endpoint| format!("`{} {}`", endpoint.method, endpoint.path))
        .collect();
    match endpoints.len().saturating_sub(MAX_NAMED) {
        0 => named.join(", "),
        others => format!("{} and {others} more", named.join(", ")),
    }
}
