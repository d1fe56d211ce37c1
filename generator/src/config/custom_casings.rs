//! `custom_casings`: the spelling of terms in names.

use indexmap::IndexMap;
use serde_json::Value;

use super::At;
use super::reader::Reader;

/// The spelling of a term of `custom_casings`. An empty one is an ordinary word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Casing {
    /// `initialism: true`: all letters have the same case, `ID` rather than `Id`.
    pub initialism: bool,
    /// `snake`.
    pub snake: Option<String>,
    /// `camel`.
    pub camel: Option<String>,
    /// `pascal`.
    pub pascal: Option<String>,
    /// `capital`.
    pub capital: Option<String>,
    /// `singular`.
    pub singular: Option<String>,
    /// `plural`.
    pub plural: Option<String>,
}

impl Reader<'_> {
    pub(super) fn casings(&mut self, node: Option<At<Value>>) -> IndexMap<String, At<Casing>> {
        let mut casings = IndexMap::new();
        for (term, node) in self.entries(node) {
            if let Some(casing) = self.casing(node) {
                casings.insert(term, casing);
            }
        }
        casings
    }

    fn casing(&mut self, node: At<Value>) -> Option<At<Casing>> {
        let mut fields = self.fields(node)?;
        let at = fields.at.clone();
        let casing = Casing {
            initialism: self.flag(fields.take("initialism")),
            snake: self.plain(fields.take("snake")),
            camel: self.plain(fields.take("camel")),
            pascal: self.plain(fields.take("pascal")),
            capital: self.plain(fields.take("capital")),
            singular: self.plain(fields.take("singular")),
            plural: self.plain(fields.take("plural")),
        };
        self.finish(fields, "custom_casings.*");
        Some(At::new(casing, at))
    }
}
