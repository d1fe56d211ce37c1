//! Changes: the differences between two crates, one typed entry each.

use serde::Serialize;

use super::codes::Code;
use super::effects::{Bump, Compile, Wire};
use crate::source::Pointer;

/// One difference between two crates.
#[derive(Debug, Clone)]
pub struct Change {
    /// The code of the change.
    pub code: Code,
    /// The item of the SDK, as its users write it: `Client::chats().list`, `types::Chat::name`.
    pub item: String,
    /// The part of the SDK that the change is listed with.
    pub group: Group,
    /// The change as a sentence without a final period.
    pub summary: String,
    /// The item in the old crate, if it existed.
    pub before: Option<Snapshot>,
    /// The item in the new crate, if it exists.
    pub after: Option<Snapshot>,
    /// The effect on code that uses the old crate.
    pub compile: Compile,
    /// The effect on the wire.
    pub wire: Wire,
    /// The version bump that it requires.
    pub bump: Bump,
    /// The old name of a renamed item, and the confidence that both are the same item.
    pub renamed: Option<Rename>,
    /// The paths of items that are added or removed together with this one.
    pub related: Vec<String>,
    /// The reason why the configuration accepts it.
    pub accepted: Option<String>,
}

impl Change {
    /// Creates a change with the verdicts of its code in the table.
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

    /// Sets the old and the new state of the item.
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

    /// Sets the effect on code, if it depends on more than the code of the change.
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

    /// Sets the old name of the item.
    #[must_use]
    pub fn renamed_from(mut self, from: String, confidence: Confidence) -> Self {
        self.renamed = Some(Rename { from, confidence });
        self
    }

    /// Whether the change breaks programs at compile time or on the wire, and is not accepted.
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
    /// The JSON pointer of its declaration in the document or the configuration.
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

/// The part of the SDK under which changes are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The package, the client and its configuration.
    Client,
    /// A resource, by the path of its accessors.
    Resource(Vec<String>),
    /// Types that several resources share.
    Types,
}

impl Group {
    /// The group as a heading: `client`, `chats.messages`, `types`; `types()` for a resource of this name.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Client => "client".to_owned(),
            Self::Resource(path) => match path.first().map(String::as_str) {
                // The titles of the other groups.
                Some(name @ ("client" | "types")) => {
                    format!("{name}(){}", path.join(".").trim_start_matches(name))
                }
                _ => path.join("."),
            },
            Self::Types => "types".to_owned(),
        }
    }
}

/// A rename of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The old name.
    pub from: String,
    /// The confidence that both are the same item.
    pub confidence: Confidence,
}

/// The confidence that two items of different names are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Only they have this shape.
    Possible,
    /// They are used in the same position, and most of their shape is the same.
    Likely,
    /// They are the same operation, or have the same JSON pointer.
    Certain,
}

impl Confidence {
    /// Returns the confidence as a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}
