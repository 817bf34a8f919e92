//! Which elements are the records: the children of one container. From the root down, into what holds most, until
//! something repeats; and further into what repeats there, while that has values enough of its own.

use std::collections::HashSet;

use super::survey::{FILE, Survey};
use crate::engine::records::markup::xml::rules::Rules;
use crate::engine::records::split::by_tree::wanted::{Children, Container};

/// Roots of well-known kinds of files, and what is a record there.
const KNOWN: [(&str, &str); 5] =
    [("mediawiki", "page"), ("rss", "item"), ("feed", "entry"), ("tmx", "tu"), ("urlset", "url")];

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub children: Children,
    /// Something repeats: it is more than the one record of a document.
    pub repeats: bool,
}

/// Which elements of such files are records; `None` where there is none at all.
#[must_use]
pub fn decide(survey: &Survey) -> Option<Decision> {
    let roots = &survey.kinds[FILE].children;
    let &root = roots.first()?;
    let known = KNOWN.iter().find(|(name, _)| local(&survey.kinds[root].name) == *name);
    if let Some(kind) = known.and_then(|(_, record)| survey.named(record)) {
        let kinds = vec![survey.kinds[kind].name.clone()];
        let children = Children { of: Container::Any, kinds, but: None, in_turn: false };
        return Some(Decision { children, repeats: survey.kinds[kind].count > 1 });
    }
    let several = roots.len() > 1 || survey.kinds[root].most > 1;
    let found = match () {
        () if roots.len() > 1 => None,
        // each of several documents may be a list of records
        () if several && survey.is_glued => in_each(survey, root),
        // elements one after the other, without a root, are records
        () if several => further(survey, root),
        () => container(survey, root, 0),
    };
    if let Some(children) = found {
        return Some(Decision { children, repeats: true });
    }
    let children = match one_inside(survey, root) {
        Some(inside) if !several => Children {
            of: Container::Path(survey.path(root)),
            kinds: vec![survey.kinds[inside].name.clone()],
            but: Some(apart(survey, root, &[inside])),
            in_turn: false,
        },
        _ => Children {
            of: Container::Path(Vec::new()),
            kinds: roots.iter().map(|root| survey.kinds[*root].name.clone()).collect(),
            but: Some(HashSet::new()),
            in_turn: false,
        },
    };
    Some(Decision { children, repeats: several })
}

/// The records of documents of this kind, where they stand directly in the root.
fn in_each(survey: &Survey, root: usize) -> Option<Children> {
    let found = records(survey, root, 0);
    match found[..] {
        [] => further(survey, root),
        [one] => Some(further(survey, one).unwrap_or_else(|| chosen(survey, root, &found))),
        _ => Some(chosen(survey, root, &found)),
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Where nothing repeats, the one element that is the record although it is not the root: the head ends inside it,
/// so that more of its kind may follow; or it holds most, beside something that is no record.
fn one_inside(survey: &Survey, root: usize) -> Option<usize> {
    let children = &survey.kinds[root].children;
    if survey.is_cut
        && let Some(open) = children.iter().find(|kind| survey.kinds[**kind].is_open)
    {
        return Some(*open);
    }
    let total = survey.kinds[root].bytes;
    let holds_most = |kind: &&usize| survey.kinds[**kind].bytes * 2 > total && survey.values_each(**kind) >= 3.0;
    let most = *children.iter().find(holds_most)?;
    let repeats = |kind: usize| {
        let mut inside = vec![kind];
        while let Some(at) = inside.pop() {
            if survey.kinds[at].most > 1 && !Rules::may_run(&survey.kinds[at].name) {
                return true;
            }
            inside.extend(&survey.kinds[at].children);
        }
        false
    };
    children.iter().any(|kind| *kind != most && repeats(*kind)).then_some(most)
}

/// The container of records, at this kind or further inside; `None` where nothing repeats that holds enough.
fn container(survey: &Survey, at: usize, depth: usize) -> Option<Children> {
    let kind = &survey.kinds[at];
    if kind.is_recursive {
        return Some(inside_itself(survey, at));
    }
    let records = records(survey, at, depth);
    if !records.is_empty() {
        if let [one] = records[..]
            && let Some(further) = further(survey, one)
        {
            return Some(further);
        }
        return Some(chosen(survey, at, &records));
    }
    let children = kind.children.iter().copied();
    let most = children.max_by_key(|child| survey.kinds[*child].bytes)?;
    let inside = &survey.kinds[most];
    let goes_on = inside.bytes * 2 > kind.bytes && !inside.children.is_empty() && !Rules::may_run(&inside.name);
    goes_on.then(|| container(survey, most, depth + 1)).flatten()
}

/// Elements that hold others of their name group what stands in them: that is the record where it has values enough.
fn inside_itself(survey: &Survey, at: usize) -> Children {
    let kind = &survey.kinds[at];
    let is_record = |child: &&usize| survey.kinds[**child].count > 1 && survey.values_each(**child) >= 3.0;
    let holds = |child: &usize| survey.kinds[*child].bytes;
    let records: Vec<usize> = kind.children.iter().filter(is_record).copied().collect();
    let held: usize = records.iter().map(holds).sum();
    let named = |kinds: &[usize]| kinds.iter().map(|kind| survey.kinds[*kind].name.clone()).collect();
    if held * 2 > kind.bytes {
        let kinds = named(&records);
        return Children { of: Container::Named(kind.name.clone()), kinds, but: None, in_turn: false };
    }
    // a root inside which more of its name stand is their container
    let of = if kind.parent == FILE { survey.path(at) } else { survey.path(kind.parent) };
    Children { of: Container::Path(of), kinds: named(&[at]), but: None, in_turn: false }
}

/// Into a child of a record that repeats, while it has three values of its own or more and holds most of what the
/// record holds.
fn further(survey: &Survey, record: usize) -> Option<Children> {
    let kind = &survey.kinds[record];
    if kind.is_recursive {
        return Some(inside_itself(survey, record));
    }
    let goes_on = |child: &&usize| {
        let inside = &survey.kinds[**child];
        let repeats = inside.most > 1 && !Rules::may_run(&inside.name) && !inside.is_prose;
        repeats && !survey.is_told_apart(**child) && survey.values_each(**child) >= 3.0 && inside.bytes * 2 > kind.bytes
    };
    let next = *kind.children.iter().find(goes_on)?;
    Some(further(survey, next).unwrap_or_else(|| chosen(survey, record, &[next])))
}

/// The kinds that are records, where they stand in a container of this kind: those that repeat and hold most, and
/// what stands beside them and is like them.
fn records(survey: &Survey, at: usize, depth: usize) -> Vec<usize> {
    let container = &survey.kinds[at];
    let own = container.children.iter().any(|child| survey.kinds[*child].most == 1);
    let may_be = |child: &&usize| {
        let kind = &survey.kinds[**child];
        // sentences and paragraphs are no records, unless the root holds nothing else
        let may_run = Rules::may_run(&kind.name) && (depth > 0 || (own && kind.attributes.is_empty()));
        kind.most > 1 && !may_run
    };
    let repeating: Vec<usize> = container.children.iter().filter(may_be).copied().collect();
    let Some(&main) = repeating.iter().max_by_key(|kind| survey.kinds[**kind].bytes) else { return repeating };
    let (first, bytes) = (survey.kinds[main].first, survey.kinds[main].bytes);
    let is_head = |kind: &usize| survey.kinds[*kind].last < first && survey.kinds[*kind].bytes * 20 < bytes;
    let mut records: Vec<usize> = repeating
        .iter()
        .copied()
        .filter(|kind| *kind == main || (!is_head(kind) && survey.values_each(*kind) >= 2.0))
        .collect();
    if let Some(turn) = in_turn(survey, at, &repeating) {
        records = turn;
    } else {
        let several = records.len() > 1;
        let is_like = |child: &&usize| {
            let kind = &survey.kinds[**child];
            let own_names = kind.attributes.iter().filter(|name| !name.starts_with("xml"));
            let shares = own_names.filter(|name| survey.kinds[main].attributes.contains(*name)).count();
            let names = |of: usize| survey.kinds[of].children.iter().map(|child| &survey.kinds[*child].name);
            let inside = names(**child).filter(|name| names(main).any(|known| known == *name)).count();
            let is_same = shares > 0 && kind.attributes.len() == shares && kind.children.is_empty();
            let is_alike = survey.values_each(**child) >= 2.0 && (several || shares > 0 || inside > 1);
            kind.most == 1 && (is_alike || is_same)
        };
        records.extend(container.children.iter().filter(is_like).copied());
    }
    let sum =
        |of: fn(&super::survey::Kind) -> usize| records.iter().map(|kind| of(&survey.kinds[*kind])).sum::<usize>();
    let share = |held: usize, all: usize| held as f64 / all.max(1) as f64;
    let (held_values, held_bytes) = (sum(|kind| kind.values), sum(|kind| kind.bytes));
    let holds = share(held_values, container.values).max(share(held_bytes, container.bytes));
    let enough = if survey.values_each(main) >= 3.0 { 0.5 } else { 0.75 };
    // a list of single words in a document of other things is a field of it
    let is_list = survey.values_each(main) < 2.0 && depth > 0 && {
        survey.kinds[FILE].values > held_values + 2 && records.len() == 1
    };
    if (holds > enough || (container.values == 0 && holds >= 0.0)) && !is_list { records } else { Vec::new() }
}

/// Leaves that stand in turn, `date`, `post`, `date`, `post`: in their order.
fn in_turn(survey: &Survey, at: usize, repeating: &[usize]) -> Option<Vec<usize>> {
    let is_leaf = |kind: &usize| survey.kinds[*kind].with_elements == 0 && survey.values_each(*kind) < 2.0;
    if repeating.len() < 2 || !repeating.iter().all(is_leaf) {
        return None;
    }
    let order: Vec<usize> = survey.orders.get(&at)?.iter().copied().filter(|kind| repeating.contains(kind)).collect();
    let mut turn: Vec<usize> = Vec::new();
    for kind in &order {
        if !turn.contains(kind) {
            turn.push(*kind);
        }
    }
    let first = *turn.first()?;
    let place = |kind: &usize| turn.iter().position(|known| known == kind);
    let turns = order.iter().filter(|kind| **kind == first).count();
    // none comes twice before the first comes again
    let is_in_order = order.windows(2).all(|pair| pair[1] == first || place(&pair[0]) < place(&pair[1]));
    let is_often = turn.iter().all(|kind| order.iter().filter(|known| *known == kind).count() * 2 >= turns);
    (turns > 1 && is_in_order && is_often).then_some(turn)
}

/// Records of these kinds, in a container of this one.
fn chosen(survey: &Survey, at: usize, records: &[usize]) -> Children {
    let in_turn = in_turn(survey, at, records).is_some();
    let kinds = records.iter().map(|kind| survey.kinds[*kind].name.clone()).collect();
    let but = (!in_turn).then(|| apart(survey, at, records));
    Children { of: Container::Path(survey.path(at)), kinds, but, in_turn }
}

/// Names of what stands beside records and is none.
fn apart(survey: &Survey, at: usize, records: &[usize]) -> HashSet<String> {
    let others = survey.kinds[at].children.iter().filter(|child| !records.contains(child));
    others.map(|child| survey.kinds[*child].name.clone()).collect()
}
