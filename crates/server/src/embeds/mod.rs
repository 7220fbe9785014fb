//! What other sites show of ours: widgets in frames, badges, cards, oEmbed, and the page that offers them.
//!
//! A widget is a whole document, drawn by the same crate and from the same figures as the portal's pages: complete
//! without script, without cookies, without a request to anyone else.

pub(crate) mod badge;
pub(crate) mod builder;
pub(crate) mod card;
mod drawing;
pub(crate) mod example;
pub(crate) mod files;
pub(crate) mod frame;
pub(crate) mod frozen;
mod kind;
pub(crate) mod oembed;
mod options;
pub(crate) mod picture;
mod sharing;
mod snippet;
mod widget;
mod widgets;

pub(crate) use kind::Kind;
pub(crate) use options::{Options, Size, Span, Theme};
pub(crate) use sharing::tags;
pub(crate) use widget::{State, Widget};
pub(crate) use widgets::made;

use axum::http::HeaderValue;

use crate::config::Embed;
use files::Files;

/// What handlers of embeds share.
pub struct Embeds {
    /// Scripts and styles under names that their content decides.
    pub files: Files,
    /// Who may frame a widget, and what a widget may load.
    policy: HeaderValue,
    /// Turns a badge or card into pixels.
    pub pictures: picture::Pictures,
}

impl Embeds {
    /// By configuration.
    pub fn new(config: &Embed) -> Self {
        let files = Files::new();
        let policy = frame::policy(&files, &config.allowed_hosts);
        Self { files, policy, pictures: picture::Pictures::default() }
    }
}
