//! The script: the server's action for each attempt of a call, and the outcome of the call.

/// The server's action for an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Sends a complete response.
    Answer,
    /// Resets the connection.
    Reset,
    /// Closes the connection.
    Close,
    /// Sends half a head and closes.
    CutHead,
    /// Sends bytes that are not HTTP.
    Foreign,
    /// Sends nothing until the client closes the connection.
    Stall,
    /// Sends 503 with a wait of a millisecond.
    Busy,
    /// Sends half a body and closes.
    CutBody,
    /// Sends half a body and nothing more.
    StallBody,
    /// Sends invalid JSON.
    InvalidJson,
    /// Redirects to the same URL again and again.
    RedirectLoop,
}

/// Number of ways to fail.
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
    Act::InvalidJson,
    Act::RedirectLoop,
];

/// Outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Answer,
    Connect,
    Timeout,
    Status(u16),
    Decode,
}

/// Decides how the server fails.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    attempts: u32,
}

impl Script {
    /// Makes a script for calls with at most this many attempts.
    pub(crate) fn new(attempts: u32) -> Self {
        Self { attempts }
    }

    /// Chooses the action for an attempt, counted from 0. Ten of sixteen attempts fail.
    pub(crate) fn choose_act(self, call: u32, attempt: u32) -> Act {
        // Multiplied and folded, so that calls with adjacent numbers differ.
        let mut mixed = u64::from(call) << 8 | u64::from(attempt);
        for _ in 0..3 {
            mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let place = usize::try_from(mixed >> 60).unwrap();
        FAILURES.get(place).copied().unwrap_or(Act::Answer)
    }

    /// Computes the outcome of a call, and its number of attempts.
    pub(crate) fn outcome(self, call: u32) -> (End, u32) {
        let mut attempt = 0;
        loop {
            let (end, again) = match self.choose_act(call, attempt) {
                Act::Answer => (End::Answer, false),
                Act::Reset | Act::Close | Act::CutHead | Act::Foreign => (End::Connect, true),
                Act::Stall => (End::Timeout, true),
                Act::Busy => (End::Status(503), true),
                // A response that began is not requested again.
                Act::CutBody | Act::RedirectLoop => (End::Connect, false),
                Act::StallBody => (End::Timeout, false),
                Act::InvalidJson => (End::Decode, false),
            };
            attempt += 1;
            if !again || attempt == self.attempts {
                return (end, attempt);
            }
        }
    }
}

#[test]
fn the_script_uses_every_failure() {
    let script = Script::new(3);
    let acts: Vec<Act> = (0..1000).map(|call| script.choose_act(call, 0)).collect();
    for way in FAILURES.into_iter().chain([Act::Answer]) {
        assert!(acts.contains(&way), "{way:?}");
    }
    let longest = (0..1000).map(|call| script.outcome(call).1).max();
    assert_eq!(longest, Some(3));
}
