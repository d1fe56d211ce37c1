//! Texts that match a `pattern`.

use regex_lite::Regex;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassBytes, Hir, HirKind};

/// Greatest length of a sample.
pub(super) const MAX_TEXT_LENGTH: usize = 256;

/// Most parts of a pattern that are written. Repetitions of nothing have no length.
const MAX_STEPS: usize = 10_000;

/// A `pattern`, for tests of texts.
pub(super) struct PatternText {
    /// The expression; `None` if it has a syntax that is not supported, such as look-ahead.
    regex: Option<Regex>,
}

impl PatternText {
    /// Compiles a pattern.
    pub(super) fn new(pattern: &str) -> Self {
        Self {
            regex: Regex::new(pattern).ok(),
        }
    }

    /// Whether a text matches. A pattern that is not supported matches all texts.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// Writes a text for a pattern, with this number of repetitions where any number is allowed.
/// Returns `None` if the pattern is not supported, or if its texts are long.
pub(super) fn write_pattern(pattern: &str, repetitions: usize) -> Option<String> {
    // Patterns of JSON Schema are about ASCII where they use classes such as `\d`.
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    let hir = parser.parse(pattern).ok()?;
    let mut writer = PatternWriter {
        text: Vec::new(),
        repetitions: u32::try_from(repetitions).ok()?,
        position: 0,
        steps: MAX_STEPS,
    };
    writer.write(&hir)?;
    String::from_utf8(writer.text).ok()
}

struct PatternWriter {
    text: Vec<u8>,
    repetitions: u32,
    /// The number of characters of classes since the last repetition began.
    position: usize,
    /// The number of parts that may still be written.
    steps: usize,
}

impl PatternWriter {
    fn write(&mut self, hir: &Hir) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.extend(&literal.0),
            HirKind::Class(Class::Bytes(class)) => {
                self.text.push(choose_byte(class, self.position)?);
                self.position += 1;
            }
            HirKind::Class(Class::Unicode(_)) => return None,
            HirKind::Repetition(repetition) => {
                self.position = 0;
                let most = repetition.max.unwrap_or(u32::MAX);
                for _ in 0..self.repetitions.clamp(repetition.min.min(most), most) {
                    self.write(&repetition.sub)?;
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(choices) => self.write(choices.first()?)?,
        }
        (self.text.len() <= MAX_TEXT_LENGTH).then_some(())
    }
}

/// The characters of samples, in order of preference.
const ALPHABETS: [&[u8]; 4] = [
    b"abcdefghijklmnopqrstuvwxyz",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    b"1234567890",
    b" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
];

/// Returns a byte of a class: a letter or a digit if it has one. Bytes at successive positions
/// differ.
fn choose_byte(class: &ClassBytes, position: usize) -> Option<u8> {
    let has = |byte: &u8| {
        let mut ranges = class.iter();
        ranges.any(|range| (range.start()..=range.end()).contains(byte))
    };
    ALPHABETS.iter().find_map(|alphabet| {
        let bytes = alphabet.iter().copied().filter(has);
        let bytes: Vec<u8> = bytes.collect();
        let index = position.checked_rem(bytes.len())?;
        bytes.get(index).copied()
    })
}
