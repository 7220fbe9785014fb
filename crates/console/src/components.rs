//! Parts of more than one page.

mod badges;
mod case_line;
mod deeds;
mod dialog;
mod failed;
mod fields;
mod filters;
mod frame;
mod offer;
mod opened;
mod pager;
mod photos_picked;
mod redaction;
mod tick;
mod unseal;

pub(crate) use self::{
    badges::{DueBadge, PublicationBadge, StateBadge, due_in_words, publication_name},
    case_line::{CaseTable, queue_name, shown_number},
    deeds::deed_name,
    dialog::Dialog,
    failed::{Failed, FieldNames},
    fields::{Area, Input, Select, options_of},
    filters::{Filter, WordsFilter, change, counted},
    frame::{Frame, Preferences},
    offer::Offer,
    opened::OpenedHeading,
    pager::Pager,
    photos_picked::PhotosPicked,
    redaction::Redact,
    tick::{Tick, told},
    unseal::Unseal,
};
