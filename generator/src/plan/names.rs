//! Names: the only module that creates Rust identifiers.
//!
//! A [`Scope`] is a namespace of the generated code, such as the crate's types, the fields of a struct
//! or the methods of a resource. [`Scope::claim`] turns [`Words`] into an identifier that is valid, not
//! a keyword, and unique in the namespace. Nothing else can create a [`RustIdent`].

use std::collections::HashSet;
use std::fmt;

use crate::ir::Words;

/// A valid Rust identifier, unique in the [`Scope`] that made it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RustIdent(String);

impl RustIdent {
    /// The identifier's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RustIdent {
    /// Returns the same name, or one that no [`Scope`] creates if `ours` contains it.
    pub(super) fn avoiding(&self, ours: &[&str]) -> Self {
        if ours.contains(&self.as_str()) {
            Self(format!("{self}__"))
        } else {
            self.clone()
        }
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The case of an identifier, which also decides the suffix that avoids a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `WebhookSubscription`: a type.
    Type,
    /// `MessageSent`: a variant of an enum.
    Variant,
    /// `target_url`: a field, a method, an argument.
    Snake,
    /// `webhook_subscription`: a module and its file. Rust finds the file only if the name is ASCII.
    Module,
}

/// A namespace of the generated code.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    taken: HashSet<String>,
    reserved: HashSet<&'static str>,
}

impl Scope {
    /// Creates a namespace in which these names are taken.
    #[must_use]
    pub fn reserving(names: &[&'static str]) -> Self {
        Self {
            taken: HashSet::new(),
            reserved: names.iter().copied().collect(),
        }
    }

    /// Removes a name from those that the namespace reserves.
    pub fn allow(&mut self, name: &str) {
        self.reserved.remove(name);
    }

    /// Creates an identifier from these words and marks it as taken.
    ///
    /// A keyword or a reserved name gets a suffix for its case (`type_`, `ErrorModel`, `UnknownValue`).
    /// A name that is taken gets a number. The result depends only on the words and on earlier claims.
    pub fn claim(&mut self, words: &Words, case: Case) -> RustIdent {
        let wanted = self.free_of_reserved(write(words, case), case);
        let mut name = wanted.clone();
        let mut number = 2_u32;
        while !self.taken.insert(name.clone()) {
            name = append_number(&wanted, number, case);
            number += 1;
        }
        RustIdent(name)
    }

    /// Creates an identifier from the first of these names that is free, or else from the first with
    /// a number.
    pub fn claim_first(&mut self, candidates: &[Words], case: Case) -> RustIdent {
        let free = candidates.iter().find(|words| !self.is_taken(words, case));
        let first = candidates.first();
        match free.or(first) {
            Some(words) => self.claim(words, case),
            None => self.claim(&Words::new(), case),
        }
    }

    /// Returns whether the identifier of these words is taken.
    #[must_use]
    pub fn is_taken(&self, words: &Words, case: Case) -> bool {
        let wanted = self.free_of_reserved(write(words, case), case);
        self.taken.contains(&wanted)
    }

    fn free_of_reserved(&self, mut name: String, case: Case) -> String {
        while is_keyword(&name) || self.reserved.contains(name.as_str()) {
            name.push_str(match case {
                Case::Type => "Model",
                Case::Variant => "Value",
                Case::Snake | Case::Module => "_",
            });
        }
        name
    }
}

fn append_number(name: &str, number: u32, case: Case) -> String {
    let separate = match case {
        Case::Snake | Case::Module => !name.ends_with('_'),
        Case::Type | Case::Variant => name.ends_with(|c: char| c.is_ascii_digit()),
    };
    format!("{name}{}{number}", if separate { "_" } else { "" })
}

/// Longest name. File systems allow 255 bytes; shorter names are easier to read.
const MAX_NAME_BYTES: usize = 96;

/// Shortens the words of a name that is too long. Repeated words are dropped first, then words in the
/// middle: the first words name the owner, and the last words the item. A single word that is too long
/// is truncated later.
fn shorten_words(words: &Words) -> Option<Words> {
    // In both cases, a word takes its own length and one separator.
    let room = |words: &[&String]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    let mut all: Vec<&String> = words.iter().collect();
    if room(&all) <= MAX_NAME_BYTES {
        return None;
    }
    let mut seen = HashSet::new();
    all.retain(|word| seen.insert(*word));
    let is_end =
        |end: &usize| (all.get(*end..)).is_some_and(|last| room(last) <= MAX_NAME_BYTES / 2);
    let end = (0..=all.len()).find(is_end).unwrap_or(all.len());
    let last = all.get(end..).unwrap_or_default();
    let first = (0..=end).rev().filter_map(|end| all.get(..end));
    let mut first = first.filter(|first| room(first) + room(last) <= MAX_NAME_BYTES);
    let kept: Words = (first.next().unwrap_or_default().iter())
        .chain(last)
        .copied()
        .collect();
    (!kept.is_empty()).then_some(kept)
}

fn write(words: &Words, case: Case) -> String {
    let kept = shorten_words(words);
    let words = kept.as_ref().unwrap_or(words);
    let text = match case {
        Case::Type | Case::Variant => words.pascal(),
        Case::Snake => words.snake(),
        Case::Module => ascii(&words.snake()),
    };
    let mut name: String = text
        .chars()
        .filter(|&c| unicode_ident::is_xid_continue(c) && !is_accent(c))
        .collect();
    if name.len() > MAX_NAME_BYTES {
        let cut = (0..=MAX_NAME_BYTES)
            .rev()
            .find(|&i| name.is_char_boundary(i))
            .unwrap_or(0);
        name.truncate(cut);
        name.truncate(name.trim_end_matches('_').len());
    }
    match name.chars().next() {
        None => empty(case).to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => match case {
            Case::Type | Case::Variant => format!("N{name}"),
            Case::Snake | Case::Module => format!("n_{name}"),
        },
    }
}

/// Whether a character is a combining accent. Rust normalizes a letter and its accent to one character
/// (NFC), so two names that differ only in this way would be equal.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Replaces characters beyond ASCII with their code points.
fn ascii(name: &str) -> String {
    let mut ascii = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            ascii.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    ascii
}

const fn empty(case: Case) -> &'static str {
    match case {
        Case::Type => "Unnamed",
        Case::Variant => "Empty",
        Case::Snake | Case::Module => "unnamed",
    }
}

/// The strict and reserved keywords of every edition
/// ([The Rust Reference, Keywords](https://doc.rust-lang.org/reference/keywords.html)).
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "_", "Self", "abstract", "as", "async", "await", "become", "box", "break", "const",
        "continue", "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for",
        "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
        "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope};
    use crate::ir::Words;

    fn claim_name(scope: &mut Scope, name: &str, case: Case) -> String {
        scope.claim(&Words::split(name), case).to_string()
    }

    #[test]
    fn keywords_are_renamed() {
        let mut scope = Scope::default();
        assert_eq!(claim_name(&mut scope, "type", Case::Snake), "type_");
        assert_eq!(claim_name(&mut scope, "self", Case::Type), "SelfModel");
        assert_eq!(claim_name(&mut scope, "self", Case::Variant), "SelfValue");
    }

    #[test]
    fn reserved_names_are_renamed() {
        let mut scope = Scope::reserving(&["Unknown", "Error"]);
        assert_eq!(
            claim_name(&mut scope, "unknown", Case::Variant),
            "UnknownValue"
        );
        assert_eq!(claim_name(&mut scope, "Error", Case::Type), "ErrorModel");
    }

    #[test]
    fn long_names_lose_repeated_words_and_then_their_middle() {
        let mut scope = Scope::default();
        let twice = "subscription update params payment method options us bank account invoice \
                     payment method options param us bank account permissions";
        assert_eq!(
            claim_name(&mut scope, twice, Case::Type),
            "SubscriptionUpdateParamsPaymentMethodOptionsUsBankAccountInvoiceParamPermissions"
        );
        let words: Vec<String> = (10..40).map(|n| format!("word{n}")).collect();
        assert_eq!(
            claim_name(&mut scope, &words.join(" "), Case::Snake),
            "word10_word11_word12_word13_word14_word15_word16_\
             word34_word35_word36_word37_word38_word39"
        );
        assert_eq!(
            claim_name(&mut scope, &"a".repeat(200), Case::Snake).len(),
            96
        );
    }

    #[test]
    fn taken_names_are_numbered() {
        let mut scope = Scope::default();
        assert_eq!(claim_name(&mut scope, "fooBar", Case::Type), "FooBar");
        assert_eq!(claim_name(&mut scope, "foo_bar", Case::Type), "FooBar2");
        assert_eq!(claim_name(&mut scope, "v1", Case::Type), "V1");
        assert_eq!(claim_name(&mut scope, "V1", Case::Type), "V1_2");
        assert_eq!(claim_name(&mut scope, "a", Case::Snake), "a");
        assert_eq!(claim_name(&mut scope, "A", Case::Snake), "a_2");
        assert_eq!(claim_name(&mut scope, "type", Case::Snake), "type_");
        assert_eq!(claim_name(&mut scope, "Type", Case::Snake), "type_2");
    }

    #[test]
    fn module_names_are_ascii() {
        let mut scope = Scope::default();
        assert_eq!(claim_name(&mut scope, "日本", Case::Module), "u65e5u672c");
        assert_eq!(claim_name(&mut scope, "naïve", Case::Module), "nauefve");
        assert_eq!(claim_name(&mut scope, "日本", Case::Snake), "日本");
    }

    #[test]
    fn similar_looking_names_stay_distinct() {
        let mut scope = Scope::default();
        assert_eq!(
            claim_name(&mut scope, "caf\u{e9}", Case::Snake),
            "caf\u{e9}"
        );
        assert_eq!(claim_name(&mut scope, "cafe\u{301}", Case::Snake), "cafe");
    }

    #[test]
    fn digits_and_empty_names_become_identifiers() {
        let mut scope = Scope::default();
        assert_eq!(
            claim_name(&mut scope, "1024x1024", Case::Variant),
            "N1024x1024"
        );
        assert_eq!(claim_name(&mut scope, "3ds", Case::Snake), "n_3ds");
        assert_eq!(claim_name(&mut scope, "", Case::Variant), "Empty");
    }
}
