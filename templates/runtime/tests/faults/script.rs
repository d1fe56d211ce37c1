//! What the server does with each attempt of each call, and what must come of it.

/// What the server does with an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Answers what was asked.
    Answer,
    /// Resets the connection.
    Reset,
    /// Closes the connection.
    Close,
    /// Sends half a head and closes.
    CutHead,
    /// Answers in another protocol.
    Foreign,
    /// Says nothing until the client leaves.
    Stall,
    /// Is busy for a millisecond.
    Busy,
    /// Sends half a body and closes.
    CutBody,
    /// Sends half a body and nothing more.
    StallBody,
    /// Sends what is no JSON.
    Garble,
    /// Redirects in a circle.
    Circle,
}

/// How many ways to fail there are.
pub(crate) const WAYS: usize = FAILURES.len();

const FAILURES: [Act; 10] = [
    Act::Reset,
    Act::Close,
    Act::CutHead,
    Act::Foreign,
    Act::Stall,
    Act::Busy,
    Act::CutBody,
    Act::StallBody,
    Act::Garble,
    Act::Circle,
];

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Answer,
    Connect,
    Timeout,
    Status(u16),
    Decode,
}

/// The rule by which the server fails.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    attempts: u32,
}

impl Script {
    /// A rule for calls of at most this many attempts.
    pub(crate) fn new(attempts: u32) -> Self {
        Self { attempts }
    }

    /// What the server does with an attempt, counted from 0: of sixteen, ten fail.
    pub(crate) fn act(self, call: u32, attempt: u32) -> Act {
        // Multiplied and folded, so that neighbours have nothing in common.
        let mut mixed = u64::from(call) << 8 | u64::from(attempt);
        for _ in 0..3 {
            mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let place = usize::try_from(mixed >> 60).unwrap();
        FAILURES.get(place).copied().unwrap_or(Act::Answer)
    }

    /// How a call ends, and after how many attempts.
    pub(crate) fn outcome(self, call: u32) -> (End, u32) {
        let mut attempt = 0;
        loop {
            let (end, again) = match self.act(call, attempt) {
                Act::Answer => (End::Answer, false),
                Act::Reset | Act::Close | Act::CutHead | Act::Foreign => (End::Connect, true),
                Act::Stall => (End::Timeout, true),
                Act::Busy => (End::Status(503), true),
                // What began as an answer is not asked for again.
                Act::CutBody | Act::Circle => (End::Connect, false),
                Act::StallBody => (End::Timeout, false),
                Act::Garble => (End::Decode, false),
            };
            attempt += 1;
            if !again || attempt == self.attempts {
                return (end, attempt);
            }
        }
    }
}

#[test]
fn the_rule_uses_every_way() {
    let script = Script::new(3);
    let acts: Vec<Act> = (0..1000).map(|call| script.act(call, 0)).collect();
    for way in FAILURES.into_iter().chain([Act::Answer]) {
        assert!(acts.contains(&way), "{way:?}");
    }
    let longest = (0..1000).map(|call| script.outcome(call).1).max();
    assert_eq!(longest, Some(3));
}
