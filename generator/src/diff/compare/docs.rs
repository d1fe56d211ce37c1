//! Prose and advice against a use, of any item.

use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::ir::Docs;

/// An item whose documentation is compared.
pub(super) struct Documented {
    pub(super) group: Group,
    pub(super) item: String,
    pub(super) before: Snapshot,
    pub(super) after: Snapshot,
}

/// Compares what the document says about an item. The codes are for advice against its use, and for
/// the end of that advice.
pub(super) fn compare_docs(
    base: &Docs,
    head: &Docs,
    (deprecated, undeprecated): (Code, Code),
    of: &Documented,
    changes: &mut Vec<Change>,
) {
    let mut push = |code, summary: String| {
        let change = Change::new(code, of.group.clone(), of.item.clone(), summary);
        changes.push(change.between(of.before.clone(), of.after.clone()));
    };
    match (base.deprecated, head.deprecated) {
        (false, true) => push(deprecated, format!("`{}` is deprecated", of.item)),
        (true, false) => push(
            undeprecated,
            format!("`{}` is not deprecated any more", of.item),
        ),
        _ => {}
    }
    let prose = |docs: &Docs| {
        (
            docs.summary.clone(),
            docs.description.clone(),
            docs.external.clone(),
        )
    };
    if prose(base) != prose(head) {
        push(
            Code::DocsChanged,
            format!("the documentation of `{}` differs", of.item),
        );
    }
}
