//! Splits names into words, as `heck` does, after symbols are spelt out.

use std::borrow::Cow;

use heck::ToSnakeCase as _;

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let snake = if is_snake_case(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(join_known_words(&spell_out(name)).to_snake_case())
    };
    // A name of symbols that are not spelt out has no words.
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(ToOwned::to_owned).collect()
}

/// Whether a name is in snake case already, as most names are. Then it needs no conversion.
fn is_snake_case(name: &str) -> bool {
    let is_valid = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    name.bytes().all(is_valid) && name.bytes().any(|byte| byte != b'_')
}

/// Common names that are one word although their case changes within it, with their spelling in types.
const ONE_WORD: [(&str, &str); 25] = [
    ("EBay", "EBay"),
    ("ETag", "ETag"),
    ("GiB", "GiB"),
    ("GitHub", "GitHub"),
    ("GitLab", "GitLab"),
    ("GraphQL", "GraphQl"),
    ("IOS", "Ios"),
    ("IPad", "IPad"),
    ("IPhone", "IPhone"),
    ("IaaS", "IaaS"),
    ("IoT", "IoT"),
    ("JavaScript", "JavaScript"),
    ("LinkedIn", "LinkedIn"),
    ("MacOS", "MacOs"),
    ("MiB", "MiB"),
    ("MySQL", "MySql"),
    ("OAuth", "OAuth"),
    ("PaaS", "PaaS"),
    ("PayPal", "PayPal"),
    ("PostgreSQL", "PostgreSql"),
    ("SaaS", "SaaS"),
    ("TypeScript", "TypeScript"),
    ("WhatsApp", "WhatsApp"),
    ("WiFi", "WiFi"),
    ("YouTube", "YouTube"),
];

/// Returns the spelling in types of a word in [`ONE_WORD`], and its version suffix: `OAuth` and `2`.
pub(super) fn find_known_spelling(word: &str) -> Option<(&'static str, &str)> {
    ONE_WORD.iter().find_map(|(_, spelt)| {
        let (begin, version) = word.split_at_checked(spelt.len())?;
        let is_version = version.chars().all(|c| c.is_ascii_digit());
        (is_version && begin.eq_ignore_ascii_case(spelt)).then_some((*spelt, version))
    })
}

/// Changes the case of words that would be split into several: `IDs`, `IPv4` and `OAuth` become `Ids`,
/// `Ipv4` and `Oauth`.
fn join_known_words(name: &str) -> Cow<'_, str> {
    // Such words contain a capital letter, which most names do not.
    if !name.contains(|c: char| c.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let before = text.chars().next_back();
        let length = match_one_word(rest, before)
            .or_else(|| acronym(rest, before))
            .unwrap_or(0);
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        if length == 0 {
            text.push_str(word);
        } else {
            let mut letters = word.chars();
            text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            text.push_str(&letters.as_str().to_ascii_lowercase());
        }
        rest = after;
    }
    Cow::Owned(text)
}

/// Returns the length of the name in [`ONE_WORD`] at the start of a text. The first letter may be lower
/// case at the start of a word, and upper case unless it ends an acronym.
fn match_one_word(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(char::is_uppercase) {
        return None;
    }
    let begins = before.is_none_or(|c| !c.is_alphabetic());
    // All of them begin with a capital letter.
    let first = text.chars().next()?;
    let may_begin = first.is_ascii_uppercase() || begins && first.is_ascii_lowercase();
    if !may_begin {
        return None;
    }
    let first = first.to_ascii_uppercase();
    let found = ONE_WORD.iter().find(|(word, _)| {
        let rest = word.strip_prefix(first);
        let after = rest.and_then(|rest| text.get(1..)?.strip_prefix(rest));
        after.is_some_and(|after| !after.starts_with(char::is_lowercase))
    });
    found.map(|(word, _)| word.len())
}

/// Returns the length of the acronym at the start of a text, including a plural `s` (`IDs`) or the `v`
/// of a version (`IPv4`).
fn acronym(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(char::is_uppercase) {
        return None;
    }
    let length = text.find(|c: char| !c.is_ascii_uppercase())?;
    let mut after = text.get(length..)?.chars();
    let (letter, next) = (after.next(), after.next());
    let ends = match letter {
        Some('s') => !next.is_some_and(char::is_lowercase),
        Some('v') => next.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    (length > 1 && ends).then_some(length + 1)
}

/// Spells out symbols if the name has nothing else, or before a number.
fn spell_out(name: &str) -> Cow<'_, str> {
    let signed = name
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let spelt = if signed {
        1
    } else if name.chars().any(char::is_alphanumeric) {
        0
    } else {
        usize::MAX
    };
    if spelt == 0 {
        return Cow::Borrowed(name);
    }
    let mut text = String::new();
    for (i, c) in name.chars().enumerate() {
        if i < spelt && !c.is_whitespace() {
            text.push_str(&symbol(c));
            text.push(' ');
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// The symbols of a name that separate no words. A single one between letters is a separator.
pub(super) fn find_symbols(name: &str) -> impl Iterator<Item = usize> {
    let mut before = None;
    let symbols = name.char_indices().filter(move |(_, c)| {
        let separates = before.is_some_and(char::is_alphanumeric) && "_-./: ".contains(*c);
        before = Some(*c);
        !c.is_alphanumeric() && !c.is_whitespace() && !separates
    });
    symbols.map(|(position, _)| position)
}

/// A name with a word for each symbol that separates no words. `type[]` is a list.
pub(super) fn spell_symbols(name: &str) -> String {
    let name = &name.replace("[]", " list ");
    let symbols: Vec<usize> = find_symbols(name).collect();
    let mut text = String::with_capacity(name.len());
    for (position, c) in name.char_indices() {
        if symbols.contains(&position) {
            text.push(' ');
            text.push_str(&symbol(c));
            text.push(' ');
        } else {
            text.push(c);
        }
    }
    text
}

/// Replaces symbols and separators other than `_` with words.
pub(super) fn spell_separators(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in spell_symbols(name).chars() {
        match separator(c) {
            Some(word) => text.push_str(&format!(" {word} ")),
            None => text.push(c),
        }
    }
    text
}

/// The name of a separator.
const fn separator(c: char) -> Option<&'static str> {
    Some(match c {
        '-' => "dash",
        '.' => "dot",
        ':' => "colon",
        '/' => "slash",
        '[' => "bracket",
        _ => return None,
    })
}

/// The name of a symbol, or its code point.
fn symbol(c: char) -> Cow<'static, str> {
    Cow::Borrowed(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '~' => "tilde",
        '^' => "caret",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '\'' | '"' | '`' => "quote",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        other => return Cow::Owned(format!("u{:x}", u32::from(other))),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{spell_out, words};

    proptest! {
        /// Symbols are spelt out only if they would be lost.
        #[test]
        fn names_with_letters_do_not_change(name in "[a-zA-Z_]\\PC{0,24}") {
            prop_assume!(name.chars().any(char::is_alphanumeric));
            prop_assert_eq!(spell_out(&name), name.as_str());
        }

        /// A sign before a number is a word of its own.
        #[test]
        fn signs_before_numbers_are_spelt_out(number in "[0-9]{1,6}") {
            prop_assert_eq!(words(&format!("+{number}")), ["plus", number.as_str()]);
            prop_assert_eq!(words(&format!("-{number}")), ["minus", number.as_str()]);
        }

        /// Each symbol of a name of symbols is a word.
        #[test]
        fn each_symbol_becomes_a_word(name in "[-+*/=<>!?@#$%&|~^.,:;_'(){}]{1,12}") {
            prop_assert_eq!(words(&name).len(), name.chars().count());
        }
    }
}
