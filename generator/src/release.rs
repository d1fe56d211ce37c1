//! Release: the version that a comparison demands, and the entry of the changelog.
//!
//! It reads a [`Report`](crate::diff::Report) and returns text. It neither reads documents nor
//! writes files.

mod changelog;
mod entry;
mod migration;
mod section;
mod version;
mod words;

pub use changelog::{UnpublishedEntry, hash_items, insert_entry};
pub use entry::{Entry, write_entry};
pub use section::EntrySection;
pub use version::{VersionChoice, VersionRefusal, choose_version};
