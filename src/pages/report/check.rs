//! What is wrong with a draft; the server checks the same again.

use contract::{problem::FieldFault, report::ReportForm};
use domain::{
    Lang,
    report::wording::{self, WordingFault},
};

use super::{draft::Draft, step::Step};
use crate::{components::Fault, words};

/// Ids of the elements that take the focus.
pub(super) mod field {
    pub(crate) const GROUP: &str = "report-group";
    pub(crate) const CATEGORY: &str = "report-category";
    pub(crate) const TEXT: &str = "report-text";
    pub(crate) const DEVICE: &str = "report-device";
    pub(crate) const ADDRESS: &str = "report-address";
    pub(crate) const STREET: &str = "report-street";
    pub(crate) const OUTFALL: &str = "report-outfall";
    pub(crate) const PHOTOS: &str = "report-photos";
    pub(crate) const NAME: &str = "report-name";
    pub(crate) const REACH: &str = "report-reach";
    pub(crate) const AGREED: &str = "report-agreed";

    /// Of a question of the category.
    pub(crate) fn question(code: &str) -> String {
        format!("report-question-{code}")
    }
}

/// Everything that is wrong, in the order of the form, with the step it is on.
pub(super) fn check(draft: &Draft, form: &ReportForm, lang: Lang) -> Vec<(Step, Fault)> {
    let mut faults = vec![];
    what(draft, form, lang, &mut |field, sentence| faults.push((Step::What, field, sentence)));
    location(draft, form, lang, &mut |field, sentence| faults.push((Step::Where, field, sentence)));
    if draft.photos.len() > form.limits.photos as usize {
        let sentence = words::report_photos_most(lang, &form.limits.photos);
        faults.push((Step::Evidence, field::PHOTOS.to_owned(), sentence));
    }
    who(draft, form, lang, &mut |field, sentence| faults.push((Step::Who, field, sentence)));
    faults.into_iter().map(|(step, field, sentence)| (step, Fault { field, sentence })).collect()
}

fn what(draft: &Draft, form: &ReportForm, lang: Lang, tell: &mut impl FnMut(String, String)) {
    let category = form.categories.iter().find(|category| category.key == draft.category);
    if category.is_none() {
        let field = if draft.group.is_empty() { field::GROUP } else { field::CATEGORY };
        tell(field.to_owned(), words::report_category_missing(lang).to_owned());
    }
    let limit = form.limits.text as usize;
    let wording = if draft.text.trim().is_empty() {
        Err(WordingFault::Empty)
    } else {
        wording::paragraph(&draft.text, limit)
    };
    if let Err(fault) = wording {
        tell(field::TEXT.to_owned(), named(lang, words::report_text(lang), &fault.sentence(lang)));
    }
    let Some(category) = category else { return };
    for fault in category.check(&draft.answers) {
        let question = category.question(&fault.code);
        let label = question.map(|question| question.label.get(lang)).unwrap_or_default();
        tell(field::question(&fault.code), named(lang, label, &fault.problem.sentence(lang)));
    }
}

fn location(draft: &Draft, form: &ReportForm, lang: Lang, tell: &mut impl FnMut(String, String)) {
    let words_given = [&draft.address, &draft.street, &draft.outfall];
    if draft.place.is_none() && words_given.iter().all(|text| text.trim().is_empty()) {
        tell(field::ADDRESS.to_owned(), words::report_where_missing(lang).to_owned());
    }
    if let Some(chosen) = draft.place
        && !super::place::is_inside(form, chosen.point)
    {
        tell(field::DEVICE.to_owned(), words::report_outside(lang).to_owned());
    }
    if let Err(fault) = wording::line(&draft.address, form.limits.address as usize) {
        let sentence = named(lang, words::report_address(lang), &fault.sentence(lang));
        tell(field::ADDRESS.to_owned(), sentence);
    }
}

fn who(draft: &Draft, form: &ReportForm, lang: Lang, tell: &mut impl FnMut(String, String)) {
    if !draft.contact.given || form.identity_recipient.is_none() {
        return;
    }
    if draft.contact.reach.trim().is_empty() {
        tell(field::REACH.to_owned(), words::report_reach_missing(lang).to_owned());
    }
    if !draft.contact.agreed {
        tell(field::AGREED.to_owned(), words::report_agreed_missing(lang).to_owned());
    }
}

/// A sentence that says which field it is about.
fn named(lang: Lang, label: &str, sentence: &str) -> String {
    words::form_fault_of(lang, &label, &sentence)
}

/// The server's faults as faults of this form.
pub(super) fn of_server(faults: &[FieldFault]) -> Vec<(Step, Fault)> {
    let place = |name: &str| -> (Step, String) {
        match name.split_once('.').unwrap_or((name, "")) {
            ("category", _) => (Step::What, field::CATEGORY.to_owned()),
            ("answers", code) => (Step::What, field::question(code)),
            ("location", "address") => (Step::Where, field::ADDRESS.to_owned()),
            ("location", "street") => (Step::Where, field::STREET.to_owned()),
            ("location", "outfall") => (Step::Where, field::OUTFALL.to_owned()),
            ("location", "place") => (Step::Where, field::DEVICE.to_owned()),
            ("location", _) => (Step::Where, field::ADDRESS.to_owned()),
            ("photos", _) => (Step::Evidence, field::PHOTOS.to_owned()),
            ("sealed_contact", _) => (Step::Who, field::REACH.to_owned()),
            _ => (Step::What, field::TEXT.to_owned()),
        }
    };
    let fault = |fault: &FieldFault| {
        let (step, field) = place(&fault.field);
        (step, Fault { field, sentence: fault.message.clone() })
    };
    faults.iter().map(fault).collect()
}
