//! The name cache: a file beside a large dossier with its folded names, so that they can be searched before the dossier
//! is read, and with the folded texts of its claims, for a search that reads no more of the dossier than it finds.
//!
//! The file consists of blocks: a head with the positions of the others and the state of the dossier for which it was
//! written, then the texts of names, then the entities with their folded names, then the texts of claims. Blocks are read
//! and checked by several threads.
//!
//! Invariant: a file is used only for exactly the state of the dossier for which it was written. Damage is detected by
//! checksums, and no content of a file, damaged or forged, causes a panic.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Graph;
use crate::graph::kept::{self, Kept};
use crate::graph::names::NameIndex;
use crate::model::names::{EntityPiece, NamesBuilder};
use crate::model::pool::Piece;
use crate::search::{StoredChunk, parallel};
use crate::vocabulary::{Base, read_own};

/// The first bytes of a cache file, which end with the version of the format.
const MAGIC: &[u8; 16] = b"annals index 004";

/// The size of what precedes the head, in bytes: the magic, and the length and checksum of the head.
const LEAD: usize = MAGIC.len() + 8;

/// The longest block, in bytes.
const MAX_BLOCK: u32 = 1 << 28;

/// The first block.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// The state of the dossier for which the file was written.
    state: Vec<u8>,
    /// The built-in words of the dossier.
    base: String,
    /// Its own words, as TOML.
    words: String,
    key: String,
    title: String,
    texts: Vec<Block>,
    entities: Vec<Block>,
    prose: Vec<Block>,
}

/// The position of a block.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Block {
    /// Byte offset in the file.
    start: u64,
    /// Length in bytes.
    length: u32,
    /// CRC-32 of its bytes.
    sum: u32,
}

/// Some entities with their names, as written and folded.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    entities: EntityPiece,
    folded: StoredChunk,
    prominence: Vec<u8>,
}

/// Why a name cache cannot be used.
#[derive(Debug, Error)]
pub enum CacheError {
    /// It was written for another state of the dossier.
    #[error("it was made for another state of the dossier")]
    Outdated,
    /// It is damaged, or not a name cache of this version.
    #[error("it is damaged, or no index of this version of annals")]
    Damaged,
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Writes the name cache of a dossier. `state` identifies the state of the dossier: [`read`] accepts the file only for
/// the same bytes.
///
/// # Errors
/// If the writer fails, or if a block of the dossier would be larger than 256 MiB.
pub fn write(graph: &Graph, state: &[u8], out: &mut (impl Write + Seek)) -> io::Result<()> {
    let dossier = graph.dossier();
    let meta = dossier.meta();
    let pieces = dossier.entity_pieces();
    let blank = Block { start: u64::MAX, length: u32::MAX, sum: u32::MAX };
    let mut head = Head {
        state: state.to_vec(),
        base: dossier.vocabulary().base().to_string(),
        words: dossier.vocabulary().own_toml(),
        key: meta.key.clone(),
        title: meta.title.clone(),
        texts: vec![blank; dossier.name_texts().len()],
        entities: vec![blank; pieces],
        prose: vec![blank; graph.names().prose().all().len()],
    };
    // No number takes more room than that of a blank block, so that the head can be written last.
    let room = encode(&head)?.len() as u64;
    let mut start = (LEAD as u64).saturating_add(room);
    out.seek(SeekFrom::Start(start))?;
    for (block, texts) in head.texts.iter_mut().zip(dossier.name_texts()) {
        *block = put(out, &mut start, &encode(texts)?)?;
    }
    for (piece, block) in head.entities.iter_mut().enumerate() {
        let Some((folded, prominence)) = graph.names().to_stored(piece) else { continue };
        let part = Part { entities: dossier.entity_piece(piece), folded, prominence: prominence.to_vec() };
        *block = put(out, &mut start, &encode(&part)?)?;
    }
    for (piece, block) in head.prose.iter_mut().enumerate() {
        let Some(texts) = kept::to_stored(graph, piece) else { continue };
        *block = put(out, &mut start, &encode(&texts)?)?;
    }
    let head = encode(&head)?;
    out.seek(SeekFrom::Start(0))?;
    out.write_all(MAGIC)?;
    out.write_all(&(head.len() as u32).to_le_bytes())?;
    out.write_all(&crc32fast::hash(&head).to_le_bytes())?;
    out.write_all(&head)
}

fn put(out: &mut impl Write, start: &mut u64, bytes: &[u8]) -> io::Result<Block> {
    let length = u32::try_from(bytes.len()).ok().filter(|&length| length <= MAX_BLOCK);
    let length = length.ok_or_else(|| io::Error::other("a dossier too large to be indexed"))?;
    out.write_all(bytes)?;
    let block = Block { start: *start, length, sum: crc32fast::hash(bytes) };
    *start = start.saturating_add(length.into());
    Ok(block)
}

fn encode(value: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(io::Error::other)
}

/// Reads a name cache: a graph of all entities and names, without claims.
///
/// # Errors
/// If the file was written for another state, is damaged, or cannot be read.
pub fn read(file: File, state: &[u8]) -> Result<Graph, CacheError> {
    let (file, head) = open(file, state)?;
    read_names(&file, head)
}

/// Reads a name cache with the texts of claims.
///
/// # Errors
/// As [`read`].
pub fn read_all(file: File, state: &[u8]) -> Result<Kept, CacheError> {
    let (file, mut head) = open(file, state)?;
    let blocks = std::mem::take(&mut head.prose);
    let names = read_names(&file, head)?;
    let mut prose = Vec::new();
    let read_texts = |bytes: &mut Vec<u8>, piece: usize| {
        let block = blocks.get(piece).ok_or(CacheError::Damaged)?;
        kept::from_stored(get(&file, *block, bytes)?).ok_or(CacheError::Damaged)
    };
    all(blocks.len(), read_texts, |chunk| {
        prose.push(chunk);
        Some(())
    })?;
    Kept::new(names, prose).ok_or(CacheError::Damaged)
}

/// Reads the head of a file, and checks that it fits.
fn open(mut file: File, state: &[u8]) -> Result<(Mutex<File>, Head), CacheError> {
    let mut lead = [0; LEAD];
    file.read_exact(&mut lead)?;
    let numbers = lead.strip_prefix(MAGIC).map(<[u8]>::as_chunks::<4>);
    let Some(([length, sum], [])) = numbers else { return Err(CacheError::Damaged) };
    let (length, sum) = (u32::from_le_bytes(*length), u32::from_le_bytes(*sum));
    let file = Mutex::new(file);
    let head: Head = get(&file, Block { start: LEAD as u64, length, sum }, &mut Vec::new())?;
    if head.state == state { Ok((file, head)) } else { Err(CacheError::Outdated) }
}

fn read_names(file: &Mutex<File>, head: Head) -> Result<Graph, CacheError> {
    let block = |blocks: &[Block], piece: usize| blocks.get(piece).copied().ok_or(CacheError::Damaged);
    let mut texts = Vec::new();
    let read_text = |bytes: &mut Vec<u8>, piece| get::<Piece>(file, block(&head.texts, piece)?, bytes);
    all(head.texts.len(), read_text, |piece| {
        texts.push(piece);
        Some(())
    })?;
    let count = texts.iter().map(Piece::len).sum();
    let words = Base::parse(&head.base).and_then(|base| read_own(base, &head.words)).ok_or(CacheError::Damaged)?;
    let mut names = NamesBuilder::new(words, head.key, head.title, texts).ok_or(CacheError::Damaged)?;
    let read_part = |bytes: &mut Vec<u8>, piece| {
        let Part { entities, folded, prominence } = get(file, block(&head.entities, piece)?, bytes)?;
        Ok((entities, NameIndex::chunk_from_stored(folded, count).ok_or(CacheError::Damaged)?, prominence))
    };
    let (mut chunks, mut prominence) = (Vec::new(), Vec::new());
    all(head.entities.len(), read_part, |(entities, chunk, more)| {
        chunks.push(chunk);
        prominence.extend(more);
        names.add(entities)
    })?;
    let dossier = names.finish().ok_or(CacheError::Damaged)?;
    if prominence.len() != dossier.entities().len() {
        return Err(CacheError::Damaged);
    }
    let index = NameIndex::from_stored(chunks, prominence).ok_or(CacheError::Damaged)?;
    Ok(Graph::with(dossier, |_| index))
}

/// Reads `count` blocks by several threads and takes them in order, each as soon as those before it are taken.
///
/// Each thread reads into one buffer of its own: allocating fresh memory for each block costs more than reading it.
fn all<T: Send>(
    count: usize,
    read: impl Fn(&mut Vec<u8>, usize) -> Result<T, CacheError> + Sync,
    mut take: impl FnMut(T) -> Option<()> + Send,
) -> Result<(), CacheError> {
    let mut outcome = Ok(());
    parallel::in_order(count, Vec::new, read, |part| {
        if outcome.is_ok() {
            outcome = part.and_then(|part| take(part).ok_or(CacheError::Damaged));
        }
    });
    outcome
}

/// Reads a block into `bytes` and decodes it.
fn get<T: DeserializeOwned>(file: &Mutex<File>, block: Block, bytes: &mut Vec<u8>) -> Result<T, CacheError> {
    if block.length > MAX_BLOCK {
        return Err(CacheError::Damaged);
    }
    bytes.clear();
    {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(block.start))?;
        // `take`, so that a forged length allocates no more memory than the file has.
        Read::by_ref(&mut *file).take(block.length.into()).read_to_end(bytes)?;
    }
    if bytes.len() != block.length as usize || crc32fast::hash(bytes) != block.sum {
        return Err(CacheError::Damaged);
    }
    postcard::from_bytes(bytes).map_err(|_| CacheError::Damaged)
}

#[cfg(test)]
mod tests {

    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::formats::author;
    use crate::query::Query;
    use crate::search::Tier;
    use crate::vocabulary::testing::seeds;

    fn embedded() -> Graph {
        Graph::new(author::load(&author::embedded()).0)
    }

    fn write_cache(graph: &Graph, path: &Path) {
        write(graph, b"state", &mut File::create(path).unwrap()).unwrap();
    }

    #[test]
    fn cached_names_are_found_as_those_of_the_dossier_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let whole = embedded();
        write_cache(&whole, &path);
        let names = read(File::open(&path).unwrap(), b"state").unwrap();
        assert!(whole.dossier().has_names_of(names.dossier()));
        for text in ["", "kal", "ramji sin", "obgy", "cadriology", "kind:unit ent", "a"] {
            let query = Query::parse(text, seeds()).unwrap();
            let rows = |graph: &Graph| {
                let allows = |entity| query.allows(graph.dossier().entity(entity).kind);
                let found = graph.names().search(graph.dossier(), query.pattern(), 20, allows).rows;
                // Prose is not cached.
                let by_name = found.into_iter().filter(|hit| hit.tier < Tier::Prose);
                by_name.map(|hit| (graph.dossier().id(hit.entity).to_owned(), hit.score)).take(9).collect::<Vec<_>>()
            };
            assert_eq!(rows(&names), rows(&whole), "{text}");
        }
        let again = Graph::after(&names, whole.dossier().clone());
        assert_eq!(again.dossier(), whole.dossier());
    }

    #[test]
    fn a_cache_of_another_state_is_outdated_and_a_changed_one_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        write_cache(&embedded(), &path);
        let error = |state: &[u8]| read_all(File::open(&path).unwrap(), state).err().map(|error| error.to_string());
        assert_eq!(error(b"later").as_deref(), Some("it was made for another state of the dossier"));
        let sound = fs::read(&path).unwrap();
        for (place, byte) in [(0, b'x'), (16, 0xff), (20, 7), (30, 1), (sound.len() / 2, 1), (sound.len() - 1, 1)] {
            let mut bytes = sound.clone();
            bytes[place] ^= byte;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(
                error(b"state").as_deref(),
                Some("it is damaged, or no index of this version of annals"),
                "{place}"
            );
        }
        for length in [0, 10, 24, 100, sound.len() - 1] {
            fs::write(&path, &sound[..length]).unwrap();
            assert!(error(b"state").is_some(), "{length}");
        }
    }

    #[test]
    fn no_content_of_a_block_causes_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let whole = embedded();
        write_cache(&whole, &path);
        let sound = fs::read(&path).unwrap();
        let mut found = [0, 0];
        for step in 0..400 {
            // A byte of the last block of names or of texts is changed, and the checksum with it.
            let mut bytes = sound.clone();
            let length = u32::from_le_bytes(bytes[16..20].try_into().unwrap()) as usize;
            let mut head: Head = postcard::from_bytes(&bytes[24..24 + length]).unwrap();
            let blocks = if step % 2 == 0 { &mut head.entities } else { &mut head.prose };
            let block = blocks.last_mut().unwrap();
            let range = block.start as usize..block.start as usize + block.length as usize;
            let place = range.start + step * (range.len() / 400);
            bytes[place] = bytes[place].wrapping_add((step as u8).wrapping_add(1));
            block.sum = crc32fast::hash(&bytes[range]);
            let head = postcard::to_stdvec(&head).unwrap();
            if head.len() != length {
                continue;
            }
            bytes[20..24].copy_from_slice(&crc32fast::hash(&head).to_le_bytes());
            bytes[24..24 + length].copy_from_slice(&head);
            fs::write(&path, &bytes).unwrap();
            if let Ok(kept) = read_all(File::open(&path).unwrap(), b"state") {
                let query = Query::parse("kal", seeds()).unwrap();
                for hit in kept.search(query.pattern(), 900, |_| true).rows {
                    kept.hit_in(whole.dossier(), hit);
                }
                found[step % 2] += 1;
            }
        }
        assert!(found.iter().all(|&found| found > 10), "{found:?}");
    }
}
