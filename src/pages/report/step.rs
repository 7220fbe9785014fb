//! The steps of the form, in their order.

use domain::Lang;

use crate::words;

/// One step; each can be visited at any time, so that a photo may come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// What happened.
    What,
    /// Where.
    Where,
    /// Photos.
    Evidence,
    /// Anonymous or not.
    Who,
    /// What the public would see.
    Preview,
}

impl Step {
    pub(super) const ALL: [Self; 5] =
        [Self::What, Self::Where, Self::Evidence, Self::Who, Self::Preview];

    /// The value of `?step=`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Where => "where",
            Self::Evidence => "evidence",
            Self::Who => "who",
            Self::Preview => "preview",
        }
    }

    /// The step of that key.
    pub(super) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }

    /// From 1.
    pub(super) const fn number(self) -> usize {
        self as usize + 1
    }

    pub(super) fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::What => words::report_step_what(lang),
            Self::Where => words::report_step_where(lang),
            Self::Evidence => words::report_step_evidence(lang),
            Self::Who => words::report_step_who(lang),
            Self::Preview => words::report_step_preview(lang),
        }
    }

    /// The step before.
    pub(super) fn before(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }

    /// The step after.
    pub(super) fn after(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn steps_follow_each_other_and_are_found_by_their_keys() {
        let mut step = Step::What;
        for expected in Step::ALL {
            assert_eq!(step, expected);
            assert_eq!(Step::from_key(step.key()), Some(step));
            assert_eq!(step.after().and_then(Step::before), step.after().map(|_| step));
            step = step.after().unwrap_or(step);
        }
        assert_eq!(
            (Step::What.before(), Step::Preview.after(), Step::Who.number()),
            (None, None, 4)
        );
    }
}
