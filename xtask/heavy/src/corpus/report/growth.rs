//! Growth: the compiler's cost for documents of different sizes.
//!
//! A cost in proportion to the size is the same in each group, except for the fixed cost of each
//! crate: the runtime, the manifest, the start of a process.

use std::fmt;

use super::{Fate, Row};

/// The groups, each up to ten times as large as the one before.
pub(super) struct Growth(Vec<Group>);

/// Documents of a size.
struct Group {
    /// The power of ten that their operations begin with.
    power: u32,
    documents: usize,
    /// Medians, in milliseconds of CPU.
    per_operation: f64,
    per_thousand_lines: f64,
}

impl Growth {
    pub(super) fn new(rows: &[Row]) -> Self {
        let generated = |row: &&Row| row.fate == Fate::Generated && row.figures.operations > 0;
        let rows: Vec<&Row> = rows.iter().filter(generated).collect();
        let power = |row: &Row| row.figures.operations.ilog10();
        let largest = rows.iter().map(|row| power(row)).max();
        let powers = 0..largest.map_or(0, |largest| largest + 1);
        Self(
            powers
                .filter_map(|at| {
                    let group: Vec<&Row> = rows
                        .iter()
                        .copied()
                        .filter(|row| power(row) == at)
                        .collect();
                    Some(Group {
                        power: at,
                        documents: group.len(),
                        per_operation: median(&group, |row| row.figures.operations, 1.0)?,
                        per_thousand_lines: median(&group, |row| row.figures.lines, 1000.0)?,
                    })
                })
                .collect(),
        )
    }
}

/// The median of the milliseconds for so many of something.
fn median(rows: &[&Row], size: impl Fn(&Row) -> usize, many: f64) -> Option<f64> {
    let cost = |row: &&Row| row.generate_seconds * 1000.0 * many / size(row).max(1) as f64;
    let mut costs: Vec<f64> = rows.iter().map(cost).collect();
    costs.sort_by(f64::total_cmp);
    costs.get(costs.len() / 2).copied()
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in &self.0 {
            writeln!(
                f,
                "{:>7} documents of {} operations or more: {:.2} ms an operation, {:.2} ms a thousand lines",
                group.documents,
                10_u32.saturating_pow(group.power),
                group.per_operation,
                group.per_thousand_lines,
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_grouped_by_their_size() {
        let row = |operations: usize, seconds: f64| {
            let mut row = Row::new("a document");
            row.fate = Fate::Generated;
            row.figures.operations = operations;
            row.figures.lines = operations * 100;
            row.generate_seconds = seconds;
            row
        };
        let rows = [
            row(1, 0.001),
            row(2, 0.004),
            row(9, 0.027),
            row(100, 0.4),
            row(0, 1.0),
            Row::new("not generated"),
        ];
        let shown = Growth::new(&rows).to_string();
        let lines: Vec<&str> = shown.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "3 documents of 1 operations or more: 2.00 ms an operation, 20.00 ms a thousand lines",
                "1 documents of 100 operations or more: 4.00 ms an operation, 40.00 ms a thousand lines",
            ]
        );
    }
}
