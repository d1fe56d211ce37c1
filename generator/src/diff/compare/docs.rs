//! Prose and advice against a use, of any item.

use std::borrow::Cow;

use crate::diff::change::{Change, Group, Snapshot};
use crate::diff::codes::Code;
use crate::ir::Docs;
use crate::source::Pointer;
use crate::source::text::single_line;

/// An item whose documentation is compared.
pub(super) struct Documented<'s> {
    pub(super) group: Group,
    pub(super) item: String,
    pub(super) before: Snapshot,
    pub(super) after: Snapshot,
    /// The documentation of its type on both sides. An item without words of its own has these.
    pub(super) type_docs: (Option<&'s Docs>, Option<&'s Docs>),
}

/// Compares the documentation of an item. The codes are for advice against its use, and for
/// the end of that advice.
pub(super) fn compare_docs<'s>(
    base: &Docs,
    head: &Docs,
    (deprecated, undeprecated): (Code, Code),
    describe_item: impl FnOnce() -> Documented<'s>,
    changes: &mut Vec<Change>,
) {
    if base == head {
        return;
    }
    let of = describe_item();
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
    let (old, new) = (join_prose(base), join_prose(head));
    let (old_type, new_type) = of.type_docs;
    if old != new && shown_prose(&old, old_type) != shown_prose(&new, new_type) {
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

fn join_prose(docs: &Docs) -> String {
    let texts = [&docs.summary, &docs.description, &docs.external];
    let texts = texts.into_iter().flatten().map(String::as_str);
    texts.collect::<Vec<_>>().join("\n")
}

/// Returns the text that readers find: that of an item, or else that of its type.
fn shown_prose<'p>(own: &'p str, type_docs: Option<&Docs>) -> Cow<'p, str> {
    match type_docs {
        Some(docs) if own.is_empty() => Cow::Owned(join_prose(docs)),
        _ => Cow::Borrowed(own),
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

/// Bytes of a text that are read to show a difference. Excerpts are much shorter.
const WINDOW_BYTES: usize = 1_024;

/// Returns the parts of two texts around the first difference, each on a single line.
pub(super) fn excerpt_difference(old: &str, new: &str) -> (String, String) {
    let equal = count_equal_bytes(old, new);
    // Descriptions are long, and most of their changes are short.
    let start = equal.saturating_sub(WINDOW_BYTES / 4);
    let start = (start..=equal).find(|at| old.is_char_boundary(*at) && new.is_char_boundary(*at));
    let start = start.unwrap_or_default();
    let window = |text: &str| {
        let end = (start + WINDOW_BYTES..text.len()).find(|end| text.is_char_boundary(*end));
        let window = text.get(start..end.unwrap_or(text.len()));
        single_line(window.unwrap_or_default())
    };
    let (old_window, new_window) = (window(old), window(new));
    let equal = count_equal_bytes(&old_window, &new_window);
    // If only white space differs there, the words that differ are further on.
    match equal < old_window.len().min(new_window.len()) {
        true => show_difference(&old_window, &new_window, start > 0),
        false => show_difference(&single_line(old), &single_line(new), false),
    }
}

/// Returns the parts of two lines around the first difference. Lines may be cut at their start.
fn show_difference(old: &str, new: &str, is_cut: bool) -> (String, String) {
    let equal = count_equal_bytes(old, new);
    let chars = old.char_indices();
    let chars = chars.take_while(|(index, c)| index + c.len_utf8() <= equal);
    let start = chars.count().saturating_sub(CONTEXT_CHARS);
    let excerpt = |text: &str| {
        let shown: String = text.chars().skip(start).take(MAX_EXCERPT_CHARS).collect();
        let before = if start > 0 || is_cut { "…" } else { "" };
        let is_long = text.chars().nth(start + MAX_EXCERPT_CHARS).is_some();
        format!("{before}{shown}{}", if is_long { "…" } else { "" })
    };
    (excerpt(old), excerpt(new))
}

fn count_equal_bytes(old: &str, new: &str) -> usize {
    let pairs = old.bytes().zip(new.bytes());
    pairs.take_while(|(a, b)| a == b).count()
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

    #[test]
    fn an_excerpt_of_a_long_text_has_the_same_context() {
        let long = "wörd ".repeat(2_000);
        let texts = (format!("{long}old. {long}"), format!("{long}new. {long}"));
        let (old, new) = excerpt_difference(&texts.0, &texts.1);
        let context = "…".to_owned() + &"wörd ".repeat(8);
        assert!(old.starts_with(&format!("{context}old. wörd")), "{old}");
        assert!(new.starts_with(&format!("{context}new. wörd")), "{new}");
        assert!(old.ends_with('…') && new.ends_with('…'), "{old}");
        let spaces = format!("{}{long}old.", " ".repeat(9_000));
        let (old, _) = excerpt_difference(&spaces, &format!("{long}new."));
        assert!(old.ends_with("wörd old."), "{old}");
    }
}
