//! `openapi`: settings about the document.

use serde_json::Value;

use super::reader::Reader;
use super::{At, Transform};
use crate::diagnostics::Code;

/// `openapi`: settings about the document.
#[derive(Debug, Clone, Default)]
pub struct DocumentSettings {
    /// `transforms`: changes to the document, in order.
    pub transforms: Vec<At<Transform>>,
    /// `sha256`: the SHA-256 of the document at its URL.
    pub sha256: Option<At<String>>,
}

impl Reader<'_> {
    pub(super) fn document_settings(&mut self, node: Option<At<Value>>) -> DocumentSettings {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return DocumentSettings::default();
        };
        let settings = DocumentSettings {
            sha256: self.sha256(fields.take("sha256")),
            transforms: self.transforms(&mut fields),
        };
        self.finish(fields, "openapi");
        settings
    }

    /// Reads a SHA-256 in hexadecimal digits.
    fn sha256(&mut self, node: Option<At<Value>>) -> Option<At<String>> {
        let hash = self.text(node)?;
        let is_hash = hash.value.len() == 64 && hash.value.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hash {
            let message = format!("`{}` is not a SHA-256 in hexadecimal digits", hash.value);
            let help = "remove the line; `sdkwright sync` writes it";
            self.error(Code::InvalidConfigValue, &hash.pointer, message, help);
            return None;
        }
        Some(hash)
    }
}
