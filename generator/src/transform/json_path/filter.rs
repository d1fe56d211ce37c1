//! Filters: `?(@.in == 'query' && !(@.name == 'limit'))`.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde_json::Value;

use super::Selector;
use super::literal::{parse_match, unquote_string};
use super::parser::parse_step;
use crate::transform::location::get;

/// A condition on a child.
#[derive(Debug, Clone)]
pub(super) enum Filter {
    /// `a || b`.
    Or(Vec<Filter>),
    /// `a && b`.
    And(Vec<Filter>),
    /// `!a`.
    Not(Box<Filter>),
    /// `@.property`: it exists.
    Exists(Operand),
    /// `@.property == value`.
    Compares(Operand, Comparison, Value),
    /// `@.property =~ /pattern/`, `@.property.match(/pattern/)` or `match(@.property, 'pattern')`.
    Matches(Operand, Regex),
}

/// A value that a filter reads.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// `@.a.b`: a property of the child, or the child itself.
    Property(Vec<String>),
    /// `@property`: the name of the child.
    Name,
}

/// An operator between two values.
#[derive(Debug, Clone, Copy)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The operators, longer ones before their beginnings.
const OPERATORS: &[(&str, Comparison)] = &[
    ("===", Comparison::Equal),
    ("!==", Comparison::NotEqual),
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

/// Maximum nesting of parentheses.
const MAX_DEPTH: usize = 32;

impl Filter {
    /// Parses a filter, with or without parentheses around it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        parse_filter(text, 0).ok_or_else(|| format!("the filter `{text}` is not supported"))
    }

    /// Whether a child with this name satisfies the filter.
    pub(super) fn is_match(&self, name: &str, value: &Value) -> bool {
        match self {
            Self::Or(filters) => filters.iter().any(|filter| filter.is_match(name, value)),
            Self::And(filters) => filters.iter().all(|filter| filter.is_match(name, value)),
            Self::Not(filter) => !filter.is_match(name, value),
            Self::Exists(operand) => operand.read(name, value).is_some(),
            Self::Compares(operand, comparison, expected) => {
                comparison.holds(operand.read(name, value).as_ref(), expected)
            }
            Self::Matches(operand, pattern) => (operand.read(name, value))
                .is_some_and(|text| text.as_str().is_some_and(|text| pattern.is_match(text))),
        }
    }
}

impl Operand {
    fn read(&self, name: &str, value: &Value) -> Option<Value> {
        match self {
            Self::Name => Some(Value::String(name.to_owned())),
            Self::Property(path) => get(value, path).cloned(),
        }
    }
}

impl Comparison {
    fn holds(self, found: Option<&Value>, expected: &Value) -> bool {
        let order = found.and_then(|found| compare(found, expected));
        match self {
            Self::Equal => found == Some(expected) || order == Some(Ordering::Equal),
            Self::NotEqual => !Self::Equal.holds(found, expected),
            Self::Less => order == Some(Ordering::Less),
            Self::LessOrEqual => order.is_some_and(Ordering::is_le),
            Self::Greater => order == Some(Ordering::Greater),
            Self::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

/// Compares two numbers or two texts.
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn parse_filter(text: &str, depth: usize) -> Option<Filter> {
    let text = text.trim();
    if text.is_empty() || depth > MAX_DEPTH {
        return None;
    }
    let parse_all = |parts: Vec<&str>| -> Option<Vec<Filter>> {
        let parts = parts.into_iter();
        parts.map(|part| parse_filter(part, depth + 1)).collect()
    };
    let parts = split_at_operator(text, "||");
    if parts.len() > 1 {
        return parse_all(parts).map(Filter::Or);
    }
    let parts = split_at_operator(text, "&&");
    if parts.len() > 1 {
        return parse_all(parts).map(Filter::And);
    }
    if let Some((operand, pattern)) = parse_match(text) {
        return Some(Filter::Matches(parse_operand(operand)?, pattern));
    }
    if let Some(inside) = text.strip_prefix('(') {
        return parse_filter(inside.strip_suffix(')')?, depth + 1);
    }
    if let Some(rest) = text.strip_prefix('!') {
        return Some(Filter::Not(Box::new(parse_filter(rest, depth + 1)?)));
    }
    parse_comparison(text)
}

fn parse_comparison(text: &str) -> Option<Filter> {
    for (operator, comparison) in OPERATORS {
        if let [operand, value] = split_at_operator(text, operator).as_slice() {
            let value = value.trim();
            let value = match unquote_string(value) {
                Some(text) => Value::String(text),
                None => serde_json::from_str(value).ok()?,
            };
            return Some(Filter::Compares(
                parse_operand(operand)?,
                *comparison,
                value,
            ));
        }
    }
    parse_operand(text).map(Filter::Exists)
}

fn parse_operand(text: &str) -> Option<Operand> {
    let text = text.trim();
    if text == "@property" {
        return Some(Operand::Name);
    }
    let mut rest = text.strip_prefix('@')?;
    let mut names = Vec::new();
    while !rest.is_empty() {
        let (step, after) = parse_step(rest).ok()?;
        match step.selector {
            Selector::Names(mut list) if list.len() == 1 && !step.is_deep => {
                names.append(&mut list);
            }
            _ => return None,
        }
        rest = after;
    }
    Some(Operand::Property(names))
}

/// Whether a regular expression can follow a text.
fn begins_pattern(before: Option<&str>) -> bool {
    before.is_some_and(|before| before.trim_end().ends_with(['~', '(']))
}

/// Splits a text at an operator outside of quotes, patterns, parentheses and brackets.
fn split_at_operator<'t>(text: &'t str, operator: &str) -> Vec<&'t str> {
    let (mut quote, mut depth, mut start) = (None, 0_usize, 0);
    let mut parts = Vec::new();
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '/') if begins_pattern(text.get(..index)) => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, _) => {
                let is_operator = depth == 0
                    && index >= start
                    && text
                        .get(index..)
                        .is_some_and(|rest| rest.starts_with(operator));
                if is_operator {
                    parts.extend(text.get(start..index));
                    start = index + operator.len();
                }
            }
        }
    }
    parts.extend(text.get(start..));
    parts
}
