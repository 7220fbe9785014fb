//! `GET api/v1/openapi.json`: this API, described from the types it answers with.

use axum::{extract::State, http::HeaderMap, response::Response};
use contract::{green, live, problem, programme, public, push, rectification, report, scorecard};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::standing;
use crate::{app::App, problem::Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bilan 碧蓝",
        description = "Air and surface water of a district as they are measured. Instants are RFC 3339 in UTC; \
            columns of instants are Unix seconds in fields that end in `_s`; numbers are in the unit named beside \
            them; a missing value is `null`, never 0. Readers are to ignore unknown fields.",
    ),
    paths(
        super::site::site, super::stations::stations, super::stations::station, super::latest::latest,
        super::series::series, super::days::days,
        super::corrections::corrections, super::air_summary::air_summary,
        super::water_sections::sections, super::water_sections::section, super::feeds::feeds,
        super::map::map, super::live::live, super::readings::push, openapi,
        super::report_form::report_form, super::report_form::challenge, super::report_form::receipt_keys,
        super::photos::standing, super::photos::put, super::photos::patch,
        super::reports::send, super::reports::list, super::reports::one, super::reports::nearby,
        super::reports::geojson, super::reports::csv, super::reports::feed,
        super::reports::ledger_roots,
        super::track::tracked, super::track::act,
        super::record::rectification, super::record::rectification_csv, super::record::rectification_events,
        super::record::rectification_heads, super::record::rectification_item, super::record::object,
        super::record::green_space, super::record::scorecard, super::record::scorecard_csv,
        super::record::programme_list, super::record::programme,
    ),
    components(schemas(
        public::Site, public::Stations, public::StationNow, public::Series, public::Days,
        public::Corrections,
        public::AirSummary, public::Sections, public::Section, public::Feeds, public::MapShapes,
        live::Hello, live::Batch, push::ReadingBatch, push::PushOutcome, problem::Problem,
        report::ReportForm, report::Challenge, report::ReceiptKeys, report::StoredPhoto,
        report::Submission, report::Receipt, report::PublishedReports, report::OnePublishedReport,
        report::NearbyReports, report::Track, report::TrackAct, report::Tracked,
        rectification::Ledger, rectification::Item, rectification::LedgerHeads, rectification::Objection,
        rectification::ObjectionTaken, green::Green, scorecard::Scorecard, programme::Programmes,
        programme::Programme,
    )),
    modifiers(&Key),
)]
struct Description;

/// How a pushed batch shows who sends it.
struct Key;

impl Modify for Key {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A key made by `bilan key add`."))
            .build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

/// The description, addresses below `base_path`.
pub fn document(base_path: &str) -> Document {
    let mut document = Description::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.servers = Some(vec![utoipa::openapi::Server::new(base_path.trim_end_matches('/'))]);
    document
}

/// The description of this API, OpenAPI 3.1.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "site",
    responses((status = 200, description = "This document")))]
pub async fn openapi(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let base = app.config.base_path();
    standing(&app, &headers, "openapi", 0, || async move { Ok(document(&base)) }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_description_leads_somewhere() {
        let json = serde_json::to_value(document("/")).unwrap();
        assert!(json["openapi"].as_str().unwrap().starts_with("3.1"));
        let text = json.to_string();
        let references = text.match_indices("\"#/").map(|(at, _)| {
            let rest = &text[at + 2..];
            rest[..rest.find('"').unwrap()].to_owned()
        });
        let mut count = 0;
        for reference in references {
            assert!(json.pointer(&reference).is_some(), "{reference} leads nowhere");
            count += 1;
        }
        assert!(count > 50, "only {count} references");
    }

    #[test]
    fn every_path_of_the_contract_is_described() {
        let json = serde_json::to_value(document("/")).unwrap();
        let code = "{code}";
        let paths = [
            contract::paths::SITE.to_owned(),
            contract::paths::STATIONS.to_owned(),
            contract::paths::station(code),
            contract::paths::latest(code),
            contract::paths::series(code),
            contract::paths::days(code),
            contract::paths::corrections(code),
            contract::paths::AIR_SUMMARY.to_owned(),
            contract::paths::WATER_SECTIONS.to_owned(),
            contract::paths::section(code),
            contract::paths::FEEDS.to_owned(),
            contract::paths::READINGS.to_owned(),
            contract::paths::LIVE.to_owned(),
            contract::paths::MAP.to_owned(),
            contract::paths::OPENAPI.to_owned(),
            contract::paths::REPORT_FORM.to_owned(),
            contract::paths::REPORT_CHALLENGE.to_owned(),
            contract::paths::RECEIPT_KEYS.to_owned(),
            contract::paths::REPORTS.to_owned(),
            contract::paths::report("{id}"),
            contract::paths::REPORTS_NEARBY.to_owned(),
            contract::paths::REPORTS_GEOJSON.to_owned(),
            contract::paths::REPORTS_CSV.to_owned(),
            contract::paths::REPORTS_ATOM.to_owned(),
            contract::paths::LEDGER_ROOTS.to_owned(),
            contract::paths::TRACK.to_owned(),
            contract::paths::TRACK_ACT.to_owned(),
            contract::paths::report_photo("{sha256}"),
            contract::paths::RECTIFICATION.to_owned(),
            contract::paths::RECTIFICATION_CSV.to_owned(),
            contract::paths::RECTIFICATION_EVENTS.to_owned(),
            contract::paths::RECTIFICATION_HEADS.to_owned(),
            contract::paths::item("{number}"),
            contract::paths::objections("{number}"),
            contract::paths::GREEN.to_owned(),
            contract::paths::SCORECARD.to_owned(),
            contract::paths::SCORECARD_CSV.to_owned(),
            contract::paths::PROGRAMMES.to_owned(),
            contract::paths::programme("{slug}"),
        ];
        for path in &paths {
            assert!(json["paths"].get(format!("/{path}")).is_some(), "{path} is not described");
        }
        assert_eq!(json["paths"].as_object().unwrap().len(), paths.len());
    }
}
