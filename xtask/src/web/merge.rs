//! Chunks that few routes share, joined until each is worth a request.
//!
//! The splitter puts code into a file of its own for every set of routes that needs it: hundreds of files, most of
//! some hundred bytes. Each is a module to start, a line in the first script, and compresses badly alone. So the
//! smallest is joined with the one whose company wastes the fewest bytes, again and again, until none is small. What a
//! route then loads without need is counted, and dearer where the first page would load it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{Parser, Payload, TypeRef};

use super::{
    optimise::FEATURES,
    split::{Chunks, LOADER},
};
use crate::{application::Application, process::run_quietly, workspace::Workspace};

/// Chunks below this size are joined, in bytes of code and data before `wasm-opt`.
const SMALL: u64 = 24_000;
/// None grows beyond this, for a chunk has a budget.
const LARGE: u64 = 150_000;
/// How much dearer a wasted byte is where the first page asks for it by itself.
const SOON: u64 = 20;

/// Some chunks that are to be one, and the routes that need any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    stems: Vec<String>,
    routes: BTreeSet<String>,
    size: u64,
}

/// Joins what is small in `stage`.
///
/// # Errors
///
/// When the loader is not as the splitter writes it, or `wasm-merge` fails.
pub(super) fn run(
    workspace: &Workspace,
    application: &Application,
    stage: &Path,
    chunks: &mut Chunks,
) -> Result<()> {
    let groups = joined(shared(stage, chunks)?, application.soon);
    for group in groups.iter().filter(|group| group.stems.len() > 1) {
        join(workspace, stage, &group.stems)?;
    }
    regroup(chunks, &groups);
    let path = stage.join(LOADER);
    let loader = fs::read_to_string(&path).context("the loader cannot be read")?;
    let loader = rewritten(&loader, chunks, &groups)?;
    fs::write(&path, loader).with_context(|| format!("writing {}", path.display()))
}

/// Every chunk that more than one route needs, alone.
fn shared(stage: &Path, chunks: &Chunks) -> Result<Vec<Group>> {
    let mut routes: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (route, stems) in chunks {
        for stem in stems {
            routes.entry(stem).or_default().insert(route.clone());
        }
    }
    let shared = routes.into_iter().filter(|(_, routes)| routes.len() > 1);
    shared
        .map(|(stem, routes)| {
            let path = stage.join(format!("{stem}.wasm"));
            let module = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let size = size(&module).with_context(|| format!("{stem} is no module"))?;
            Ok(Group { stems: vec![stem.clone()], routes, size })
        })
        .collect()
}

/// The bytes of code and data in a module; names go before it travels.
fn size(module: &[u8]) -> Result<u64> {
    let mut size = 0;
    for part in Parser::new(0).parse_all(module) {
        size += match part? {
            Payload::CodeSectionStart { size, .. } => size.into(),
            Payload::DataSection(data) => data.range().end - data.range().start,
            _ => 0,
        };
    }
    Ok(size)
}

/// The groups after the smallest has been joined with its best company until none is small.
fn joined(mut groups: Vec<Group>, soon: &[&str]) -> Vec<Group> {
    let mut done = Vec::new();
    loop {
        groups.sort_by(|a, b| (b.size, &b.stems).cmp(&(a.size, &a.stems)));
        let Some(small) = groups.pop_if(|smallest| smallest.size < SMALL) else {
            done.extend(groups);
            return done;
        };
        let fits = |other: &&mut Group| small.size + other.size <= LARGE;
        match groups.iter_mut().filter(fits).min_by_key(|other| waste(&small, other, soon)) {
            Some(company) => {
                company.stems.extend(small.stems);
                company.routes.extend(small.routes);
                company.size += small.size;
            }
            None => done.push(small),
        }
    }
}

/// The bytes that routes would load without need if both were one.
fn waste(a: &Group, b: &Group, soon: &[&str]) -> u64 {
    let price = |route: &String| if soon.contains(&route.as_str()) { SOON } else { 1 };
    let of = |group: &Group, other: &Group| {
        group.size * other.routes.difference(&group.routes).map(price).sum::<u64>()
    };
    of(a, b) + of(b, a)
}

/// Writes the chunks as one module in the first one's place.
fn join(workspace: &Workspace, stage: &Path, stems: &[String]) -> Result<()> {
    let file = |stem: &String| stage.join(format!("{stem}.wasm"));
    let hub = stage.join("hub.wat");
    let mut needs = Needs::default();
    for stem in stems {
        let module = fs::read(file(stem)).with_context(|| format!("reading {stem}"))?;
        needs.add(&module).with_context(|| format!("{stem} is not as the splitter writes it"))?;
    }
    fs::write(&hub, needs.hub()).with_context(|| format!("writing {}", hub.display()))?;
    let whole = stage.join("whole.wasm");
    let mut merge = Command::new(workspace.npm_program("wasm-merge"));
    merge.arg(&hub).arg("__wasm_split");
    for stem in stems {
        merge.arg(file(stem)).arg(stem);
    }
    run_quietly(merge.args(FEATURES).arg("-o").arg(&whole))?;
    for stem in stems {
        fs::remove_file(file(stem)).with_context(|| format!("removing {stem}"))?;
    }
    let name = stems.first().context("a group of chunks has none")?;
    fs::rename(&whole, file(name)).with_context(|| format!("naming {name}"))?;
    fs::remove_file(&hub).with_context(|| format!("removing {}", hub.display()))
}

/// How much chunks need of what they take from the main module.
#[derive(Debug, Default, PartialEq, Eq)]
struct Needs {
    /// In pages.
    memory: u64,
    /// In functions.
    table: u64,
}

impl Needs {
    /// Adds what `module` needs; it may take nothing that the hub does not hand on.
    fn add(&mut self, module: &[u8]) -> Result<()> {
        for part in Parser::new(0).parse_all(module) {
            let Payload::ImportSection(imports) = part? else { continue };
            for import in imports.into_imports() {
                let import = import?;
                match (import.name, import.ty) {
                    ("memory", TypeRef::Memory(memory)) => {
                        self.memory = self.memory.max(memory.initial);
                    }
                    ("__indirect_function_table", TypeRef::Table(table)) => {
                        self.table = self.table.max(table.initial);
                    }
                    ("__wasm_split_shared0", TypeRef::Global(_)) => {}
                    (name, _) => bail!("it takes {name} from {}", import.module),
                }
            }
        }
        Ok(())
    }

    /// A module that takes this from `main` and hands it on, so that joined chunks take it once.
    fn hub(&self) -> String {
        let Self { memory, table } = self;
        format!(
            r#"(module
  (import "main" "memory" (memory $memory {memory}))
  (import "main" "__indirect_function_table" (table $table {table} funcref))
  (import "main" "__wasm_split_shared0" (global $shared (mut i32)))
  (export "memory" (memory $memory))
  (export "__indirect_function_table" (table $table))
  (export "__wasm_split_shared0" (global $shared)))
"#
        )
    }
}

/// Names each group by its first chunk, for every route that needs any of it.
fn regroup(chunks: &mut Chunks, groups: &[Group]) {
    for (route, stems) in chunks {
        let joined: BTreeSet<&String> = groups.iter().flat_map(|group| &group.stems).collect();
        stems.retain(|stem| !joined.contains(stem));
        let needed = groups.iter().filter(|group| group.routes.contains(route));
        stems.extend(needed.filter_map(|group| group.stems.first().cloned()));
    }
}

/// The loader without the chunks that are now in others, and with what each route then needs.
fn rewritten(loader: &str, chunks: &Chunks, groups: &[Group]) -> Result<String> {
    let gone: BTreeSet<String> = groups
        .iter()
        .flat_map(|group| group.stems.iter().skip(1))
        .map(|stem| variable(stem))
        .collect();
    let mut written = String::with_capacity(loader.len());
    let mut dropped = 0;
    for statement in statements(loader) {
        if declared(statement).is_some_and(|name| gone.contains(name)) {
            dropped += 1;
        } else {
            written.push_str(&with_needs(statement, chunks)?);
        }
    }
    ensure!(
        dropped == gone.len(),
        "wasm-split's loader has {dropped} of {} joined chunks",
        gone.len()
    );
    let own = "sharedImports = { __wasm_split: {";
    ensure!(written.contains(own), "wasm-split's loader does not make its imports as expected");
    // Joined modules know the main one by another name.
    let end = "return sharedImports;";
    Ok(written.replacen(
        end,
        &format!("sharedImports.main = sharedImports.__wasm_split;\n    {end}"),
        1,
    ))
}

/// The loader's text cut before each declaration.
fn statements(loader: &str) -> Vec<&str> {
    let starts = loader.match_indices('\n').map(|(at, _)| at + 1).filter(|&at| {
        ["const __chunk_", "export const "].iter().any(|word| loader[at..].starts_with(word))
    });
    let cuts: Vec<usize> = [0].into_iter().chain(starts).chain([loader.len()]).collect();
    cuts.windows(2).map(|cut| &loader[cut[0]..cut[1]]).collect()
}

/// The variable that a statement declares, where it is a chunk.
fn declared(statement: &str) -> Option<&str> {
    statement.strip_prefix("const ")?.split_once(" =").map(|(name, _)| name)
}

fn variable(stem: &str) -> String {
    format!("__{stem}")
}

/// A route's loader with the chunks it needs now.
fn with_needs(statement: &str, chunks: &Chunks) -> Result<String> {
    let Some(rest) = statement.strip_prefix("export const __wasm_split_load_") else {
        return Ok(statement.to_owned());
    };
    let (route, _) = rest.split_once(" =").context("a loader without a name")?;
    let stems = chunks.get(route).with_context(|| format!("{route} has no chunks"))?;
    let needs: Vec<_> =
        stems.iter().filter(|stem| stem.starts_with("chunk_")).map(|s| variable(s)).collect();
    let (head, tail) = statement.rsplit_once('[').context("a loader without needs")?;
    let (_, tail) = tail.split_once(']').context("a loader without an end of its needs")?;
    Ok(format!("{head}[{}]{tail}", needs.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(stem: &str, routes: &[&str], size: u64) -> Group {
        let routes = routes.iter().map(|&route| route.to_owned()).collect();
        Group { stems: vec![stem.to_owned()], routes, size }
    }

    fn stems(groups: &[Group]) -> BTreeSet<BTreeSet<&str>> {
        groups.iter().map(|group| group.stems.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn a_small_chunk_goes_where_the_fewest_bytes_are_wasted() {
        let groups = vec![
            group("chunk_1", &["air", "water"], 200),
            group("chunk_2", &["air", "water", "reports"], 40_000),
            group("chunk_3", &["report", "track"], 40_000),
        ];
        let joined = joined(groups, &[]);
        let expected = [["chunk_1", "chunk_2"].as_slice(), ["chunk_3"].as_slice()];
        assert_eq!(stems(&joined), expected.map(|set| set.iter().copied().collect()).into());
    }

    #[test]
    fn what_the_first_page_asks_for_is_not_made_heavier_for_others() {
        let groups = vec![
            group("chunk_1", &["air", "water"], 2_000),
            group("chunk_2", &["air", "water", "footer"], 30_000),
            group("chunk_3", &["air", "water", "report", "track"], 30_000),
        ];
        let expected = |at| [["chunk_1"].as_slice(), at].concat().into_iter().collect();
        let free: BTreeSet<&str> = expected(["chunk_2"].as_slice());
        assert!(stems(&joined(groups.clone(), &[])).contains(&free));
        let spared: BTreeSet<&str> = expected(["chunk_3"].as_slice());
        assert!(stems(&joined(groups, &["footer"])).contains(&spared));
    }

    #[test]
    fn nothing_grows_beyond_a_chunks_budget() {
        let groups = (0..40).map(|at| group(&format!("chunk_{at}"), &["a", "b"], 15_000)).collect();
        let joined = joined(groups, &[]);
        assert!(joined.iter().all(|group| group.size <= LARGE));
        assert_eq!(joined.iter().map(|group| group.size).sum::<u64>(), 600_000);
    }

    const LOADER_TEXT: &str = "let sharedImports = undefined;
function getSharedImports() {
    if (sharedImports === undefined) {
        sharedImports = { __wasm_split: {  } };
    }
    return sharedImports;
}
/* air, water */
const __chunk_1 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_1.wasm\", import.meta.url));
}
, []);
/* air, report, water */
const __chunk_2 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_2.wasm\", import.meta.url));
}
, []);
export const __wasm_split_load_air = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL(\"./split_air.wasm\", import.meta.url));
}
, [__chunk_1, __chunk_2]));
";

    #[test]
    fn the_loader_asks_for_the_joined_chunk_in_place_of_its_members() {
        let mut chunks = Chunks::from([(
            "air".to_owned(),
            ["chunk_1", "chunk_2", "split_air"].map(str::to_owned).to_vec(),
        )]);
        let mut group = group("chunk_2", &["air"], 1);
        group.stems.push("chunk_1".to_owned());
        let groups = [group];
        regroup(&mut chunks, &groups);
        assert_eq!(chunks["air"], ["split_air", "chunk_2"]);
        let loader = rewritten(LOADER_TEXT, &chunks, &groups).expect("a loader");
        assert!(
            loader.contains(", [__chunk_2]));") && !loader.contains("chunk_1.wasm"),
            "{loader}"
        );
        assert!(loader.contains("sharedImports.main = "), "{loader}");
        let unlike = LOADER_TEXT.replace("const __chunk_1", "var __chunk_1");
        assert!(rewritten(&unlike, &chunks, &groups).is_err());
    }
}
