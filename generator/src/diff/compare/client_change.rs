//! Changes of the package and its client.

use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;

/// A change of the client that no pointer leads to.
pub(super) fn client_change(
    code: Code,
    item: impl Into<String>,
    summary: String,
    before: Option<&str>,
    after: Option<&str>,
) -> Change {
    let snapshot = |text: Option<&str>| text.map(|text| Snapshot::new(text, None));
    Change::new(code, Group::Client, item.into(), summary)
        .between(snapshot(before), snapshot(after))
}
