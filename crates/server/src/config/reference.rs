//! Every configuration key with its default and meaning: the source of `docs/configuration.md`,
//! of the environment's types and of "did you mean".

use std::fmt::Write;

/// What a key's value is; environment variables are read accordingly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Switch,
    List,
    /// Names of its own below it.
    Table,
    /// A text, or the file or environment variable that holds it.
    Secret,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Dotted; `[]` stands for the entries of a list.
    pub path: &'static str,
    /// The default as written in TOML.
    pub default: &'static str,
    pub kind: Kind,
    /// Meaning, unit and effect.
    pub meaning: &'static str,
}

const fn key(path: &'static str, default: &'static str, kind: Kind, meaning: &'static str) -> Key {
    Key { path, default, kind, meaning }
}

use Kind::{Integer, List, Secret, Switch, Table, Text};

/// Every key.
pub const KEYS: &[Key] = &[
    key("server.listen", "\"127.0.0.1:8080\"", Text, "Address and port of the portal and its API."),
    key(
        "server.base_path",
        "\"/\"",
        Text,
        "The path everything is served under, e.g. `/hbj/bilan/`.",
    ),
    key(
        "server.public_url",
        "\"\"",
        Text,
        "The address readers use, e.g. `https://env.example.gov.cn/`; for canonical links and the site map. Empty: canonical links have no host, and the site map takes it from each request (`Host`, `X-Forwarded-Proto`).",
    ),
    key(
        "server.data_dir",
        "\"/var/lib/bilan\"",
        Text,
        "The folder of the database; created when missing.",
    ),
    key(
        "server.profile",
        "\"\"",
        Text,
        "The folder of the district's profile (`profile.toml`, `shapes.json`, `reports.toml`).",
    ),
    key(
        "server.max_connections",
        "10000",
        Integer,
        "Open connections; further ones wait in the operating system's queue.",
    ),
    key(
        "server.max_connections_per_client",
        "500",
        Integer,
        "The same for one client (IPv4 /32, IPv6 /64); proxies of `server.trusted_proxies` and this machine are not counted.",
    ),
    key("server.head_timeout_s", "10", Integer, "Seconds a client has for a request's head."),
    key(
        "server.request_timeout_s",
        "30",
        Integer,
        "Seconds a request may take; live streams are exempt.",
    ),
    key(
        "server.write_timeout_s",
        "30",
        Integer,
        "Seconds a client may take nothing of what is sent to it before it is cut off.",
    ),
    key(
        "server.shutdown_timeout_s",
        "10",
        Integer,
        "Seconds that requests have to finish after SIGTERM.",
    ),
    key("server.max_body_bytes", "2097152", Integer, "Size of a pushed batch, in bytes."),
    key(
        "server.series_per_minute",
        "240",
        Integer,
        "History requests per minute and client (IPv4 /32, IPv6 /64).",
    ),
    key(
        "server.max_subscribers",
        "8000",
        Integer,
        "Live streams open at once; further ones are asked to poll (503).",
    ),
    key(
        "server.max_subscribers_per_client",
        "200",
        Integer,
        "The same for one client (IPv4 /32, IPv6 /64); an office behind one address is one (429).",
    ),
    key(
        "server.trusted_proxies",
        "[]",
        List,
        "Addresses or networks (`10.88.0.0/16`) of reverse proxies whose `X-Forwarded-For` is believed.",
    ),
    key(
        "embed.allowed_hosts",
        "[\"*\"]",
        List,
        "Sites that may show widgets in frames, as in `frame-ancestors` (`https://news.example`); `*` is everyone.",
    ),
    key(
        "site.allow_missing_identifiers",
        "false",
        Switch,
        "Start although the profile lacks identifiers a government site must carry; each is warned about instead.",
    ),
    key(
        "ingest.queue.deliveries",
        "1024",
        Integer,
        "Deliveries waiting for the store; a full queue slows the sources down.",
    ),
    key("ingest.hj212_tcp.enabled", "false", Switch, "Listen for instruments that speak HJ 212."),
    key(
        "ingest.hj212_tcp.listen",
        "\"127.0.0.1:9212\"",
        Text,
        "Address and port for instruments; behind the district's gateway, never on the open internet.",
    ),
    key("ingest.hj212_tcp.max_connections", "1024", Integer, "Instruments connected at once."),
    key(
        "ingest.hj212_tcp.max_connections_per_address",
        "256",
        Integer,
        "The same from one address; a gateway bundles many instruments.",
    ),
    key(
        "ingest.hj212_tcp.idle_timeout_s",
        "10800",
        Integer,
        "Seconds without a valid frame before a connection is closed; at least 600.",
    ),
    key(
        "ingest.hj212_tcp.send_time",
        "false",
        Switch,
        "Answer an instrument that asks for the time.",
    ),
    key(
        "ingest.hj212_tcp.devices",
        "[]",
        List,
        "The instruments allowed to send; one `[[ingest.hj212_tcp.devices]]` each.",
    ),
    key("ingest.hj212_tcp.devices[].mn", "\"\"", Text, "The device's MN, exactly as it sends it."),
    key(
        "ingest.hj212_tcp.devices[].password",
        "\"\"",
        Secret,
        "The PW it sends: a text, or `{ file = … }` or `{ env = … }`.",
    ),
    key(
        "ingest.hj212_tcp.devices[].station",
        "\"\"",
        Text,
        "The code of its station in the profile.",
    ),
    key(
        "ingest.hj212_tcp.devices[].profile",
        "\"2017\"",
        Text,
        "The protocol it follows: `2005`, `2017`, `2025` or `surface-water`; never guessed.",
    ),
    key(
        "ingest.hj212_tcp.devices[].units",
        "{}",
        Table,
        "The unit of each factor it sends, e.g. `{ a34004 = \"µg/m³\" }`; a factor without a unit is refused.",
    ),
    key(
        "ingest.hj212_tcp.devices[].aliases",
        "{}",
        Table,
        "Other names it sends for factors, e.g. `{ PM25 = \"a34004\" }`.",
    ),
    key(
        "ingest.hj212_tcp.devices[].minute_interval",
        "10",
        Integer,
        "Length of its minute data, in minutes.",
    ),
    key(
        "ingest.hj212_tcp.devices[].history_hours",
        "72",
        Integer,
        "How many hours old its data may be; older periods are marked as a clock error.",
    ),
    key(
        "ingest.hj212_tcp.devices[].provenance",
        "\"measured\"",
        Text,
        "Always `measured` with `bilan serve`.",
    ),
    key(
        "ingest.hj212_tcp.devices[].sm4_key",
        "\"\"",
        Secret,
        "Its SM4 key in hexadecimal, where it encrypts: `{ file = … }` or `{ env = … }`.",
    ),
    key(
        "ingest.http_push.enabled",
        "true",
        Switch,
        "Accept batches at `api/v1/readings`; keys are made by `bilan key add`.",
    ),
    key(
        "ingest.cnemc_air.enabled",
        "false",
        Switch,
        "Poll the national hourly air feed; agree it with the bureau first.",
    ),
    key(
        "ingest.cnemc_air.url",
        "\"https://air.cnemc.cn:18007/CityData/GetAQIDataPublishLive\"",
        Text,
        "Its address.",
    ),
    key("ingest.cnemc_air.city", "\"\"", Text, "The city asked for, as the feed names it."),
    key(
        "ingest.cnemc_air.contact",
        "\"\"",
        Text,
        "Contact in the user agent, e.g. `mailto:ops@example.gov.cn`; required.",
    ),
    key(
        "ingest.cnemc_air.ozone",
        "\"auto\"",
        Text,
        "Which of the feed's ozone fields holds the hour: `swapped`, `plain`, or `auto` (decided by recomputing the published index).",
    ),
    key(
        "ingest.cnemc_air.stations",
        "[]",
        List,
        "Stations to take, by national code; empty: all of the city's that the profile lists.",
    ),
    key(
        "ingest.cnemc_air.interval_s",
        "none",
        Integer,
        "Seconds between two requests instead of the feed's rhythm; never less than 600 except for a server on this machine.",
    ),
    key(
        "ingest.surface_water.enabled",
        "false",
        Switch,
        "Poll the national surface-water feed; agree it with the bureau first.",
    ),
    key(
        "ingest.surface_water.url",
        "\"https://szzdjc.cnemc.cn:8070/GJZ/Ajax/Publish.ashx\"",
        Text,
        "Its address.",
    ),
    key("ingest.surface_water.area", "\"\"", Text, "The six-digit code of the province asked for."),
    key("ingest.surface_water.contact", "\"\"", Text, "Contact in the user agent; required."),
    key(
        "ingest.surface_water.sections",
        "[]",
        List,
        "Sections beside those the profile publishes; one `[[ingest.surface_water.sections]]` each.",
    ),
    key(
        "ingest.surface_water.sections[].province",
        "\"\"",
        Text,
        "The province as the feed writes it.",
    ),
    key(
        "ingest.surface_water.sections[].name",
        "\"\"",
        Text,
        "The section's name as the feed writes it.",
    ),
    key(
        "ingest.surface_water.sections[].code",
        "\"\"",
        Text,
        "The code of the station in the profile.",
    ),
    key(
        "ingest.surface_water.interval_s",
        "none",
        Integer,
        "Seconds between two requests instead of once an hour; never less than 600 except for a server on this machine.",
    ),
    key(
        "ingest.demonstration.enabled",
        "false",
        Switch,
        "The generator of `bilan demo`; `bilan serve` refuses it.",
    ),
    key(
        "store.hot_days",
        "1",
        Integer,
        "Whole days before today kept as rows, before they are sealed into compressed blocks.",
    ),
    key("store.readers", "2", Integer, "Threads that answer queries."),
    key(
        "store.most_mebibytes",
        "0",
        Integer,
        "A limit on the database file, for volumes shared with others; reaching it is reported as a full disk. 0: the disk is the limit.",
    ),
    key(
        "basemap.url",
        "\"\"",
        Text,
        "Tile address with `{z}`, `{x}`, `{y}` and, where one is needed, `{key}`. Empty: a plain ground.",
    ),
    key("basemap.labels_url", "\"\"", Text, "A second layer with place names."),
    key(
        "basemap.attribution.zh",
        "\"\"",
        Text,
        "Attribution with the review number (审图号), in Chinese.",
    ),
    key("basemap.attribution.en", "\"\"", Text, "The same in English."),
    key("basemap.max_zoom", "18", Integer, "The deepest zoom of the tiles."),
    key(
        "basemap.key",
        "\"\"",
        Secret,
        "The tile provider's browser key, which reaches every reader: `{ file = … }` or `{ env = … }`.",
    ),
    key(
        "reports.enabled",
        "false",
        Switch,
        "Take reports from the public; `bilan keygen` makes the keys this needs.",
    ),
    key(
        "reports.controller.zh",
        "\"\"",
        Text,
        "Who handles personal information (个人信息保护法 art. 17), in Chinese. Without it the form stays closed.",
    ),
    key("reports.controller.en", "\"\"", Text, "The same in English."),
    key(
        "reports.controller_contact.zh",
        "\"\"",
        Text,
        "How to reach them, in Chinese. Without it the form stays closed.",
    ),
    key("reports.controller_contact.en", "\"\"", Text, "The same in English."),
    key(
        "reports.identity_recipient",
        "\"\"",
        Text,
        "The age recipient (`age1…`) that contacts are sealed to, made by `bilan keygen`; its key stays with the officers. Empty: contacts are not asked for.",
    ),
    key(
        "reports.accept_working_days",
        "3",
        Integer,
        "Working days until a reporter is told whether the report is accepted; a commitment of the district's own.",
    ),
    key(
        "reports.close_days",
        "60",
        Integer,
        "Days from acceptance until a report is to be closed.",
    ),
    key(
        "reports.extension_days",
        "30",
        Integer,
        "Days by which that may be extended once, with a reason that the reporter is told.",
    ),
    key(
        "reports.rates.queue_per_hour",
        "300",
        Integer,
        "Reports an hour that reach the officers' normal queue; further ones are taken, and wait in the delayed one.",
    ),
    key(
        "reports.rates.unproved_per_hour",
        "20",
        Integer,
        "The same for reports without a proof of work: from browsers without script, and from programs.",
    ),
    key(
        "reports.rates.proved_per_client",
        "60",
        Integer,
        "The same with a proof, from one client (IPv4 /32, IPv6 /64; four times as many from a /48). Behind one address of a mobile network are many people.",
    ),
    key(
        "reports.rates.unproved_per_client",
        "5",
        Integer,
        "The same without a proof, from one client.",
    ),
    key(
        "reports.rates.challenges_per_client",
        "60",
        Integer,
        "Challenges an hour to one client at the usual work; each further time as many, the work doubles, five times at most.",
    ),
    key(
        "reports.rates.work",
        "50000",
        Integer,
        "Hashes that a proof of work takes at most while there is little traffic; half as many on average.",
    ),
    key(
        "reports.rates.uploads_per_client",
        "400",
        Integer,
        "Photos an hour from one client; further ones are asked to come later.",
    ),
    key(
        "reports.rates.wrong_codes_per_client",
        "30",
        Integer,
        "Claim codes an hour from one client that open nothing; further ones are asked to come later.",
    ),
    key(
        "reports.webhooks",
        "[]",
        List,
        "Who is told by HTTP of what happens to reports; one `[[reports.webhooks]]` each.",
    ),
    key("reports.webhooks[].url", "\"\"", Text, "The address that is posted to."),
    key(
        "reports.webhooks[].secret",
        "\"\"",
        Secret,
        "What the body is signed with (HMAC-SHA-256): `{ file = … }` or `{ env = … }`.",
    ),
    key(
        "reports.webhooks[].department",
        "\"\"",
        Text,
        "Only reports of this department, by its key in the profile; empty: all.",
    ),
    key(
        "reports.webhooks[].kinds",
        "[]",
        List,
        "Only these kinds of events, e.g. `[\"received\", \"close\"]`; empty: all.",
    ),
    key(
        "officers.idle_minutes",
        "30",
        Integer,
        "Minutes after which a session of staff that nobody uses ends.",
    ),
    key(
        "officers.longest_minutes",
        "720",
        Integer,
        "Minutes after which staff sign in again, however busy the session is.",
    ),
    key("log.filter", "\"info\"", Text, "What is logged, e.g. `info,ingest=debug`."),
    key("log.format", "\"text\"", Text, "`text` or `json`, on standard error."),
];

/// A path with its list positions replaced by `[]`, as in [`KEYS`]: `devices.0.mn` → `devices[].mn`.
pub fn canonical(path: &str) -> String {
    let mut out = String::new();
    for part in path.split('.') {
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            out.push_str("[]");
        } else {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(part);
        }
    }
    out
}

/// The known key nearest to `path`, if one is near enough to be meant.
pub fn nearest(path: &str) -> Option<&'static str> {
    let wanted = canonical(path);
    let known = KEYS.iter().map(|key| (strsim::jaro_winkler(key.path, &wanted), key.path));
    let (likeness, best) = known.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (likeness > 0.85).then_some(best)
}

/// `docs/configuration.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         One TOML file, given by `bilan serve --config FILE`. A key can be overridden by an environment \
         variable, `BILAN__SECTION__KEY` (e.g. `BILAN__SERVER__LISTEN=0.0.0.0:80`; lists and tables as \
         TOML), and that by a flag. An unknown key is refused by its full path, with the nearest known \
         key. `bilan check-config --config FILE` says what is wrong without starting. A secret is best named by \
         file or environment variable, `{ file = … }` or `{ env = … }`, so that this file holds none; a plain \
         text is taken too. `[]` marks the entries of a list.\n\n\
         | key | default | meaning |\n|---|---|---|\n",
    );
    for key in KEYS {
        let default = key.default.replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | `{default}` | {} |", key.path, key.meaning);
    }
    page
}
