//! Positions and text of the input: the module that every other module may use.
//!
//! It owns JSON pointers, and the map from a pointer to the author's file and line.
//! It also owns the lexemes of numbers, media types, text that is safe to print,
//! relative paths, variables of paths, and URI references.
//! It knows nothing about OpenAPI, and it uses no other module of this crate.

pub(crate) mod markdown;
mod media_type;
mod number_lexemes;
mod path_variable;
mod pointer;
mod pointer_path;
mod position;
mod relative_path;
mod similar_names;
mod source_map;
pub(crate) mod text;
pub(crate) mod uri;
pub(crate) mod yaml_edit;
pub(crate) mod yaml_nesting;

pub use self::media_type::MediaType;
pub(crate) use self::number_lexemes::NumberLexemes;
pub(crate) use self::path_variable::{
    spans_segments, split_query_expansion, split_variables, variable_name,
};
pub use self::pointer::Pointer;
pub(crate) use self::pointer::unescape;
pub(crate) use self::pointer_path::PointerPath;
pub(crate) use self::position::{Position, find_positions};
pub(crate) use self::relative_path::to_relative_path;
pub(crate) use self::similar_names::find_similar_names;
pub use self::source_map::SourceMap;

/// Syntax of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// JSON.
    #[default]
    Json,
    /// YAML.
    Yaml,
}

impl Syntax {
    /// Returns the syntax that a text looks like, by its first character.
    pub(crate) fn guess(text: &str) -> Self {
        if text.trim_start().starts_with(['{', '[']) {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}
