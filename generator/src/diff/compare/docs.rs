//! Prose and advice against a use, of any item.

use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::ir::Docs;
use crate::source::Pointer;
use crate::source::text::single_line;

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
        let texts = [&docs.summary, &docs.description, &docs.external];
        let texts = texts.into_iter().flatten().map(String::as_str);
        texts.collect::<Vec<_>>().join("\n")
    };
    let (old, new) = (prose(base), prose(head));
    if old != new {
        let texts = (Some(old.as_str()), Some(new.as_str()));
        let pointers = (&of.before.pointer, &of.after.pointer);
        changes.push(prose_change(
            of.group.clone(),
            of.item.clone(),
            texts,
            pointers,
        ));
    }
}

/// Returns the change of an item's documentation, with the texts around the first difference.
pub(super) fn prose_change(
    group: Group,
    item: String,
    (old, new): (Option<&str>, Option<&str>),
    (old_pointer, new_pointer): (&Option<Pointer>, &Option<Pointer>),
) -> Change {
    let summary = format!("the documentation of `{item}` differs");
    let (old, new) = excerpt_difference(old.unwrap_or_default(), new.unwrap_or_default());
    let snapshot = |text: String, pointer: &Option<Pointer>| {
        (!text.is_empty()).then(|| Snapshot::new(text, pointer.clone()))
    };
    let (before, after) = (snapshot(old, old_pointer), snapshot(new, new_pointer));
    Change::new(Code::DocsChanged, group, item, summary).between(before, after)
}

/// Most characters of a text that a change shows.
const MAX_EXCERPT_CHARS: usize = 160;

/// Number of equal characters before the difference that a change shows.
const CONTEXT_CHARS: usize = 40;

/// Returns the parts of two texts around the first difference, each on a single line.
pub(super) fn excerpt_difference(old: &str, new: &str) -> (String, String) {
    let (old, new) = (single_line(old), single_line(new));
    let equal = old.chars().zip(new.chars()).take_while(|(a, b)| a == b);
    let start = equal.count().saturating_sub(CONTEXT_CHARS);
    let excerpt = |text: &str| {
        let shown: String = text.chars().skip(start).take(MAX_EXCERPT_CHARS).collect();
        let before = if start > 0 { "…" } else { "" };
        let is_cut = text.chars().count() > start + MAX_EXCERPT_CHARS;
        format!("{before}{shown}{}", if is_cut { "…" } else { "" })
    };
    (excerpt(&old), excerpt(&new))
}

#[cfg(test)]
mod tests {
    use super::excerpt_difference;

    #[test]
    fn an_excerpt_begins_shortly_before_the_difference() {
        let long = "word ".repeat(30);
        let (old, new) = excerpt_difference(&format!("{long}old."), &format!("{long}new."));
        assert!(old.starts_with('…') && old.ends_with("word old."), "{old}");
        assert!(new.ends_with("word new."), "{new}");
        let short = excerpt_difference("A pet.", "A\ncat.");
        assert_eq!(short, ("A pet.".to_owned(), "A cat.".to_owned()));
    }
}
