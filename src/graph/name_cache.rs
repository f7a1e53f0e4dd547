//! The names of a large dossier, folded and kept in a file beside it, so that they can be searched long
//! before the dossier is read.
//!
//! The file holds blocks: first one that tells of the others and of the state of the dossier for which it
//! was made, then the texts of names, then the entities with their folded names. Blocks are read and looked
//! over by several threads.
//!
//! Invariant: a file is used only for the very state of the dossier for which it was made; a damaged one is
//! told from a sound one, and what is read from either never breaks what uses it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Graph;
use crate::model::names::{Entities, Gathering};
use crate::model::pool::Piece;
use crate::search::{Kept, NameIndex, parallel};

/// How a kept index begins; it ends with the version of the form.
const MAGIC: &[u8; 16] = b"annals index 001";

/// What stands before the head: those bytes, and its length and sum.
const LEAD: usize = MAGIC.len() + 8;

/// No block is longer, in bytes.
const MAX_BLOCK: u32 = 1 << 28;

/// The first block.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// For which state of the dossier it was made.
    state: Vec<u8>,
    key: String,
    title: String,
    texts: Vec<Block>,
    entities: Vec<Block>,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Block {
    start: u64,
    length: u32,
    sum: u32,
}

/// Entities with their names, folded ones too.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    entities: Entities,
    folded: Kept,
    prominence: Vec<u8>,
}

/// Why a kept index is of no use.
#[derive(Debug)]
pub enum Misfit {
    /// It was made for another state of the dossier.
    Outdated,
    /// It is damaged, or no index of this version.
    Unsound,
    /// It cannot be read.
    Unread(io::Error),
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outdated => out.write_str("it was made for another state of the dossier"),
            Self::Unsound => out.write_str("it is damaged, or no index of this version of annals"),
            Self::Unread(error) => write!(out, "it cannot be read: {error}"),
        }
    }
}

impl From<io::Error> for Misfit {
    fn from(error: io::Error) -> Self {
        Self::Unread(error)
    }
}

/// Keeps the names of a dossier that was in this state when it was read.
///
/// # Errors
/// Those of the writer, and a dossier too large for the form.
pub fn write(graph: &Graph, state: &[u8], out: &mut (impl Write + Seek)) -> io::Result<()> {
    let dossier = graph.dossier();
    let meta = dossier.meta();
    let pieces = dossier.entity_pieces();
    let blank = Block { start: u64::MAX, length: u32::MAX, sum: u32::MAX };
    let mut head = Head {
        state: state.to_vec(),
        key: meta.key.clone(),
        title: meta.title.clone(),
        texts: vec![blank; dossier.name_texts().len()],
        entities: vec![blank; pieces],
    };
    // Numbers take no more room than those of a blank block, so that the head can be written last.
    let room = encode(&head)?.len() as u64;
    let mut start = (LEAD as u64).saturating_add(room);
    out.seek(SeekFrom::Start(start))?;
    for (block, texts) in head.texts.iter_mut().zip(dossier.name_texts()) {
        *block = put(out, &mut start, &encode(texts)?)?;
    }
    for (piece, block) in head.entities.iter_mut().enumerate() {
        let Some((folded, prominence)) = graph.names().keep(piece) else { continue };
        let part = Part { entities: dossier.entity_piece(piece), folded, prominence: prominence.to_vec() };
        *block = put(out, &mut start, &encode(&part)?)?;
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

/// The names that were kept of a dossier in this state: a graph in which nothing is said of anybody.
///
/// # Errors
/// See [`Misfit`].
pub fn read(mut file: File, state: &[u8]) -> Result<Graph, Misfit> {
    let mut lead = [0; LEAD];
    file.read_exact(&mut lead)?;
    let numbers = lead.strip_prefix(MAGIC).map(<[u8]>::as_chunks::<4>);
    let Some(([length, sum], [])) = numbers else { return Err(Misfit::Unsound) };
    let (length, sum) = (u32::from_le_bytes(*length), u32::from_le_bytes(*sum));
    let file = Mutex::new(file);
    let head: Head = get(&file, Block { start: LEAD as u64, length, sum }, &mut Vec::new())?;
    if head.state != state {
        return Err(Misfit::Outdated);
    }
    let block = |blocks: &[Block], piece: usize| blocks.get(piece).copied().ok_or(Misfit::Unsound);
    let mut texts = Vec::new();
    let read_text = |bytes: &mut Vec<u8>, piece| get::<Piece>(&file, block(&head.texts, piece)?, bytes);
    all(head.texts.len(), read_text, |piece| {
        texts.push(piece);
        Some(())
    })?;
    let count = texts.iter().map(Piece::len).sum();
    let mut gathering = Gathering::new(head.key, head.title, texts).ok_or(Misfit::Unsound)?;
    let read_part = |bytes: &mut Vec<u8>, piece| {
        let Part { entities, folded, prominence } = get(&file, block(&head.entities, piece)?, bytes)?;
        Ok((entities, NameIndex::chunk_of_kept(folded, count).ok_or(Misfit::Unsound)?, prominence))
    };
    let (mut chunks, mut prominence) = (Vec::new(), Vec::new());
    all(head.entities.len(), read_part, |(entities, chunk, more)| {
        chunks.push(chunk);
        prominence.extend(more);
        gathering.add(entities)
    })?;
    let index = NameIndex::of_kept(chunks, prominence).ok_or(Misfit::Unsound)?;
    let dossier = gathering.finish().ok_or(Misfit::Unsound)?;
    if !index.is_of(&dossier) {
        return Err(Misfit::Unsound);
    }
    Ok(Graph::with(dossier, |_| index))
}

/// Reads many blocks by several threads, each of which reads bytes to where it has read those before: memory that was
/// never touched costs more than what is done with it. What was read is taken in order, as soon as it can be.
fn all<T: Send>(
    count: usize,
    read: impl Fn(&mut Vec<u8>, usize) -> Result<T, Misfit> + Sync,
    mut take: impl FnMut(T) -> Option<()> + Send,
) -> Result<(), Misfit> {
    let mut outcome = Ok(());
    parallel::in_order(count, Vec::new, read, |part| {
        if outcome.is_ok() {
            outcome = part.and_then(|part| take(part).ok_or(Misfit::Unsound));
        }
    });
    outcome
}

/// What a block holds, its bytes being read into `bytes`.
fn get<T: DeserializeOwned>(file: &Mutex<File>, block: Block, bytes: &mut Vec<u8>) -> Result<T, Misfit> {
    if block.length > MAX_BLOCK {
        return Err(Misfit::Unsound);
    }
    bytes.clear();
    {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(block.start))?;
        // Never more memory than there is file.
        Read::by_ref(&mut *file).take(block.length.into()).read_to_end(bytes)?;
    }
    if bytes.len() != block.length as usize || crc32fast::hash(bytes) != block.sum {
        return Err(Misfit::Unsound);
    }
    postcard::from_bytes(bytes).map_err(|_| Misfit::Unsound)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::formats::author;
    use crate::query::Query;
    use crate::search::Tier;

    fn embedded() -> Graph {
        Graph::new(author::load(&author::embedded()).0)
    }

    fn kept(graph: &Graph, path: &Path) {
        write(graph, b"state", &mut File::create(path).unwrap()).unwrap();
    }

    #[test]
    fn kept_names_are_found_as_the_dossier_finds_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let whole = embedded();
        kept(&whole, &path);
        let names = read(File::open(&path).unwrap(), b"state").unwrap();
        assert!(whole.dossier().has_names_of(names.dossier()));
        for text in ["", "kal", "ramji sin", "obgy", "cadriology", "kind:unit ent", "a"] {
            let query = Query::parse(text).unwrap();
            let rows = |graph: &Graph| {
                let found = graph.names().search(graph.dossier(), &query, 20).rows;
                // What is said of them is not kept.
                let by_name = found.into_iter().filter(|hit| hit.tier < Tier::Prose);
                by_name.map(|hit| (graph.dossier().id(hit.entity).to_owned(), hit.score)).take(9).collect::<Vec<_>>()
            };
            assert_eq!(rows(&names), rows(&whole), "{text}");
        }
        let again = Graph::after(&names, whole.dossier().clone());
        assert_eq!(again.dossier(), whole.dossier());
    }

    #[test]
    fn an_index_of_another_state_and_a_damaged_one_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        kept(&embedded(), &path);
        let misfit = |state: &[u8]| read(File::open(&path).unwrap(), state).err().map(|misfit| misfit.to_string());
        assert_eq!(misfit(b"later").as_deref(), Some("it was made for another state of the dossier"));
        let sound = fs::read(&path).unwrap();
        for (place, byte) in [(0, b'x'), (16, 0xff), (20, 7), (30, 1), (sound.len() / 2, 1), (sound.len() - 1, 1)] {
            let mut bytes = sound.clone();
            bytes[place] ^= byte;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(
                misfit(b"state").as_deref(),
                Some("it is damaged, or no index of this version of annals"),
                "{place}"
            );
        }
        for length in [0, 10, 24, 100, sound.len() - 1] {
            fs::write(&path, &sound[..length]).unwrap();
            assert!(misfit(b"state").is_some(), "{length}");
        }
    }

    #[test]
    fn whatever_stands_in_its_blocks_it_breaks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        kept(&embedded(), &path);
        let sound = fs::read(&path).unwrap();
        let mut found = 0;
        for step in 0..400 {
            // A byte of the last block is another one, and its sum is made to fit.
            let mut bytes = sound.clone();
            let length = u32::from_le_bytes(bytes[16..20].try_into().unwrap()) as usize;
            let mut head: Head = postcard::from_bytes(&bytes[24..24 + length]).unwrap();
            let block = head.entities.last_mut().unwrap();
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
            if let Ok(names) = read(File::open(&path).unwrap(), b"state") {
                let query = Query::parse("kal").unwrap();
                names.names().search(names.dossier(), &query, 9);
                found += 1;
            }
        }
        assert!(found > 10, "{found}");
    }
}
