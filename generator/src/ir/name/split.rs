//! How a name is split into words.

use std::borrow::Cow;

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in spell_out(name).split(|c: char| !c.is_alphanumeric()) {
        split_run(run, &mut words);
    }
    words
}

/// The case of the letters since the last boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Lower,
    Upper,
}

/// Splits letters and digits at their changes of case: `userID` is `user`,
/// `id`, and `HTTPServer` is `http`, `server`. Digits have no case.
fn split_run(run: &str, words: &mut Vec<String>) {
    let mut start = 0;
    let mut before = Before::Nothing;
    let mut letters = run.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let Some((next_at, next)) = letters.peek().copied() else {
            break;
        };
        let now = if letter.is_lowercase() {
            Before::Lower
        } else if letter.is_uppercase() {
            Before::Upper
        } else {
            before
        };
        let cut = if now == Before::Lower && next.is_uppercase() {
            Some(next_at)
        } else if before == Before::Upper && letter.is_uppercase() && next.is_lowercase() {
            Some(at)
        } else {
            None
        };
        before = now;
        if let Some(cut) = cut {
            push(run.get(start..cut), words);
            start = cut;
            before = Before::Nothing;
        }
    }
    push(run.get(start..), words);
}

fn push(word: Option<&str>, words: &mut Vec<String>) {
    if let Some(word) = word.filter(|word| !word.is_empty()) {
        words.push(if word.is_ascii() {
            word.to_ascii_lowercase()
        } else {
            word.to_lowercase()
        });
    }
}

/// Gives symbols their names if there is nothing else, or before a number.
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
    use heck::ToSnakeCase as _;
    use proptest::prelude::*;

    use super::words;

    proptest! {
        /// The words are those that the usual crate for it finds.
        #[test]
        fn words_are_split_as_everyone_does(name in "([a-zA-Z0-9_. -]|[äÄßéÉ]){1,24}") {
            prop_assume!(name.chars().any(char::is_alphanumeric) && !name.starts_with(['+', '-']));
            prop_assert_eq!(words(&name).join("_"), name.to_snake_case());
        }
    }
}
