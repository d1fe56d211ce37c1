//! The error for missing credentials.

use super::{is_nullable, options, scheme};
use crate::runtime::api::{Credential, CredentialPart};
use crate::runtime::config::Config;
use crate::runtime::error::BuildError;

/// Creates the error, which lists the missing options of each alternative.
///
/// Options that are required together are joined by `and`, and alternatives by `or`.
pub(super) fn error(
    config: &Config,
    requirement: &[&[&str]],
    has: &dyn Fn(&str) -> bool,
) -> BuildError {
    let mut alternatives: Vec<Terms> = Vec::new();
    for schemes in requirement {
        let terms = missing_of_alternative(config, schemes, has);
        if !alternatives.contains(&terms) {
            alternatives.push(terms);
        }
    }
    let wanted = join(alternatives).text;
    BuildError::missing_credential(format!("this call needs credentials; set {wanted}"))
}

/// A part of the message.
#[derive(PartialEq)]
struct Terms {
    text: String,
    /// Whether the text is a list. A list of lists is separated by commas.
    is_list: bool,
}

impl Terms {
    const fn single(text: String) -> Self {
        Self {
            text,
            is_list: false,
        }
    }
}

/// Joins alternatives.
fn join(alternatives: Vec<Terms>) -> Terms {
    let has_lists = alternatives.iter().any(|terms| terms.is_list);
    let separator = if has_lists { ", or " } else { " or " };
    join_with(alternatives, separator)
}

fn join_with(terms: Vec<Terms>, separator: &str) -> Terms {
    let is_list = terms.len() > 1 || terms.iter().any(|terms| terms.is_list);
    let texts: Vec<String> = terms.into_iter().map(|terms| terms.text).collect();
    Terms {
        text: texts.join(separator),
        is_list,
    }
}

/// Describes the missing schemes of an alternative, except nullable ones. If all missing schemes are
/// nullable, one of them suffices.
fn missing_of_alternative(config: &Config, schemes: &[&str], has: &dyn Fn(&str) -> bool) -> Terms {
    let lacking = || schemes.iter().filter(|name| !has(name));
    let needed: Vec<Terms> = lacking()
        .filter(|name| !is_nullable(config, name))
        .map(|name| terms_of_scheme(config, name))
        .collect();
    if needed.is_empty() {
        join(
            lacking()
                .map(|name| terms_of_scheme(config, name))
                .collect(),
        )
    } else {
        join_with(needed, " and ")
    }
}

/// Describes the options of a scheme, or the header of a scheme that this SDK does not implement.
fn terms_of_scheme(config: &Config, name: &str) -> Terms {
    if scheme(config, name).is_none() {
        return Terms::single(format!(
            "the header `Authorization` for `{name}`, which this SDK does not implement"
        ));
    }
    let (whole, pairs): (Vec<&Credential>, Vec<&Credential>) =
        options(config, name).partition(|credential| credential.part == CredentialPart::Value);
    let needed = pairs.iter().any(|credential| !credential.nullable);
    let pairs = pairs
        .into_iter()
        .filter(|credential| !needed || !credential.nullable)
        .map(term_of_option)
        .collect::<Vec<_>>();
    let mut alternatives: Vec<Terms> = whole.into_iter().map(term_of_option).collect();
    if !pairs.is_empty() {
        alternatives.insert(0, join_with(pairs, " and "));
    }
    join(alternatives)
}

fn term_of_option(credential: &Credential) -> Terms {
    Terms::single(match credential.env {
        Some(variable) => format!(
            "`{}` (or the environment variable {variable})",
            credential.option
        ),
        None => format!("`{}`", credential.option),
    })
}
