//! Classification of the text of a path's segment: a version, a generated key, or a name.

/// Whether a segment is a version: `v2`, `v1beta1`, `2010-04-01`.
pub(super) fn is_version(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = lower.strip_prefix('v').unwrap_or(&lower);
    let has_prefix = number.len() < lower.len();
    let mut rest: String = number.to_owned();
    for word in ["preview", "alpha", "beta", "rc", "p"] {
        rest = rest.replace(word, "");
    }
    let is_plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || "._-".contains(c))
    };
    let begins = number.starts_with(|c: char| c.is_ascii_digit());
    begins && (has_prefix && is_plain(&rest) || is_plain(number))
}

/// Whether a segment is a number or a generated key: `42`, `a3f8…`, a UUID.
pub(super) fn is_generated(text: &str) -> bool {
    const FEWEST_DIGITS: usize = 8;
    let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_hexadecimal = text.len() >= FEWEST_DIGITS
        && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
        && text.contains(|c: char| c.is_ascii_digit())
        && text.contains(|c: char| c.is_ascii_alphabetic());
    is_number || is_hexadecimal
}

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions_are_no_names() {
        for version in ["v1", "V2", "v1beta1", "v2.1", "2010-04-01", "3", "v1alpha"] {
            assert!(is_version(version), "{version}");
        }
        for name in ["vms", "v", "version", "2fa", "10dlc", "x2"] {
            assert!(!is_version(name), "{name}");
        }
    }
}
