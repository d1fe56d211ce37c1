//! Durations of ISO 8601 that suit a timeout: `PT1M30S`.

/// Returns the milliseconds of a duration of days, hours, minutes and seconds.
pub(super) fn milliseconds(text: &str) -> Option<u64> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let days = sum(days, &[('D', 86_400.0)])?;
    let time = sum(time, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)])?;
    to_whole_millis((days + time) * 1000.0)
}

fn sum(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut total = 0.0;
    for (unit, seconds) in units {
        if let Some((number, rest)) = text.split_once(*unit) {
            total += number.parse::<f64>().ok().filter(|n| *n >= 0.0)? * seconds;
            text = rest;
        }
    }
    text.is_empty().then_some(total)
}

fn to_whole_millis(ms: f64) -> Option<u64> {
    (0.0..1e15).contains(&ms).then_some(ms as u64)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn durations_are_summed() {
        for (text, ms) in [
            ("PT60S", Some(60_000)),
            ("PT1M30S", Some(90_000)),
            ("PT0.5S", Some(500)),
            ("P1DT1H", Some(90_000_000)),
            ("P", None),
            ("60", None),
            ("PT-1S", None),
            ("PT1X", None),
        ] {
            assert_eq!(milliseconds(text), ms, "{text}");
        }
    }
}
