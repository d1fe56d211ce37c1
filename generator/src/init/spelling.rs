//! Spelling: a text that is read as the same words again.

use crate::ir::Words;

/// Spells words as a key of the configuration: in snake case, if that is read as the same words.
pub(crate) fn spell(words: &Words) -> String {
    let snake = words.snake();
    let others = [snake.replace('_', "-"), words.pascal()];
    let mut spellings = [snake.clone()].into_iter().chain(others);
    let exact = spellings.find(|spelling| Words::split(spelling) == *words);
    exact.unwrap_or(snake)
}
