//! The draft of a file: the decisions that it holds, and the sections that it leaves out.

use super::methods::MethodFacts;
use crate::ir::Api;
use crate::lower::{PaginationSchemes, find_schemes};
use crate::plan::Plan;

/// A section of `sdk.yaml` that can be left out, so that inference decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// `client_settings.opts`.
    Options,
    /// `environments`.
    Environments,
    /// `pagination`, and `paginated` of methods.
    Pagination,
    /// `streaming` of methods.
    Streaming,
    /// `models` of resources.
    Models,
}

impl Section {
    /// All sections, the likeliest to fail first.
    pub const ALL: [Self; 5] = [
        Self::Options,
        Self::Pagination,
        Self::Environments,
        Self::Streaming,
        Self::Models,
    ];

    /// Returns the key of the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Options => "client_settings.opts",
            Self::Environments => "environments",
            Self::Pagination => "pagination",
            Self::Streaming => "streaming",
            Self::Models => "models",
        }
    }
}

/// The decisions that a file will hold.
pub(crate) struct Draft<'a> {
    pub(crate) api: &'a Api,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) pagination: PaginationSchemes,
    left_out: &'a [Section],
}

impl<'a> Draft<'a> {
    /// A draft of everything but some sections.
    pub(crate) fn new(api: &'a Api, plan: &'a Plan<'a>, left_out: &'a [Section]) -> Self {
        let pagination = if left_out.contains(&Section::Pagination) {
            PaginationSchemes::default()
        } else {
            find_schemes(api)
        };
        Self {
            api,
            plan,
            pagination,
            left_out,
        }
    }

    /// Returns the sources of the entries of methods.
    pub(crate) fn method_facts(&self) -> MethodFacts<'_> {
        MethodFacts {
            api: self.api,
            pagination: &self.pagination,
            has_streaming: self.has(Section::Streaming),
        }
    }

    /// Whether a section is written.
    pub(crate) fn has(&self, section: Section) -> bool {
        !self.left_out.contains(&section)
    }
}
