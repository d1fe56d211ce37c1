//! How numbers were written, for where a text is wanted: `version: 1.10`.
//!
//! The tree holds their values only. Almost no document has a number in place
//! of a text, so the text is gone through when the first is asked for.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::Number;

use super::Pointer;
use super::read::Syntax;
use crate::diag::yaml;

/// The spellings of the numbers of a text.
#[derive(Debug, Default)]
pub(crate) struct Spellings<'a> {
    text: &'a str,
    found: OnceCell<HashMap<Pointer, String>>,
}

impl<'a> Spellings<'a> {
    /// The spellings of the numbers of a text, if that is YAML. Those of JSON
    /// are as good as what they are printed as.
    pub(crate) const fn new(text: &'a str, syntax: Syntax) -> Self {
        let text = match syntax {
            Syntax::Yaml => text,
            Syntax::Json => "",
        };
        Self {
            text,
            found: OnceCell::new(),
        }
    }

    /// A number as it was written at a place.
    pub(crate) fn of(&self, number: &Number, at: &Pointer) -> String {
        let found = self.found.get_or_init(|| yaml::numbers(self.text));
        let written = found.get(at).cloned();
        written.unwrap_or_else(|| number.to_string())
    }
}
