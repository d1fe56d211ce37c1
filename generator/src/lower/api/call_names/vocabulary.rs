//! English words that the rules know: acts, prepositions and articles, singulars and plurals.

use crate::ir::{Method, Words};

/// Words that name an act at the beginning of a segment or an id.
const VERBS: &str = "abort accept accumulate ack acknowledge activate add adjust agree analyze \
    anonymize answer appeal append apply approve archive assign associate attach attempt \
    authenticate authorize autocomplete ban batch block calculate cancel capture change charge check claim \
    classify clean clear clone close commit compact compare complete compute confirm connect \
    contest convert copy count create deactivate decline decrypt delete deliver deploy \
    deprovision deregister detach detokenize dial diff disable disassociate disconnect dismiss \
    dispatch downgrade download duplicate edit embed enable encrypt end enqueue enroll escalate \
    estimate evaluate exchange execute expire export extend fetch finalize find flag flush follow \
    fork forward generate get hangup hide impersonate import ingest initialize initiate insert \
    install introspect invalidate invite invoke join kick launch leave like link list lock login \
    logout lookup manage mark merge migrate mint modify move mute nack normalize notify obtain open optimize order \
    patch pause pin ping poll post poweroff poweron prepare preview process promote provision \
    proxy publish pull purge push put query read reassign reboot rebuild recalculate receive \
    recompile record recover redact redeem redeliver redo refresh refund regenerate register \
    reindex reinstate reject rekey release reload remix remove rename render renew reopen replace \
    replay reply report reprocess republish request rerank rerun resend reserve reset resize \
    resolve restart restore resubmit resume retract retrieve retry reveal revert revoke rollback rotate \
    route run save scan schedule search send set settle share ship show shutdown sign simulate \
    snooze split star start stop stream submit subscribe suggest summarize suspend swap sync \
    synchronize tag terminate test toggle tokenize transcribe transfer translate trash trigger \
    unarchive unassign unban unblock undo unfollow unhold uninstall unlike unlink unlock unmerge \
    unmute unpin unpublish unread unregister unresolve unschedule unset unstar unsubscribe \
    unsuspend untag unwatch unyank update upgrade upload upscale upsert validate verify view void \
    vote wait watch yank";

/// Verbs that are as often nouns. Before a plural they are part of a noun: `test_runs`,
/// `order_items`.
const OFTEN_NOUNS: &str = "access address answer backup batch block call charge check claim \
    commit compute copy count display download embed estimate export fetch file filter find flag host import insert issue link \
    list lock log map mark match merge message monitor note order pin preview price process proxy \
    purchase query quote rate receive record refund release render report request reserve route run \
    schedule search share ship sign split stream sync tag test train transfer trigger upload view vote \
    watch";

/// Verbs that can be last in a segment: `playback_start` is `start_playback`.
const TRAILING_VERBS: &str =
    "add cancel change create delete join leave pause remove resume start stop update verify";

/// Prepositions and conjunctions.
const PREPOSITIONS: &str = "and at by for from in into of on or out per to using via with";

/// Articles before the object of an act.
const ARTICLES: &str = "a an the";

/// Words that only mark an operation on many items.
const BULK: &str = "batch bulk mass";

/// Words for the manner of an act. A method has a verb before them: `create_async`.
const MANNERS: &str = "async batch bulk mass sync";

/// Plurals without an `s`.
const IRREGULAR_PLURALS: &str = "children data media people";

/// Plurals that name a single object of an API. A GET reads the whole object.
const SINGLE_THINGS: &str =
    "analytics credentials details limits preferences settings statistics stats";

fn contains(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a word names an act, and is rarely a noun.
pub(super) fn is_clear_verb(word: &str) -> bool {
    (is_verb(word) || standard_verb(word).is_some()) && !contains(OFTEN_NOUNS, word)
        || word == "list"
}

/// Whether a word names an act.
pub(super) fn is_verb(word: &str) -> bool {
    contains(VERBS, word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    contains(PREPOSITIONS, word)
}

pub(super) fn is_article(word: &str) -> bool {
    contains(ARTICLES, word)
}

pub(super) fn is_bulk(word: &str) -> bool {
    contains(BULK, word)
}

/// Whether a segment only names the manner of an act.
pub(super) fn is_manner(words: &Words) -> bool {
    contains(MANNERS, &words.snake())
}

/// Whether a segment names an act: `cancel`, `bulk-delete`, `accept-suggestion`.
///
/// A verb that is often a noun is a noun before a plural: `test-runs`.
pub(super) fn names_act(words: &Words) -> bool {
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    match list.as_slice() {
        [] => false,
        [only] => is_verb(only),
        [bulk, verb, ..] if is_bulk(bulk) => is_verb(verb),
        [first, .., last] => is_verb(first) && !(contains(OFTEN_NOUNS, first) && is_plural(last)),
    }
}

/// The words with the verb first, if they end with one: `gather_stop` is `stop_gather`.
pub(super) fn verb_first(words: &Words) -> Option<Words> {
    let list: Vec<&String> = words.iter().collect();
    let (last, rest) = list.split_last()?;
    let first = rest.first()?;
    let turns = contains(TRAILING_VERBS, last) && !is_verb(first) && !is_bulk(first);
    turns.then(|| [*last].into_iter().chain(rest.iter().copied()).collect())
}

/// Whether a word is a plural.
pub(super) fn is_plural(word: &str) -> bool {
    contains(IRREGULAR_PLURALS, word) || Words::split(word).singular() != Words::split(word)
}

/// Whether the head of a name, which is before any preposition, is a plural: `stops` of
/// `stops_for_location`.
pub(super) fn is_about_many(words: &Words) -> bool {
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    let end = list.iter().skip(1).position(|word| is_preposition(word));
    let head = end.map_or(list.as_slice(), |end| list.get(..=end).unwrap_or_default());
    let is_many = |last: &&str| is_plural(last) && !contains(SINGLE_THINGS, last);
    head.last().is_some_and(is_many)
}

/// Whether the head of a name is followed by a preposition.
pub(super) fn has_preposition(words: &Words) -> bool {
    words.iter().skip(1).any(|word| is_preposition(word))
}

/// The plural of a word, as English usually forms it.
pub(super) fn plural(word: &str) -> String {
    if is_plural(word) {
        return word.to_owned();
    }
    let before_y = |stem: &str| !stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match word.strip_suffix('y') {
        Some(stem) if before_y(stem) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Names compare by their letters, in the singular: `OrderLines`, `order-line` and `orderlines`
/// are equal.
pub(super) fn letters(words: &Words) -> String {
    words.singulars().iter().map(String::as_str).collect()
}

/// The standard method that an id's verb is a synonym of.
pub(super) fn standard_verb(word: &str) -> Option<&'static str> {
    Some(match word {
        "get" | "retrieve" | "fetch" | "read" | "show" | "view" | "describe" | "find" | "load" => {
            "retrieve"
        }
        "list" | "index" => "list",
        "create" | "post" | "new" | "make" => "create",
        "update" | "put" | "patch" | "edit" | "modify" | "save" | "change" => "update",
        "replace" => "replace",
        "delete" | "remove" | "destroy" | "del" => "delete",
        _ => return None,
    })
}

/// The standard method that the verb of an operation's id is a synonym of. The `load` of a POST
/// sends data, and is none.
pub(super) fn standard_verb_for(method: &Method, word: &str) -> Option<&'static str> {
    standard_verb(word).filter(|_| *method != Method::Post || word != "load")
}

/// Whether a verb of a POST is a synonym of `retrieve` or `list`. `loadPolicy` sends a policy.
pub(super) fn reads(word: &str) -> bool {
    matches!(
        standard_verb_for(&Method::Post, word),
        Some("retrieve" | "list")
    )
}

/// Synonyms of "create" in the words of a domain. SDKs call them `create`: none of 13 official
/// names for `submit`, `send` and `assign` keeps the verb.
pub(super) fn means_create(word: &str) -> bool {
    const CREATING: &str = "add assign attach generate initiate insert issue log make open place \
        post put record register request schedule send start store submit trigger upload write";
    contains(CREATING, word)
}

/// Synonyms of "delete" in the words of a domain.
pub(super) fn means_delete(word: &str) -> bool {
    contains("drop erase purge remove revoke unassign", word)
}

/// Verbs that can name a GET of a resource.
pub(super) fn is_reading_act(word: &str) -> bool {
    contains(
        "check download export poll search stream subscribe verify watch",
        word,
    )
}

/// Whether a method is a standard one.
pub(super) fn is_standard(words: &Words) -> bool {
    contains("create delete list replace retrieve update", &words.snake())
}
