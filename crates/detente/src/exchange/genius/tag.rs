//! The elements that mean something, and where they may stand.

/// An element that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Template,
    Space,
    Objective,
    Issue,
    Item,
    Range,
    Evaluator,
    Weight,
    Discount,
    Reservation,
    Utility,
    Function,
    Box,
    Includes,
    Excludes,
    Rules,
    Ranks,
    Constraints,
    Constraint,
    Assignment,
    Check,
}

impl Tag {
    const ALL: [(Tag, &'static str); 21] = [
        (Tag::Template, "negotiation_template"),
        (Tag::Space, "utility_space"),
        (Tag::Objective, "objective"),
        (Tag::Issue, "issue"),
        (Tag::Item, "item"),
        (Tag::Range, "range"),
        (Tag::Evaluator, "evaluator"),
        (Tag::Weight, "weight"),
        (Tag::Discount, "discount_factor"),
        (Tag::Reservation, "reservation"),
        (Tag::Utility, "utility"),
        (Tag::Function, "ufun"),
        (Tag::Box, "hyperRectangle"),
        (Tag::Includes, "INCLUDES"),
        (Tag::Excludes, "EXCLUDES"),
        (Tag::Rules, "rules"),
        (Tag::Ranks, "ranks"),
        (Tag::Constraints, "constraints"),
        (Tag::Constraint, "constraint"),
        (Tag::Assignment, "valueassignment"),
        (Tag::Check, "checkassignment"),
    ];

    pub(super) fn of(name: &str) -> Option<Tag> {
        Tag::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(tag, _)| *tag)
    }

    /// Its name in a file.
    pub(super) fn name(self) -> &'static str {
        Tag::ALL.iter().find(|(tag, _)| *tag == self).map_or("", |(_, name)| name)
    }

    /// Whether it may stand in the other; `None`: in no element that means something.
    pub(super) fn fits(self, parent: Option<Tag>) -> bool {
        match self {
            Tag::Template => parent.is_none(),
            Tag::Space => matches!(parent, None | Some(Tag::Template)),
            Tag::Objective => matches!(parent, Some(Tag::Space | Tag::Objective)),
            Tag::Issue => matches!(parent, Some(Tag::Space | Tag::Objective | Tag::Ranks)),
            Tag::Item => matches!(parent, Some(Tag::Issue | Tag::Constraint)),
            Tag::Range | Tag::Evaluator => parent == Some(Tag::Issue),
            Tag::Weight => matches!(parent, Some(Tag::Space | Tag::Objective | Tag::Issue)),
            Tag::Discount | Tag::Reservation => {
                matches!(parent, Some(Tag::Template | Tag::Space | Tag::Objective))
            }
            Tag::Utility | Tag::Rules => matches!(parent, Some(Tag::Space | Tag::Objective)),
            Tag::Function => parent == Some(Tag::Utility),
            Tag::Box => parent == Some(Tag::Function),
            Tag::Includes | Tag::Excludes => parent == Some(Tag::Box),
            Tag::Ranks => parent == Some(Tag::Rules),
            Tag::Constraints => matches!(parent, Some(Tag::Rules | Tag::Space | Tag::Objective)),
            Tag::Constraint => parent == Some(Tag::Constraints),
            Tag::Assignment | Tag::Check => parent == Some(Tag::Constraint),
        }
    }

    /// Whether an element without a meaning here would change what this one says.
    pub(super) fn is_strict(self) -> bool {
        matches!(self, Tag::Utility | Tag::Function | Tag::Box | Tag::Rules | Tag::Constraints | Tag::Constraint)
    }

    /// Whether the beginning of the other shows that this one, still open, was meant to be closed.
    pub(super) fn ends_before(self, next: Tag) -> bool {
        let structural = matches!(next, Tag::Issue | Tag::Objective | Tag::Weight | Tag::Discount | Tag::Reservation);
        match self {
            Tag::Item => structural || matches!(next, Tag::Item | Tag::Utility | Tag::Evaluator),
            Tag::Weight => structural || next == Tag::Utility,
            Tag::Issue => matches!(next, Tag::Issue | Tag::Objective | Tag::Utility | Tag::Discount | Tag::Reservation),
            Tag::Discount | Tag::Reservation => structural,
            _ => false,
        }
    }
}
