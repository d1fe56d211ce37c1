//! Unknown keywords and formats. Each is reported once, with the number of its uses.

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::parse::Parser;
use crate::source::Pointer;
use crate::source::PointerPath;
use crate::source::text;

/// The keywords of OpenAPI schemas and of JSON Schema, of all drafts.
const KEYWORDS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "collectionFormat",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "discriminator",
    "else",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "id",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Unknown words, in the order of their first use.
#[derive(Debug, Default)]
pub(in crate::load::parse) struct UnknownKeywords {
    keywords: IndexMap<String, Met>,
    formats: IndexMap<String, Met>,
}

#[derive(Debug)]
struct Met {
    first: Pointer,
    times: usize,
}

fn record_occurrence(words: &mut IndexMap<String, Met>, word: &str, at: &PointerPath<'_>) {
    if let Some(met) = words.get_mut(word) {
        met.times += 1;
    } else {
        let first = at.pointer();
        words.insert(word.to_owned(), Met { first, times: 1 });
    }
}

impl Parser<'_> {
    /// Records a keyword of a schema, unless it is known to have no effect on code.
    pub(super) fn record_unknown_keyword(&mut self, key: &str, at: &PointerPath<'_>) {
        if !KEYWORDS.contains(&key) && !key.starts_with("x-") {
            record_occurrence(&mut self.unknown.keywords, key, at);
        }
    }

    /// Records an unknown format.
    pub(super) fn record_unknown_format(&mut self, format: &str, at: &PointerPath<'_>) {
        record_occurrence(&mut self.unknown.formats, format, at);
    }

    /// Reports the unknown keywords and formats.
    pub(in crate::load::parse) fn report_unknown(&mut self) {
        let unknown = std::mem::take(&mut self.unknown);
        for (key, met) in unknown.keywords {
            let others = match met.times - 1 {
                0 => String::new(),
                1 => ", here and at one other location".to_owned(),
                more => format!(", here and at {more} other locations"),
            };
            let message = format!("`{key}` is not a keyword of schemas{others}; it is ignored");
            let help = match text::find_similar_word(&key, KEYWORDS) {
                Some(close) => format!("did you mean `{close}`? Otherwise remove it"),
                None => "remove it, or start its name with `x-`".to_owned(),
            };
            let finding = Diagnostic::new(Code::UnknownKeyword, met.first, message);
            self.diagnostics.push(finding.help(help).on_key());
        }
        let mut formats = unknown.formats.iter();
        let Some((_, first)) = formats.next() else {
            return;
        };
        let listed = unknown.formats.keys().take(SHOWN);
        let listed: Vec<String> = listed.map(|format| format!("`{format}`")).collect();
        let listed = listed.join(", ");
        let message = match unknown.formats.len() {
            1 => format!("the format {listed} is unknown; it is ignored"),
            count if count <= SHOWN => {
                format!("the formats {listed} are unknown; they are ignored")
            }
            count => format!(
                "the formats {listed} and {} others are unknown; they are ignored",
                count - SHOWN
            ),
        };
        self.diagnostics.push(Diagnostic::new(
            Code::UnknownFormat,
            first.first.clone(),
            message,
        ));
    }
}

/// Greatest number of formats that a diagnostic lists.
const SHOWN: usize = 8;
