//! Published reports as an Atom feed (RFC 4287), per category and per street.

use std::fmt::Write;

use contract::report::PublishedReport;
use domain::{Lang, period::day_start};
use jiff::Timestamp;

use crate::summaries::html::escape;

/// What a feed says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Feed<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who publishes it.
    pub author: &'a str,
    /// Its own address.
    pub address: &'a str,
    /// The public address of the base path, with a slash at the end.
    pub origin: &'a str,
    /// The language of its words.
    pub lang: Lang,
    /// The time to state while there are no entries.
    pub now: Timestamp,
}

/// The feed of `reports`.
pub fn atom(feed: &Feed<'_>, reports: &[PublishedReport]) -> String {
    let newest = reports.iter().map(|report| day_start(report.updated)).max();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n\
         <author><name>{}</name></author>\n<link rel=\"self\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}reports?lang={}\"/>\n",
        feed.lang.tag(),
        escape(feed.title),
        escape(feed.address),
        newest.unwrap_or(feed.now),
        escape(feed.author),
        escape(feed.address),
        escape(feed.origin),
        feed.lang.tag(),
    );
    for report in reports {
        entry(&mut xml, feed, report);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, feed: &Feed<'_>, report: &PublishedReport) {
    let (lang, stored) = (feed.lang, report.public_id.replace('-', ""));
    let street = report.street.as_ref().map(|street| format!(" · {}", street.get(lang)));
    let finding = report.finding.map(|finding| format!(" · {}", finding.name(lang)));
    let _ = write!(
        xml,
        "<entry>\n<id>urn:bilan:report:{stored}</id>\n\
         <title>{}{} · {}{}</title>\n<published>{}</published>\n<updated>{}</updated>\n\
         <link href=\"{}reports/{stored}?lang={}\"/>\n<category term=\"{}\" label=\"{}\"/>\n",
        escape(report.category_name.get(lang)),
        escape(&street.unwrap_or_default()),
        escape(report.state.name(lang)),
        escape(&finding.unwrap_or_default()),
        day_start(report.received),
        day_start(report.updated),
        escape(feed.origin),
        lang.tag(),
        escape(&report.category),
        escape(report.category_name.get(lang)),
    );
    let simulated = report.simulated.then(|| lang.pick("演示数据。", "Demonstration data. "));
    let text = report.text.as_deref().unwrap_or_default();
    let summary = format!("{}{text}", simulated.unwrap_or_default());
    if !summary.is_empty() {
        let _ = writeln!(xml, "<summary>{}</summary>", escape(&summary));
    }
    if let Some(place) = report.place {
        let _ = writeln!(
            xml,
            "<point xmlns=\"http://www.georss.org/georss\">{} {}</point>",
            place.lat, place.lon
        );
    }
    xml.push_str("</entry>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::published::files::tests::report;

    #[test]
    fn an_entry_names_the_days_and_nothing_finer() {
        let feed = Feed {
            title: "T & T",
            author: "A",
            address: "https://a.example/feeds/reports.atom?category=air_smoke&lang=en",
            origin: "https://a.example/",
            lang: Lang::En,
            now: Timestamp::UNIX_EPOCH,
        };
        let xml = atom(&feed, &[report()]);
        for part in [
            "<title>T &amp; T</title>",
            "<id>urn:bilan:report:R7K3M9QXD</id>",
            "<published>2026-11-19T16:00:00Z</published>",
            "<updated>2026-11-20T16:00:00Z</updated>",
            "https://a.example/reports/R7K3M9QXD?lang=en",
            "Demonstration data. =1+1 &quot;&lt;b&gt;&quot;",
            "category=air_smoke&amp;lang=en",
        ] {
            assert!(xml.contains(part), "{part} is not in {xml}");
        }
        assert!(atom(&feed, &[]).contains("<updated>1970-01-01T00:00:00Z</updated>"));
    }
}
