//! Docs: Rust doc comments, from the document's prose and fixed text.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields;
use super::prose::{self, is_url};
use super::rust_file::DOC_LINE_END;
use crate::ir;
use crate::plan::Item;
use crate::source::text;

/// A builder of a doc comment.
#[derive(Debug, Default)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Creates a doc comment from a summary and a description.
    pub(super) fn from_docs(docs: &ir::Docs) -> Self {
        let mut doc = Self::default();
        let summary = docs.summary.as_deref().map(str::trim).unwrap_or_default();
        let description = docs
            .description
            .as_deref()
            .map(str::trim)
            .unwrap_or_default();
        doc.prose(summary);
        if !is_same_prose(summary, description) {
            doc.prose(description);
        }
        if let Some(link) = docs.external.as_deref().filter(|link| is_url(link)) {
            doc.prose(&format!("See <{link}>."));
        }
        doc
    }

    /// Creates a doc comment from the first paragraph of a description, or else of a summary.
    pub(super) fn from_first_paragraph(docs: &ir::Docs) -> Self {
        let texts = [&docs.description, &docs.summary].into_iter().flatten();
        let lines = texts.map(|text| prose::first_paragraph(text));
        Self {
            lines: lines
                .into_iter()
                .find(|lines| !lines.is_empty())
                .unwrap_or_default(),
        }
    }

    /// Whether the comment is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a line of the comment contains the text.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.lines.iter().any(|line| line.contains(text))
    }

    /// Adds a paragraph of the document's prose.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        let lines = prose::markdown(text);
        if !lines.is_empty() {
            self.blank();
            self.lines.extend(lines);
        }
        self
    }

    /// Adds a line of trusted text.
    pub(super) fn line(&mut self, text: impl Into<String>) -> &mut Self {
        self.lines.push(text.into());
        self
    }

    /// Adds a line of trusted text after a blank line.
    pub(super) fn paragraph(&mut self, text: impl Into<String>) -> &mut Self {
        self.blank();
        self.line(text)
    }

    /// Adds a line of trusted text if the comment is empty.
    pub(super) fn or(mut self, text: impl Into<String>) -> Self {
        if self.is_empty() {
            self.line(text);
        }
        self
    }

    /// Appends another comment.
    pub(super) fn append(&mut self, other: Self) -> &mut Self {
        if !other.is_empty() {
            self.blank();
            self.lines.extend(other.lines);
        }
        self
    }

    /// Adds a blank line, unless the last line is blank.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Returns the `doc` attribute.
    pub(super) fn tokens(&self) -> TokenStream {
        if self.is_empty() {
            return TokenStream::new();
        }
        let mut docs = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                docs.push(DOC_LINE_END);
            }
            if !line.is_empty() {
                // A line break would end the comment or start a new block.
                docs.push(' ');
                docs.push_str(&text::escape_unprintable(line));
            }
        }
        quote!(#[doc = #docs])
    }
}

fn is_same_prose(a: &str, b: &str) -> bool {
    a.trim_end_matches('.') == b.trim_end_matches('.')
}

/// Returns the doc comment of a type.
pub(super) fn item_docs(item: &Item<'_>) -> TokenStream {
    let docs = Doc::from_docs(&item.docs)
        .or(format!("`{}`.", item.ident))
        .tokens();
    let deprecated = fields::deprecated(&item.docs);
    quote!(#docs #deprecated)
}
