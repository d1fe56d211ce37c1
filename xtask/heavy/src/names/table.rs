//! The table of the pairs, and the means.

use std::fmt;

use super::pair::Pair;

/// Styles whose names people chose. In the others the ids of the document are the names.
const DESIGNED: [&str; 4] = ["fern", "speakeasy", "stainless", "stripe"];

/// The pairs as a table in Markdown.
pub(super) struct Table<'p> {
    pairs: &'p [Pair],
}

impl<'p> Table<'p> {
    pub(super) fn new(pairs: &'p [Pair]) -> Self {
        Self { pairs }
    }
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Inferred call names\n")?;
        writeln!(
            f,
            "Calls that a description and the official SDK of its vendor name alike, in per cent.\n"
        )?;
        writeln!(
            f,
            "| pair | style | calls | same | resource | method | shared |"
        )?;
        writeln!(f, "| --- | --- | ---: | ---: | ---: | ---: | ---: |")?;
        for pair in self.pairs {
            let percent = |count| share(count, pair.calls);
            writeln!(
                f,
                "| {} | {} | {} | {:.0} | {:.0} | {:.0} | {} |",
                pair.name,
                pair.style,
                pair.calls,
                percent(pair.same),
                percent(pair.same_resource),
                percent(pair.same_method),
                pair.shared,
            )?;
        }
        write_mean(f, "mean of all", self.pairs.iter().collect())?;
        let is_designed = |pair: &&Pair| DESIGNED.contains(&pair.style.as_str());
        let designed = self.pairs.iter().filter(is_designed).collect();
        write_mean(f, "mean of designed", designed)
    }
}

fn write_mean(f: &mut fmt::Formatter<'_>, label: &str, pairs: Vec<&Pair>) -> fmt::Result {
    let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let mean = |part: fn(&Pair) -> usize| {
        let shares = pairs.iter().map(|pair| share(part(pair), pair.calls));
        shares.sum::<f64>() / f64::from(count.max(1))
    };
    writeln!(
        f,
        "| {label} | | {} | {:.1} | {:.1} | {:.1} | {} |",
        pairs.iter().map(|pair| pair.calls).sum::<usize>(),
        mean(|pair| pair.same),
        mean(|pair| pair.same_resource),
        mean(|pair| pair.same_method),
        pairs.iter().map(|pair| pair.shared).sum::<usize>(),
    )
}

/// A share in per cent.
fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
    100.0 * number(part) / number(whole.max(1))
}
