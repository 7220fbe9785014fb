//! What `bilan serve` refuses to start with, and what it warns about.

use domain::Provenance;

use super::{Config, secret};
use crate::{keys, profile::Profile};

/// Something an operator must know before readers do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The portal must not start so.
    Refusal(String),
    /// It may start, but somebody must act.
    Warning(String),
}

/// Everything that is wrong with `config` and `profile`, refusals and warnings in the order of
/// the file.
pub fn check(config: &Config, profile: &Profile) -> Vec<Finding> {
    let mut findings = Vec::new();
    identifiers(config, profile, &mut findings);
    devices(config, profile, &mut findings);
    feeds(config, &mut findings);
    codes(config, profile, &mut findings);
    basemap(config, &mut findings);
    reports(config, profile, &mut findings);
    if config.server.public_url.is_empty() {
        findings.push(Finding::Warning(
            "server.public_url is empty: canonical links have no host, and the site map follows each request's Host".into(),
        ));
    }
    findings
}

fn identifiers(config: &Config, profile: &Profile, findings: &mut Vec<Finding>) {
    for key in profile.missing_identifiers() {
        let text = format!("the profile has no footer.{key}, which a government site must carry");
        findings.push(if config.site.allow_missing_identifiers {
            Finding::Warning(text)
        } else {
            Finding::Refusal(format!(
                "{text}; fill it in, or set site.allow_missing_identifiers = true for a trial"
            ))
        });
    }
}

fn devices(config: &Config, profile: &Profile, findings: &mut Vec<Finding>) {
    let hj212 = &config.ingest.hj212_tcp;
    if let Err(error) = hj212.check() {
        findings.push(Finding::Refusal(error.to_string()));
    }
    if hj212.enabled && hj212.devices.is_empty() {
        findings.push(Finding::Warning(
            "ingest.hj212_tcp is enabled but lists no devices: every frame will be refused".into(),
        ));
    }
    if hj212.enabled && !hj212.listen.ip().is_loopback() {
        findings.push(Finding::Warning(format!(
            "ingest.hj212_tcp.listen is {}: HJ 212 is not encrypted, keep it behind the district's gateway",
            hj212.listen
        )));
    }
    for (at, device) in hj212.devices.iter().enumerate() {
        let key = format!("ingest.hj212_tcp.devices[{at}]");
        if profile.station(&device.station).is_none() {
            findings.push(Finding::Refusal(format!(
                "{key}.station: \"{}\" is not a station of the profile",
                device.station
            )));
        }
        if device.provenance == Provenance::Simulated {
            findings.push(Finding::Refusal(format!(
                "{key}.provenance is simulated: generated data has no place in a real portal"
            )));
        }
        if secret::is_example(device.password.reveal()) {
            findings.push(Finding::Refusal(format!(
                "{key}.password is the example's; enter the device's own PW"
            )));
        }
    }
}

fn feeds(config: &Config, findings: &mut Vec<Finding>) {
    let ingest = &config.ingest;
    if ingest.demonstration.enabled {
        findings.push(Finding::Refusal(
            "ingest.demonstration.enabled: generated data has no place in a real portal; use `bilan demo`".into(),
        ));
    }
    let asked = [
        (ingest.cnemc_air.enabled, "ingest.cnemc_air.city", &ingest.cnemc_air.city),
        (ingest.cnemc_air.enabled, "ingest.cnemc_air.contact", &ingest.cnemc_air.contact),
        (ingest.surface_water.enabled, "ingest.surface_water.area", &ingest.surface_water.area),
        (
            ingest.surface_water.enabled,
            "ingest.surface_water.contact",
            &ingest.surface_water.contact,
        ),
    ];
    for (enabled, key, value) in asked {
        if enabled && value.is_empty() {
            findings.push(Finding::Refusal(format!(
                "{key} is empty; the feed cannot be asked without it"
            )));
        }
    }
}

/// Addresses and codes of the feeds that are switched on.
fn codes(config: &Config, profile: &Profile, findings: &mut Vec<Finding>) {
    let (air, water) = (&config.ingest.cnemc_air, &config.ingest.surface_water);
    let area = &water.area;
    if water.enabled && !area.is_empty() && !is_area(area) {
        findings.push(Finding::Refusal(format!(
            "ingest.surface_water.area is \"{area}\"; give the six-digit code of the province, such as 500000"
        )));
    }
    let addresses = [
        (air.enabled, "ingest.cnemc_air.url", &air.url),
        (water.enabled, "ingest.surface_water.url", &water.url),
    ];
    for (_, key, url) in addresses.into_iter().filter(|(enabled, _, url)| *enabled && !is_url(url))
    {
        findings.push(Finding::Refusal(format!(
            "{key} is \"{url}\"; give an address that begins with https:// or http:// and names a host"
        )));
    }
    let stations = air.stations.iter().enumerate();
    let stations = stations.map(|(at, code)| (format!("ingest.cnemc_air.stations[{at}]"), code));
    let sections = water.sections.iter().enumerate();
    let sections = sections
        .map(|(at, section)| (format!("ingest.surface_water.sections[{at}].code"), &section.code));
    for (key, code) in stations.chain(sections).filter(|(_, c)| profile.station(c).is_none()) {
        findings
            .push(Finding::Refusal(format!("{key}: \"{code}\" is not a station of the profile")));
    }
}

fn is_area(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<axum::http::Uri>() else { return false };
    matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|h| !h.is_empty())
}

/// Reports from the public: keys, handler, and whom contacts are sealed to.
fn reports(config: &Config, profile: &Profile, findings: &mut Vec<Finding>) {
    let reports = &config.reports;
    let recipient = reports.identity_recipient.trim();
    if !recipient.is_empty() && !is_recipient(recipient) {
        findings.push(Finding::Refusal(format!(
            "reports.identity_recipient is \"{recipient}\"; give an age recipient, `age1` and 58 letters and digits"
        )));
    }
    webhooks(config, profile, findings);
    if !reports.enabled {
        return;
    }
    if profile.reports.categories.is_empty() {
        findings.push(Finding::Refusal(
            "reports.enabled, but the profile has no reports.toml with categories".into(),
        ));
    }
    if let Err(error) = keys::read(&config.server.data_dir) {
        findings.push(Finding::Refusal(format!("reports.enabled: {error}")));
    }
    if !reports.handler_is_named() {
        findings.push(Finding::Warning(
            "reports.controller and reports.controller_contact are not set in both languages: the form stays closed (个人信息保护法 art. 17)".into(),
        ));
    }
    if recipient.is_empty() {
        findings.push(Finding::Warning(
            "reports.identity_recipient is empty: reporters cannot leave a contact".into(),
        ));
    }
}

fn webhooks(config: &Config, profile: &Profile, findings: &mut Vec<Finding>) {
    for (at, webhook) in config.reports.webhooks.iter().enumerate() {
        let key = format!("reports.webhooks[{at}]");
        if !is_url(&webhook.url) {
            findings.push(Finding::Refusal(format!(
                "{key}.url is \"{}\"; give an address that begins with https:// or http:// and names a host",
                webhook.url
            )));
        }
        let secret = webhook.secret.reveal();
        if secret.len() < 16 || secret::is_example(secret) {
            findings.push(Finding::Refusal(format!(
                "{key}.secret has fewer than 16 characters; whoever knows it can forge events"
            )));
        }
        let department = &webhook.department;
        if !department.is_empty() && profile.reports.department(department).is_none() {
            findings.push(Finding::Refusal(format!(
                "{key}.department: \"{department}\" is not a department of the profile"
            )));
        }
    }
}

/// Bech32 of an X25519 key, as `age-keygen` prints it; its checksum is the sealer's to check.
fn is_recipient(text: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() == 62 && text.strip_prefix("age1").is_some_and(|key| key.bytes().all(letters))
}

fn basemap(config: &Config, findings: &mut Vec<Finding>) {
    let map = &config.basemap;
    if !map.url.is_empty() && map.attribution.zh.is_empty() {
        findings.push(Finding::Refusal(
            "basemap.attribution.zh is empty: a public map names its source and review number (审图号)".into(),
        ));
    }
    if secret::is_example(map.key.reveal()) {
        findings.push(Finding::Refusal("basemap.key is the example's; enter your own".into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(text: &str) -> Vec<String> {
        let config = super::super::from_table(text.parse().unwrap(), []).unwrap();
        let findings = check(&config, &Profile::demonstration().unwrap());
        let refusal = |finding| match finding {
            Finding::Refusal(text) => Some(text),
            Finding::Warning(_) => None,
        };
        findings.into_iter().filter_map(refusal).collect()
    }

    #[test]
    fn what_a_feed_cannot_be_asked_with_is_refused_before_the_start() {
        let found = refusals(
            "[site]\nallow_missing_identifiers = true\n\
             [ingest.cnemc_air]\nenabled = true\ncity = \"c\"\ncontact = \"mailto:a@b.c\"\n\
             url = \"air.example\"\nstations = [\"0000X\"]\n\
             [ingest.surface_water]\nenabled = true\narea = \"50\"\ncontact = \"mailto:a@b.c\"\n\
             [[ingest.surface_water.sections]]\nprovince = \"p\"\nname = \"n\"\ncode = \"0000Y\"\n",
        );
        let named = ["area is \"50\"", "cnemc_air.url is", "stations[0]: \"0000X\"", "\"0000Y\""];
        assert_eq!(found.len(), named.len(), "{found:?}");
        for (refusal, part) in found.iter().zip(named) {
            assert!(refusal.contains(part), "{refusal} lacks {part}");
        }
    }

    #[test]
    fn reports_without_keys_and_webhooks_without_a_secret_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "[server]\ndata_dir = \"{}\"\n[site]\nallow_missing_identifiers = true\n[reports]\n\
             enabled = true\nidentity_recipient = \"age1short\"\n[[reports.webhooks]]\n\
             url = \"hooks.example\"\nsecret = \"short\"\ndepartment = \"nobody\"\n",
            folder.path().display()
        );
        let found = refusals(&text);
        let named = ["identity_recipient", "].url is", "].secret", "\"nobody\"", "bilan keygen"];
        assert_eq!(found.len(), named.len(), "{found:?}");
        for (refusal, part) in found.iter().zip(named) {
            assert!(refusal.contains(part), "{refusal} lacks {part}");
        }
        keys::make(folder.path()).unwrap();
        assert_eq!(refusals(&text).len(), 4);
    }
}
