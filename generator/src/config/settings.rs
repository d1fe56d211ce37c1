//! The smaller blocks: `settings`, `query_settings`, `errors`,
//! `custom_casings`, `diagnostics`, `openapi.transforms`.

use serde_json::Value;

use super::At;
use crate::load::Pointer;

/// `settings`: switches of the generator.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `license`: an SPDX expression, or the name of a licence of one's own.
    pub license: Option<At<String>>,
    /// `unwrap_response_fields`: envelopes whose content is returned in their place.
    pub unwrap_response_fields: Vec<At<String>>,
    /// `positional_params: false`: no parameter is an argument of its own.
    pub no_positional_params: bool,
    /// `disable_mock_tests` or `disable_tests`: no wire tests are generated.
    pub disable_tests: bool,
    /// `file_header`: a comment at the head of each file.
    pub file_header: Option<String>,
}

/// `query_settings.array_format`: how an array is written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArrayFormat {
    /// `a=1,2`.
    Comma,
    /// `a=1&a=2`.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
}

/// `query_settings.nested_format`: how an object is written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NestedFormat {
    /// `a[b]=1`.
    Brackets,
    /// `a.b=1`.
    Dots,
}

/// `errors`: what an error body looks like.
#[derive(Debug, Clone, Default)]
pub struct ErrorSettings {
    /// `message_property`: the property, perhaps below others
    /// (`error.message`), that says what went wrong.
    pub message_property: Option<At<String>>,
}

/// How a term of `custom_casings` is spelled. An empty one is a plain word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Casing {
    /// `initialism: true`: all letters alike, `ID` rather than `Id`.
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

/// A line of `diagnostics.ignored`: findings that are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The code of the findings: `duplicate-operation-id`.
    pub code: String,
    /// Where: pointers into the document, each for all below it. Empty: everywhere.
    pub targets: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where the line stands.
    pub pointer: Pointer,
}

/// A change to the document, before it is read: `openapi.transforms`.
#[derive(Debug, Clone, PartialEq)]
pub struct Transform {
    /// `command`: `update`, `append`, `merge`, `remove`, `copy`, `move`.
    pub command: String,
    /// `reason`.
    pub reason: Option<String>,
    /// `args`.
    pub args: Value,
}
