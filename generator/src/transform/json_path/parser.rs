//! The syntax of JSONPath.

use super::filter::Filter;
use super::literal::unquote_string;
use super::{Selector, Step};

/// Parses the first segment of a path. Returns it with the rest.
pub(super) fn parse_step(text: &str) -> Result<(Step, &str), String> {
    let (is_deep, rest) = match text.strip_prefix("..") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if let Some(after) = rest.strip_prefix('^').filter(|_| !is_deep) {
        let selector = Selector::Parent;
        return Ok((Step { is_deep, selector }, after));
    }
    if let Some(inside) = rest.strip_prefix('[') {
        let (selector, rest) = parse_brackets(inside)?;
        return Ok((Step { is_deep, selector }, rest));
    }
    let rest = match (is_deep, rest.strip_prefix('.')) {
        (true, _) => rest,
        (false, Some(rest)) => rest,
        (false, None) => return Err(format!("`.` or `[` is missing before `{rest}`")),
    };
    let end = rest.find(['.', '[', '^']).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let selector = match name {
        "" => return Err("a name is missing".to_owned()),
        "*" => Selector::Any,
        name if name.contains(|c: char| c.is_whitespace() || "<>=!()&|~^@".contains(c)) => {
            return Err(format!("`{name}` is not a name"));
        }
        name => Selector::Names(vec![name.to_owned()]),
    };
    Ok((Step { is_deep, selector }, after))
}

/// Parses the content of brackets. Returns it with the text after them.
fn parse_brackets(text: &str) -> Result<(Selector, &str), String> {
    let end = closing_bracket(text).ok_or("`]` is missing")?;
    let (inside, rest) = text.split_at(end);
    let rest = rest.get(1..).unwrap_or_default();
    let inside = inside.trim();
    if inside == "*" {
        return Ok((Selector::Any, rest));
    }
    if let Some(filter) = inside.strip_prefix('?') {
        return Ok((Selector::Filter(Filter::parse(filter)?), rest));
    }
    if let Some(slice) = parse_slice(inside) {
        return Ok((slice, rest));
    }
    let names = split_outside_quotes(inside);
    let names: Result<Vec<String>, String> = names
        .into_iter()
        .map(|name| {
            let name = name.trim();
            match unquote_string(name) {
                Some(name) => Ok(name),
                None if name.parse::<i64>().is_ok() => Ok(name.to_owned()),
                None => Err(format!("`{name}` is neither a quoted name nor an index")),
            }
        })
        .collect();
    Ok((Selector::Names(names?), rest))
}

/// Parses `start:end`. Both indices are optional.
fn parse_slice(text: &str) -> Option<Selector> {
    let (start, end) = text.split_once(':')?;
    let position = |text: &str| match text.trim() {
        "" => Some(None),
        text => text.parse::<i64>().ok().map(Some),
    };
    Some(Selector::Slice(position(start)?, position(end)?))
}

/// Returns the index of the closing bracket, outside of quotes and of nested brackets.
fn closing_bracket(text: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') if depth == 0 => return Some(index),
            (None, ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

fn split_outside_quotes(text: &str) -> Vec<&str> {
    let mut quote = None;
    text.split(|c: char| match quote {
        Some(open) => {
            if c == open {
                quote = None;
            }
            false
        }
        None => {
            if c == '\'' || c == '"' {
                quote = Some(c);
            }
            c == ','
        }
    })
    .collect()
}
