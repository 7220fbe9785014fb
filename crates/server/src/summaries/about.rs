//! `/about` and `/accessibility` without script.

use domain::Lang;

use super::{
    Body,
    html::{Cell, facts, heading, paragraph, table},
};
use crate::{
    app::App,
    words::{Word, word},
};

pub(super) fn body(app: &App, lang: Lang) -> Body {
    let profile = &app.profile;
    let about = facts(&[
        (word(Word::Publisher, lang), Cell::text(profile.publisher.get(lang))),
        (word(Word::Contact, lang), Cell::text(profile.contact.get(lang))),
        (word(Word::Licence, lang), Cell::text(profile.licence.get(lang))),
    ]);
    let rows: Vec<Vec<Cell>> = profile
        .sources
        .iter()
        .map(|source| {
            [&source.name, &source.owner, &source.licence]
                .map(|text| Cell::text(text.get(lang)))
                .to_vec()
        })
        .collect();
    let heads = [Word::Sources, Word::Publisher, Word::Licence].map(|w| word(w, lang));
    Body {
        heading: word(Word::About, lang).to_owned(),
        description: profile.description.get(lang).to_owned(),
        html: about
            + &heading(2, word(Word::Method, lang))
            + &paragraph(word(Word::MethodText, lang))
            + &table(word(Word::Sources, lang), &heads, &rows),
        simulated: false,
    }
}

pub(super) fn accessibility(app: &App, lang: Lang) -> Body {
    Body {
        heading: word(Word::Accessibility, lang).to_owned(),
        description: word(Word::AccessibilityText, lang).to_owned(),
        html: paragraph(word(Word::AccessibilityText, lang))
            + &facts(&[(word(Word::Contact, lang), Cell::text(app.profile.contact.get(lang)))]),
        simulated: false,
    }
}
