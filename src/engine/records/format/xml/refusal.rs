//! An answer that is no data: services answer with a document of another kind where a limit is reached or a key is
//! wrong, and it stands among the others as a file of its own. A row of it would be a record that nobody has.

use super::Beginning;
use super::beside::Beside;
use super::survey::{FILE, Survey};
use crate::engine::records::markup::xml::tree::Tree;

/// Answers of this kind are short: bytes of the document, and its values.
pub(super) const LONGEST_DOCUMENT: usize = 16 << 10;
const MOST_VALUES: usize = 24;
/// So much of its message is told.
const LONGEST: usize = 300;
/// Roots of answers that are no data, without prefix and in small letters.
const ROOTS: [&str; 11] = [
    "error",
    "errors",
    "errorresponse",
    "error_response",
    "fault",
    "exception",
    "exceptions",
    "exceptionreport",
    "serviceexception",
    "serviceexceptionreport",
    "openapi_serviceresponse",
];
/// What elements are called that say why; the first two also where nothing else says that it is no data.
const MESSAGES: [&str; 7] = ["msg", "message", "errmsg", "returnauthmsg", "faultstring", "reason", "description"];
/// What elements are called that say it by a number.
const CODES: [&str; 4] = ["code", "faultcode", "errorcode", "returnreasoncode"];

/// The message of an answer that is no data; `None` for any other file, and where the files beside it are of its
/// kind: then they are somebody's records.
pub(super) fn message(beginning: &Beginning, beside: Option<&Beside>) -> Option<String> {
    let (tree, survey) = (&beginning.tree, beginning.survey());
    let [root] = survey.kinds[FILE].children[..] else { return None };
    let name = survey.kinds[root].name.as_str();
    let repeats = survey.kinds[1..].iter().any(|kind| kind.most > 1);
    if repeats || survey.kinds[root].values > MOST_VALUES || !is_refusal(&survey, root) {
        return None;
    }
    if beside.is_some_and(|beside| beside.is_of_most(name)) {
        return None;
    }
    let leaf = |names: &[&str]| {
        let is_one = |at: &usize| names.contains(&local(tree.name(*at)).as_str()) && !words(tree, *at).is_empty();
        let all = (0..tree.nodes.len()).filter(|at| tree.is_element(*at) && tree.elements(Some(*at)).next().is_none());
        all.filter(is_one).map(|at| words(tree, at)).max_by_key(String::len)
    };
    let own = || Some(words(tree, tree.elements(None).next()?)).filter(|own| !own.is_empty());
    let said = leaf(&MESSAGES).or_else(own)?;
    let said = leaf(&CODES).map_or_else(|| said.clone(), |code| format!("{said} ({code})"));
    Some(said.chars().take(LONGEST).collect())
}

/// The root's name says so, or the document is nothing but a code and a message.
fn is_refusal(survey: &Survey, root: usize) -> bool {
    let children: Vec<String> =
        survey.kinds[root].children.iter().map(|kind| local(&survey.kinds[*kind].name)).collect();
    let has = |name: &str| children.iter().any(|child| child == name);
    ROOTS.contains(&local(&survey.kinds[root].name).as_str())
        || (children.len() == 2 && has("code") && (has(MESSAGES[0]) || has(MESSAGES[1])))
}

/// A name without its prefix, in small letters.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// The words of an element that stand directly in it.
fn words(tree: &Tree, of: usize) -> String {
    let texts = tree.children(Some(of)).filter(|at| !tree.is_element(*at)).map(|at| tree.text(at));
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
