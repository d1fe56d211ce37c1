//! Results: a line each, with the goal that it is held against.

use std::fmt;

use serde::Serialize;

/// A figure, the figure that it is compared with, and its goal.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    name: String,
    unit: &'static str,
    ours: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    theirs: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<Goal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<bool>,
}

/// The goal of a figure.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtMost(limit) => figure <= limit,
            Self::AtLeast(limit) => figure >= limit,
        }
    }
}

impl Row {
    /// A cost, whose ratio to the other's should be small.
    pub(super) fn at_most(
        name: &str,
        unit: &'static str,
        ours: f64,
        theirs: f64,
        goal: f64,
    ) -> Self {
        Self::ratio(name, unit, ours, theirs, Some(Goal::AtMost(goal)))
    }

    /// A figure compared with another one, without a goal.
    pub(super) fn compared(name: &str, unit: &'static str, ours: f64, theirs: f64) -> Self {
        Self::ratio(name, unit, ours, theirs, None)
    }

    /// A speed, whose ratio to the other's should be large.
    pub(super) fn at_least(
        name: &str,
        unit: &'static str,
        ours: f64,
        theirs: f64,
        goal: f64,
    ) -> Self {
        Self::ratio(name, unit, ours, theirs, Some(Goal::AtLeast(goal)))
    }

    /// A cost that is held against a limit of its own.
    pub(super) fn within(name: &str, unit: &'static str, ours: f64, limit: f64) -> Self {
        let goal = Goal::AtMost(limit);
        Self {
            name: name.to_owned(),
            unit,
            ours,
            theirs: None,
            ratio: None,
            goal: Some(goal),
            met: Some(goal.is_met(ours)),
        }
    }

    fn ratio(name: &str, unit: &'static str, ours: f64, theirs: f64, goal: Option<Goal>) -> Self {
        let ratio = ours / theirs;
        Self {
            name: name.to_owned(),
            unit,
            ours,
            theirs: Some(theirs),
            ratio: Some(ratio),
            goal,
            met: goal.map(|goal| goal.is_met(ratio)),
        }
    }
}

/// The heading of the table.
pub(super) const HEADING: &str =
    "what                                      ours     other     ratio  goal";

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{} ({})", self.name, self.unit);
        write!(f, "{name:<36}{:>10.3}", self.ours)?;
        match (self.theirs, self.ratio) {
            (Some(theirs), Some(ratio)) => write!(f, "{theirs:>10.3}{ratio:>10.3}")?,
            _ => write!(f, "{:>10}{:>10}", "-", "-")?,
        }
        let goal = match self.goal {
            None => return Ok(()),
            Some(Goal::AtMost(limit)) => format!("<= {limit}"),
            Some(Goal::AtLeast(limit)) => format!(">= {limit}"),
        };
        let verdict = if self.met == Some(true) {
            "met"
        } else {
            "missed"
        };
        write!(f, "  {goal:<9}{verdict}")
    }
}
