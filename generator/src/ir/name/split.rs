//! How a name is split into words: as `heck` does, once symbols are spelt out.

use std::borrow::Cow;

use heck::ToSnakeCase as _;

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let snake = spell_out(name).to_snake_case();
    // A name of symbols that are not spelt out has no words.
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(ToOwned::to_owned).collect()
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
    use proptest::prelude::*;

    use super::{spell_out, words};

    proptest! {
        /// Symbols are spelt out only where they would be lost.
        #[test]
        fn names_with_letters_are_left_as_they_are(name in "[a-zA-Z_]\\PC{0,24}") {
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
        fn names_of_symbols_have_as_many_words(name in "[-+*/=<>!?@#$%&|~^.,:;_'(){}]{1,12}") {
            prop_assert_eq!(words(&name).len(), name.chars().count());
        }
    }
}
