//! The singular of English words.

/// Words that end in `s` in the singular.
const SAME: &[&str] = &[
    "access",
    "address",
    "alias",
    "analysis",
    "atlas",
    "aws",
    "basis",
    "bias",
    "bus",
    "canvas",
    "chaos",
    "cors",
    "css",
    "dns",
    "gps",
    "https",
    "iaas",
    "ios",
    "kubernetes",
    "lens",
    "macos",
    "news",
    "paas",
    "plus",
    "process",
    "rds",
    "saas",
    "series",
    "sms",
    "species",
    "status",
    "tls",
    "us",
    "windows",
];

/// Plurals that no rule covers, with their singulars.
const IRREGULAR: &[(&str, &str)] = &[
    ("ads", "ad"),
    ("apis", "api"),
    ("caches", "cache"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("cpus", "cpu"),
    ("emojis", "emoji"),
    ("gpus", "gpu"),
    ("ids", "id"),
    ("indices", "index"),
    ("ips", "ip"),
    ("kpis", "kpi"),
    ("menus", "menu"),
    ("movies", "movie"),
    ("people", "person"),
    ("skus", "sku"),
    ("ties", "tie"),
    ("uris", "uri"),
    ("vertices", "vertex"),
    ("vms", "vm"),
];

/// Returns the singular of a word.
pub(super) fn to_singular(word: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*one).to_owned();
    }
    if SAME.contains(&word)
        || word.ends_with("ss")
        || word.ends_with("us")
        || word.ends_with("is")
        || word.len() < 4
    {
        return word.to_owned();
    }
    for (plural, one) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("statuses", "status"),
        ("aliases", "alias"),
        ("s", ""),
    ] {
        if let Some(stem) = word.strip_suffix(plural) {
            return format!("{stem}{one}");
        }
    }
    word.to_owned()
}
