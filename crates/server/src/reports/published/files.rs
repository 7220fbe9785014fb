//! Published reports as GeoJSON and as CSV.

use contract::report::PublishedReport;
use domain::{Lang, Text};
use serde_json::{Value, json};

/// GeoJSON (RFC 7946): the middle of each public cell; no geometry where there is no public place.
pub fn geojson(reports: &[PublishedReport], lang: Lang) -> Value {
    let features: Vec<Value> = reports.iter().map(|report| feature(report, lang)).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(report: &PublishedReport, lang: Lang) -> Value {
    let geometry =
        report.place.map(|place| json!({ "type": "Point", "coordinates": [place.lon, place.lat] }));
    json!({
        "type": "Feature",
        "id": report.public_id,
        "geometry": geometry,
        "properties": {
            "category": report.category,
            "category_name": report.category_name.get(lang),
            "state": report.state.key(),
            "state_name": report.state.name(lang),
            "finding": report.finding.map(|finding| finding.key()),
            "text": report.text,
            "reason": report.reason,
            "department": report.department.as_ref().map(|name| name.get(lang)),
            "street": report.street.as_ref().map(|name| name.get(lang)),
            "received": report.received,
            "updated": report.updated,
            "cell_m": report.cell_m,
            "photos": report.photos,
            "followers": report.followers,
            "simulated": report.simulated,
        },
    })
}

/// The columns of the CSV.
const COLUMNS: [&str; 17] = [
    "public_id",
    "category",
    "category_name",
    "state",
    "state_name",
    "finding",
    "received",
    "updated",
    "longitude",
    "latitude",
    "cell_m",
    "street",
    "department",
    "followers",
    "simulated",
    "text",
    "reason",
];

/// CSV (RFC 4180) with a mark by which spreadsheets know it is UTF-8.
///
/// # Errors
///
/// Never in practice: it is written to memory.
pub fn csv(reports: &[PublishedReport], lang: Lang) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for report in reports {
        writer.write_record(row(report, lang))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

fn row(report: &PublishedReport, lang: Lang) -> [String; 17] {
    let degrees = |degrees: Option<f64>| degrees.map(|d| d.to_string()).unwrap_or_default();
    let name = |name: &Option<Text>| name.as_ref().map(|name| name.get(lang).to_owned());
    [
        report.public_id.clone(),
        report.category.clone(),
        report.category_name.get(lang).to_owned(),
        report.state.key().to_owned(),
        report.state.name(lang).to_owned(),
        report.finding.map(|finding| finding.key().to_owned()).unwrap_or_default(),
        report.received.to_string(),
        report.updated.to_string(),
        degrees(report.place.map(|place| place.lon)),
        degrees(report.place.map(|place| place.lat)),
        report.cell_m.map(|metres| metres.to_string()).unwrap_or_default(),
        name(&report.street).unwrap_or_default(),
        name(&report.department).unwrap_or_default(),
        report.followers.to_string(),
        report.simulated.to_string(),
        harmless(report.text.as_deref().unwrap_or_default()),
        harmless(report.reason.as_deref().unwrap_or_default()),
    ]
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
pub(crate) mod tests {
    use contract::public::Place;
    use domain::report::State;

    use super::*;

    pub(crate) fn report() -> PublishedReport {
        PublishedReport {
            public_id: "R7K3M-9QXD".into(),
            category: "air_smoke".into(),
            category_name: Text::new("冒烟", "Smoke"),
            text: Some("=1+1 \"<b>\"".into()),
            state: State::Accepted,
            finding: None,
            reason: None,
            department: None,
            received: "2026-11-20".parse().unwrap(),
            updated: "2026-11-21".parse().unwrap(),
            place: Some(Place { lon: 106.5, lat: 29.5 }),
            cell_m: Some(500),
            street: Some(Text::new("二郎街道", "Erlang")),
            photos: vec!["photos/a.jpg".into()],
            followers: 2,
            simulated: true,
        }
    }

    #[test]
    fn a_spreadsheet_opens_the_table_and_computes_nothing() {
        let bytes = csv(&[report()], Lang::En).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().len(), COLUMNS.len());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!((&row[2], &row[8], &row[15]), ("Smoke", "106.5", "'=1+1 \"<b>\""));
    }

    #[test]
    fn a_report_without_a_public_place_is_a_feature_without_geometry() {
        let nowhere = PublishedReport { place: None, cell_m: None, ..report() };
        let found = geojson(&[report(), nowhere], Lang::Zh);
        assert_eq!(found["features"][0]["geometry"]["coordinates"], json!([106.5, 29.5]));
        assert!(found["features"][1]["geometry"].is_null());
        assert_eq!(found["features"][0]["properties"]["street"], "二郎街道");
    }
}
