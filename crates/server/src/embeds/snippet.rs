//! What an editor pastes, and how much room it keeps free.

use domain::Lang;
use jiff::civil::Date;

use super::{Kind, Options, Size};
use crate::{app::App, summaries::html::escape};

/// What a frame from us may do in a page that trusts nobody: run our script, and open our pages in new windows.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// A least width and the height kept free from there on, in CSS pixels: measured over the demonstration's widgets in
/// both languages, with some room. Less is scrolled or grows, more leaves a gap; neither moves what stands below.
type Steps = [(u32, u32); 4];

/// Normal and elder size.
const fn steps(kind: &Kind) -> (&'static str, Steps, Steps) {
    match kind {
        Kind::AirNow => (
            "air-now",
            [(0, 750), (320, 660), (354, 630), (618, 570)],
            [(0, 1_060), (320, 990), (354, 940), (618, 790)],
        ),
        Kind::Station(_) => (
            "station",
            [(0, 750), (320, 660), (354, 630), (618, 570)],
            [(0, 1_060), (320, 990), (354, 940), (618, 790)],
        ),
        Kind::Section(_) => (
            "section",
            [(0, 730), (320, 650), (354, 530), (618, 490)],
            [(0, 1_130), (320, 1_060), (354, 870), (618, 730)],
        ),
        Kind::Water => (
            "water",
            [(0, 670), (320, 550), (354, 550), (618, 490)],
            [(0, 1_140), (320, 910), (354, 850), (618, 740)],
        ),
        Kind::Rectification => (
            "rectification",
            [(0, 1_200), (320, 1_030), (354, 930), (618, 850)],
            [(0, 1_770), (320, 1_590), (354, 1_480), (618, 1_170)],
        ),
        Kind::Green => (
            "green",
            [(0, 760), (320, 610), (354, 540), (618, 430)],
            [(0, 1_290), (320, 1_060), (354, 940), (618, 670)],
        ),
        Kind::Scorecard => (
            "scorecard",
            [(0, 1_780), (320, 1_390), (354, 1_370), (618, 1_020)],
            [(0, 2_940), (320, 2_360), (354, 2_180), (618, 1_560)],
        ),
        Kind::Report => (
            "report",
            [(0, 410), (320, 330), (354, 330), (618, 290)],
            [(0, 660), (320, 570), (354, 510), (618, 420)],
        ),
    }
}

/// The height to keep free at `width` pixels.
pub(super) fn height(kind: &Kind, size: Size, width: u32) -> u32 {
    let (_, normal, elder) = steps(kind);
    let steps = if size == Size::Elder { elder } else { normal };
    steps.iter().rev().find(|(least, _)| *least <= width).map_or(steps[0].1, |(_, height)| *height)
}

/// The same for the script of embedding pages, as JSON.
pub(super) fn reserves() -> String {
    let mut kinds = Kind::FIXED.to_vec();
    kinds.extend([Kind::Station(String::new()), Kind::Section(String::new())]);
    let entries = kinds.iter().map(|kind| {
        let (key, normal, elder) = steps(kind);
        let list = |steps: Steps| serde_json::json!(steps);
        (key.to_owned(), serde_json::json!({ "normal": list(normal), "elder": list(elder) }))
    });
    serde_json::Value::Object(entries.collect()).to_string()
}

/// A widget to be pasted.
pub(super) struct Snippet<'a> {
    pub(super) kind: &'a Kind,
    pub(super) options: &'a Options,
    /// Frozen at the end of a day, under the hash of what is kept, if something is.
    pub(super) past: Option<(Date, Option<String>)>,
    /// The portal's public address, with a slash at its end.
    pub(super) origin: &'a str,
    /// The widget's name.
    pub(super) title: &'a str,
    pub(super) width: u32,
}

impl Snippet<'_> {
    /// The widget's address below the portal's.
    pub(super) fn path(&self) -> String {
        let (kind, query) = (self.kind.path(), self.options.query());
        match &self.past {
            Some((day, Some(hash))) => format!("embed/@{day}/{kind}?{query}&h={hash}"),
            Some((day, None)) => format!("embed/@{day}/{kind}?{query}"),
            None => format!("embed/{kind}?{query}"),
        }
    }

    /// A frame without any script of the embedding page.
    pub(super) fn frame(&self) -> String {
        self.frame_of(self.width, height(self.kind, self.options.size, self.width))
    }

    pub(super) fn frame_of(&self, width: u32, height: u32) -> String {
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
             sandbox=\"{SANDBOX}\" style=\"border:0;width:100%;max-width:{width}px\"></iframe>",
            escape(&format!("{}{}", self.origin, self.path())),
            escape(self.title),
        )
    }

    /// The script that gives frames their height, by its name with a hash.
    fn script(&self, app: &App) -> String {
        let script = &app.embeds.files.host;
        format!(
            "<script async src=\"{}{}\" integrity=\"{}\" crossorigin=\"anonymous\"></script>",
            escape(self.origin),
            script.name,
            script.integrity
        )
    }

    /// A frame as high as its content.
    pub(super) fn fitted(&self, app: &App) -> String {
        format!("{}\n{}", self.frame(), self.script(app))
    }

    /// The element, with what is read where no script runs.
    pub(super) fn element(&self, app: &App) -> String {
        let mut attributes = match self.kind {
            Kind::Station(code) => format!("station=\"{code}\""),
            Kind::Section(code) => format!("section=\"{code}\""),
            other => format!("kind=\"{}\"", other.path()),
        };
        for (name, value) in self.options.query().split('&').filter_map(|pair| pair.split_once('='))
        {
            attributes.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        if let Some((day, _)) = &self.past {
            attributes.push_str(&format!(" day=\"{day}\""));
        }
        format!(
            "<bilan-widget {attributes}><a href=\"{}\">{}</a></bilan-widget>\n{}",
            self.page(),
            escape(self.title),
            self.script(app)
        )
    }

    /// A picture that leads to the page; `None` for what has no badge.
    pub(super) fn badge(&self) -> Option<String> {
        let name = super::badge::name(self.kind)?;
        let lang = self.options.lang.tag();
        Some(format!(
            "<a href=\"{}\"><img src=\"{}badge/{name}.svg?lang={lang}\" alt=\"{}\" height=\"28\"></a>",
            self.page(),
            escape(self.origin),
            escape(self.title)
        ))
    }

    /// The portal's page with the same figures.
    pub(super) fn page(&self) -> String {
        let path = self.kind.page();
        escape(&format!("{}{path}?lang={}", self.origin, self.options.lang.tag()))
    }
}

/// What each form is, for the page that offers them.
pub(super) const fn names(lang: Lang) -> [&'static str; 4] {
    [
        lang.pick(
            "框架，固定高度（任何网站可用，无需脚本）",
            "Frame of fixed height (any site, no script)",
        ),
        lang.pick(
            "框架，高度随内容（需允许本站脚本）",
            "Frame as high as its content (sites that allow our script)",
        ),
        lang.pick("自定义元素", "Custom element"),
        lang.pick("徽章图片", "Badge"),
    ]
}
