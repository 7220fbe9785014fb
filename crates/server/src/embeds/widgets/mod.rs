//! Each widget from the figures of the portal's own functions.

mod air;
mod green;
mod rectification;
mod report;
mod scorecard;
mod section;
mod station;
mod water;

use jiff::civil::Date;

use super::{Kind, Options, Widget};
use crate::{app::App, problem::Problem};

/// The widget as it is now, or as it was at the end of `day`.
///
/// # Errors
///
/// When the store cannot answer.
pub(crate) async fn made(
    app: &App,
    kind: &Kind,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    match kind {
        Kind::AirNow => air::widget(app, options, day).await,
        Kind::Station(_) | Kind::Section(_) if kind.station(&app.profile).is_none() => {
            Ok(no_station(kind, options))
        }
        Kind::Station(code) => station::widget(app, code, options, day).await,
        Kind::Section(code) => section::widget(app, code, options, day).await,
        Kind::Water => water::widget(app, options, day).await,
        Kind::Rectification => rectification::widget(app, options, day).await,
        Kind::Green => green::widget(app, options, day).await,
        Kind::Scorecard => scorecard::widget(app, options, day).await,
        Kind::Report => Ok(report::widget(app, options)),
    }
}

fn no_station(kind: &Kind, options: &Options) -> Widget {
    let lang = options.lang;
    let (title, why) = match kind {
        Kind::Section(code) => (
            lang.pick("水质断面", "Water section"),
            match lang {
                domain::Lang::Zh => format!("没有编号为 {code} 的断面，请核对嵌入地址。"),
                domain::Lang::En => {
                    format!(
                        "There is no section with the code {code}; check the address of this widget."
                    )
                }
            },
        ),
        Kind::Station(code) => (
            lang.pick("空气质量站点", "Air station"),
            match lang {
                domain::Lang::Zh => format!("没有编号为 {code} 的站点，请核对嵌入地址。"),
                domain::Lang::En => {
                    format!(
                        "There is no station with the code {code}; check the address of this widget."
                    )
                }
            },
        ),
        _ => ("", String::new()),
    };
    Widget::empty(title, &why, lang)
}
