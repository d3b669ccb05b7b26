//! Names that come back from a file as they are: readers take spaces around them away, and XML has not every character.

use super::xml::held;
use crate::game::Space;
use std::collections::{HashMap, HashSet};

/// The space with names that a file can hold, no two alike; and how many names had to be changed.
pub(super) fn holdable(space: &Space) -> (Space, usize) {
    let mut space = space.clone();
    let mut changed = 0;
    let issues: Vec<String> = distinct(space.issues.iter().map(|issue| issue.id.as_str()), "issue");
    for (issue, id) in space.issues.iter_mut().zip(issues) {
        changed += usize::from(issue.id != id);
        issue.id = id;
        let values = distinct(issue.values.iter().map(|value| value.id.as_str()), "value");
        for (value, id) in issue.values.iter_mut().zip(values).filter(|(value, id)| value.id != *id) {
            changed += 1;
            if value.label == value.id {
                value.label.clone_from(&id);
            }
            value.id = id;
        }
    }
    (space, changed)
}

/// Each name as a file holds it; one that is empty then is called `what`, and one that is taken gets a number.
fn distinct<'a>(names: impl Iterator<Item = &'a str> + Clone, what: &str) -> Vec<String> {
    // Names that stay as they are come first, so that none of them has to give way to one that is changed.
    let mut taken: HashSet<String> = names.clone().filter(|name| stays(name)).map(String::from).collect();
    let mut next: HashMap<String, usize> = HashMap::new();
    let name = |name: &str| {
        if stays(name) {
            return name.to_string();
        }
        let held: String = name.chars().map(held).collect();
        let base = if held.trim().is_empty() { what } else { held.trim() };
        let mut found = base.to_string();
        let n = next.entry(base.to_string()).or_insert(2);
        while !taken.insert(found.clone()) {
            found = format!("{base}-{n}");
            *n += 1;
        }
        found
    };
    names.map(name).collect()
}

fn stays(name: &str) -> bool {
    !name.is_empty() && name.trim().len() == name.len() && name.chars().all(|c| held(c) == c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::Issue;

    #[test]
    fn names_that_readers_would_change_are_changed_and_stay_apart() {
        let space = Space { issues: vec![Issue::named(" ", &["", " a", "a", "\u{1}", "\u{2}", "b c", "value", "\n"])] };
        let (space, changed) = holdable(&space);
        let ids: Vec<&str> = space.issues[0].values.iter().map(|v| v.id.as_str()).collect();
        assert_eq!(ids, ["value-2", "a-2", "a", "\u{FFFD}", "\u{FFFD}-2", "b c", "value", "value-3"]);
        assert_eq!((space.issues[0].id.as_str(), changed), ("issue", 6));
    }
}
