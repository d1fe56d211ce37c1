//! What a plain scalar of YAML is: the core schema of YAML 1.2.
//!
//! `no`, `on` and `2024-01-01` are strings. So are numbers with leading
//! zeros, which nobody means as numbers, and `.nan`, which JSON cannot say.

use serde_json::{Number, Value};

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return Some(u64::from_str_radix(digits, 16).ok()?.into());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return Some(u64::from_str_radix(digits, 8).ok()?.into());
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !is_decimal(unsigned) {
        return None;
    }
    if let Ok(value) = text.parse::<i64>() {
        return Some(value.into());
    }
    if let Ok(value) = text.parse::<u64>() {
        return Some(value.into());
    }
    Number::from_f64(text.parse().ok()?)
}

/// Digits, perhaps a fraction, perhaps an exponent; no leading zeros.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let zeros = whole.len() > 1 && whole.starts_with('0');
    let mantissa_ok = !zeros
        && match (whole, fraction) {
            ("", fraction) => digits(fraction) && mantissa.contains('.'),
            (whole, "") => digits(whole),
            (whole, fraction) => digits(whole) && digits(fraction),
        };
    mantissa_ok && exponent.is_none_or(|e| digits(e.strip_prefix(['-', '+']).unwrap_or(e)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::resolve;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, value) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("True", json!(true)),
            ("no", json!("no")),
            ("on", json!("on")),
            ("200", json!(200)),
            ("-3", json!(-3)),
            ("+3", json!(3)),
            ("3.0", json!(3.0)),
            (".5", json!(0.5)),
            ("5.", json!(5.0)),
            ("1e3", json!(1000.0)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            (
                "18446744073709551615",
                json!(18_446_744_073_709_551_615_u64),
            ),
            ("007", json!("007")),
            ("2024-01-01", json!("2024-01-01")),
            ("1.2.3", json!("1.2.3")),
            ("1_000", json!("1_000")),
            (".", json!(".")),
            ("-", json!("-")),
            ("e5", json!("e5")),
            (".nan", json!(".nan")),
        ] {
            assert_eq!(resolve(text), value, "{text}");
        }
    }
}
