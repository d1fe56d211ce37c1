//! The table: groups of behaviours, each with the tests that prove it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, bail};
use indexmap::IndexMap;
use serde::Deserialize;

/// The table as it is written.
#[derive(Deserialize)]
pub(super) struct Table {
    /// The sets of tests, each with the arguments of cargo that run it.
    pub(super) targets: IndexMap<String, String>,
    /// The behaviours, by group, with their tests: `target::module::test`.
    #[serde(flatten)]
    groups: IndexMap<String, IndexMap<String, Vec<String>>>,
}

impl Table {
    pub(super) fn read(path: &str) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| path.to_owned())?;
        toml::from_str(&text).with_context(|| path.to_owned())
    }

    /// The rows: their group, their statement, and their tests.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &str, &Vec<String>)> {
        self.groups.iter().flat_map(|(group, rows)| {
            rows.iter()
                .map(|(behaviour, tests)| (group.as_str(), behaviour.as_str(), tests))
        })
    }

    /// The targets that rows name: their name, their arguments, and their tests
    /// without the target's name.
    ///
    /// # Errors
    ///
    /// A row has no test, or names an unknown target.
    pub(super) fn tests(&self) -> anyhow::Result<Vec<(&str, &str, BTreeSet<&str>)>> {
        let mut all = BTreeMap::<_, BTreeSet<_>>::new();
        for (_, behaviour, tests) in self.rows() {
            if tests.is_empty() {
                bail!("`{behaviour}` has no test");
            }
            for test in tests {
                let known = test
                    .split_once("::")
                    .filter(|(target, _)| self.targets.contains_key(*target));
                let Some((target, name)) = known else {
                    bail!("`{behaviour}`: `{test}` is of no target");
                };
                all.entry(target).or_default().insert(name);
            }
        }
        let targets = self.targets.iter();
        Ok(targets
            .filter_map(|(name, arguments)| {
                Some((
                    name.as_str(),
                    arguments.as_str(),
                    all.remove(name.as_str())?,
                ))
            })
            .collect())
    }
}
