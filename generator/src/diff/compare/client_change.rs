//! Changes of the package and its client.

use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::source::Pointer;

/// A change of the client. Without [`at`], no pointer leads to it.
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

/// Sets the JSON pointer of a change, from the names on the way to the declaration.
pub(super) fn at(mut change: Change, names: &[&str]) -> Change {
    let pointer = names
        .iter()
        .fold(Pointer::root(), |at, name| at.child(name));
    let snapshots = [&mut change.before, &mut change.after];
    for snapshot in snapshots.into_iter().flatten() {
        snapshot.pointer = Some(pointer.clone());
    }
    change
}
