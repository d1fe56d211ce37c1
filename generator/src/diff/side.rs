//! Sides: the two states that are compared.

use super::surface::Surface;
use crate::config::AcceptedChange;
use crate::render::Files;
use crate::source::SourceMap;

/// One side of a comparison: a document with its configuration.
#[derive(Debug)]
pub struct Side {
    /// The public interface of the crate and its wire format.
    pub surface: Surface,
    /// The files of the document.
    pub source: SourceMap,
    /// The changes that the configuration accepts.
    pub accepted: Vec<AcceptedChange>,
    /// The generated files, if the report shows them.
    pub files: Option<Files>,
}
