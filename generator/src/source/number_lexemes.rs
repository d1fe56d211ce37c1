//! The digits of a number as the author wrote them: `1.10` in `version: 1.10`.
//!
//! The tree of a document holds the values of numbers only. Few documents write
//! a number where text is expected, so the text is scanned at the first request.

mod yaml;

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::Number;

use super::{Pointer, Syntax};

/// The lexemes of the numbers of a text.
#[derive(Debug, Default)]
pub(crate) struct NumberLexemes<'a> {
    text: &'a str,
    found: OnceCell<HashMap<Pointer, String>>,
}

impl<'a> NumberLexemes<'a> {
    /// Prepares the lexemes of a YAML text. A JSON text needs none: its numbers
    /// are printed as they are written.
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

    /// Returns the lexeme of the number at a pointer.
    pub(crate) fn lexeme_at(&self, at: &Pointer, number: &Number) -> String {
        let found = self.found.get_or_init(|| yaml::collect_lexemes(self.text));
        let lexeme = found.get(at).cloned();
        lexeme.unwrap_or_else(|| number.to_string())
    }
}
