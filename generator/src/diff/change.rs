//! Changes: what differs between two crates, one typed entry each.

use serde::Serialize;

use super::codes::Code;
use super::effects::{Bump, Compile, Wire};
use crate::source::Pointer;

/// One difference between two crates.
#[derive(Debug, Clone)]
pub struct Change {
    /// What happened.
    pub code: Code,
    /// The item of the SDK, as its users write it: `Client::chats().list`, `types::Chat::name`.
    pub item: String,
    /// The part of the SDK that the change is listed with.
    pub group: Group,
    /// What happened, as a sentence without a final stop.
    pub summary: String,
    /// The item in the old crate, where it was there.
    pub before: Option<Snapshot>,
    /// The item in the new crate, where it is there.
    pub after: Option<Snapshot>,
    /// What it does to code that uses the old crate.
    pub compile: Compile,
    /// What it does on the wire.
    pub wire: Wire,
    /// How much it raises the version.
    pub bump: Bump,
    /// The name that a renamed item had, and how sure it is that it is the same.
    pub renamed: Option<Rename>,
    /// Items that come or go with this one, by their paths.
    pub related: Vec<String>,
    /// Why the configuration accepts it.
    pub accepted: Option<String>,
}

impl Change {
    /// A change with the verdicts that its code has in the table.
    #[must_use]
    pub fn new(code: Code, group: Group, item: String, summary: String) -> Self {
        let row = code.row();
        Self {
            code,
            item,
            group,
            summary,
            before: None,
            after: None,
            compile: row.compile,
            wire: Wire::WORKS,
            bump: row.bump(row.compile),
            renamed: None,
            related: Vec::new(),
            accepted: None,
        }
    }

    /// Sets what the item was and is.
    #[must_use]
    pub fn between(
        mut self,
        before: impl Into<Option<Snapshot>>,
        after: impl Into<Option<Snapshot>>,
    ) -> Self {
        self.before = before.into();
        self.after = after.into();
        self
    }

    /// Sets the effect on code, where it depends on more than the code of the change.
    #[must_use]
    pub fn compile(mut self, compile: Compile) -> Self {
        self.compile = compile;
        self.bump = self.code.row().bump(compile);
        self
    }

    /// Sets the effect on the wire.
    #[must_use]
    pub const fn wire(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// Sets the name that the item had.
    #[must_use]
    pub fn renamed_from(mut self, from: String, confidence: Confidence) -> Self {
        self.renamed = Some(Rename { from, confidence });
        self
    }

    /// Whether the change breaks programs, at compile time or on the wire, and nobody accepted it.
    #[must_use]
    pub fn is_unaccepted_break(&self) -> bool {
        let breaks = self.compile == Compile::Breaking || self.wire.breaks();
        breaks && self.accepted.is_none()
    }
}

/// An item on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its signature, as rustdoc would show it.
    pub signature: String,
    /// Where the document, or the configuration, declares it.
    pub pointer: Option<Pointer>,
}

impl Snapshot {
    /// An item of this signature, declared at this pointer.
    pub(super) fn new(signature: impl Into<String>, pointer: impl Into<Option<Pointer>>) -> Self {
        Self {
            signature: signature.into(),
            pointer: pointer.into(),
        }
    }
}

/// The part of the SDK that changes are listed with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The package, the client and how it is configured.
    Client,
    /// A resource, by the path of its accessors.
    Resource(Vec<String>),
    /// Types that no single resource has for itself.
    Types,
}

impl Group {
    /// The group as a heading: `client`, `chats.messages`, `types`.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Client => "client".to_owned(),
            Self::Resource(path) => path.join("."),
            Self::Types => "types".to_owned(),
        }
    }
}

/// That an item had another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The name that it had.
    pub from: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How sure it is that two items of different names are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// They have the same shape, and nothing else does.
    Possible,
    /// They are used in the same position, and most of their shape is the same.
    Likely,
    /// They are the same operation, or stand at the same JSON pointer.
    Certain,
}

impl Confidence {
    /// The confidence in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}
