//! `aliases`: the former names of methods, resources and types that were renamed on purpose.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::ir::{FormerName, FormerNames};

impl Reader<'_> {
    /// Reads `aliases`: under `methods`, `resources` and `types`, the new name by the former one.
    pub(super) fn former_names(&mut self, node: Option<At<Value>>) -> FormerNames {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return FormerNames::default();
        };
        let names = FormerNames {
            methods: self.former_names_of(fields.take("methods")),
            resources: self.former_names_of(fields.take("resources")),
            types: self.former_names_of(fields.take("types")),
        };
        self.finish(fields, "aliases");
        names
    }

    fn former_names_of(&mut self, node: Option<At<Value>>) -> Vec<FormerName> {
        let entries = self.entries(node).into_iter();
        let names = entries.filter_map(|(former, node)| self.former_name(former, node));
        names.collect()
    }

    fn former_name(&mut self, former: String, node: At<Value>) -> Option<FormerName> {
        let pointer = node.pointer.clone();
        let mut fields = self.fields(node)?;
        let to = self.plain(fields.take("to"));
        let since = self.text(fields.take("since"));
        let until = self.text(fields.take("until"));
        let is_given = until.is_some();
        let since = self.checked_version(since);
        let until = self.checked_version(until);
        self.finish(fields, "aliases.*.*");
        match (to, until) {
            (Some(to), Some(until)) => Some(FormerName {
                former,
                to,
                since: since.map(|since| since.value),
                until: until.value,
                pointer,
            }),
            (to, _) => {
                let (key, help) = match to {
                    None => ("to", "add `to` with the new name"),
                    Some(_) if is_given => return None,
                    Some(_) => (
                        "until",
                        "add `until` with the version that removes the alias",
                    ),
                };
                let message = format!("the alias `{former}` has no `{key}`");
                self.error(Code::MissingConfigKey, &pointer, message, help);
                None
            }
        }
    }
}
