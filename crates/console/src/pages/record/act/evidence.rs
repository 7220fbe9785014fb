//! Photos and records that show what was done.

use domain::rectification::{EventKind, Evidence, EvidenceKind, Phase};
use leptos::prelude::*;
use ui::{Choice, lang};

use super::{said, some};
use crate::{
    components::{Area, Input, PhotosPicked, Select},
    words,
};

/// What was picked and typed.
#[derive(Clone, Copy)]
pub(super) struct EvidenceTyped {
    photos: RwSignal<Vec<String>>,
    phase: RwSignal<String>,
    note: RwSignal<String>,
    record: RwSignal<String>,
}

impl EvidenceTyped {
    pub(super) fn empty() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            photos: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::During.key().to_owned()),
            note: empty(),
            record: empty(),
        }
    }

    /// What comes with the end of the work shows the place after it; a reopening, before it.
    pub(super) fn phase_for(self, kind: EventKind) {
        let phase = match kind {
            EventKind::Done | EventKind::PhaseDone | EventKind::Checked => Phase::After,
            EventKind::Reopened => Phase::Before,
            _ => Phase::During,
        };
        self.phase.set(phase.key().to_owned());
    }

    /// Every photo that has arrived, and the record if there is one.
    pub(super) fn all(self) -> Vec<Evidence> {
        let phase = Phase::from_key(&said(self.phase)).unwrap_or(Phase::During);
        let photo = |sha256: String| Evidence {
            kind: EvidenceKind::Photo,
            phase,
            sha256: Some(sha256),
            note: said(self.note),
        };
        let record = some(self.record).map(|note| Evidence {
            kind: EvidenceKind::Record,
            phase,
            sha256: None,
            note,
        });
        self.photos.get_untracked().into_iter().map(photo).chain(record).collect()
    }
}

/// The fields.
#[component]
pub(super) fn EvidenceFields(typed: EvidenceTyped) -> impl IntoView {
    let lang = lang();
    let phases = Phase::ALL.iter().map(|phase| Choice::new(phase.key(), phase.name(lang)));
    view! {
        <fieldset class="stack">
            <legend class="field-label">{words::evidence_title(lang)}</legend>
            <PhotosPicked stored=typed.photos/>
            <div class="fields">
                <Select label=words::evidence_phase(lang) choices=phases.collect() value=typed.phase/>
                <Input label=words::evidence_note(lang) value=typed.note/>
            </div>
            <Area label=words::evidence_record(lang) value=typed.record rows=2/>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn each_photo_is_a_piece_of_evidence_and_an_empty_record_is_none() {
        Owner::new().set();
        let typed = EvidenceTyped::empty();
        assert_eq!(typed.all(), []);
        typed.photos.set(vec!["ab".into(), "cd".into()]);
        typed.record.set("  ".into());
        typed.phase_for(EventKind::Done);
        let all = typed.all();
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|piece| piece.phase == Phase::After && piece.sha256.is_some()));
    }
}
