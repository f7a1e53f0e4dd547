//! Entities and their names without claims, in pieces that can be stored in a file.
//!
//! Invariant: a [`NamesBuilder`] makes a dossier whose ids, labels and names have the numbers of the dossier from which
//! [`Dossier::entity_piece`] took them, or none if the pieces are inconsistent.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dossier::{Dossier, Entity, Meta, Name};
use super::evidence::Cited;
use super::id::{EntityId, Sym};
use super::pool::{PIECE, Piece, Pool};
use super::words::NameKind;
use crate::vocabulary::{KindId, Vocabulary};

/// The most entities of one label that are told apart by what is said of them; of more, each has its id.
pub const MAX_NAMESAKES: usize = 16;

/// Entities in their order, with their names.
#[derive(Debug, Serialize, Deserialize)]
pub struct EntityPiece {
    /// Their ids.
    ids: Piece,
    /// Kind and label of each, by number.
    rows: Vec<(u8, u32)>,
    /// Entity, value, kind and language of each name, by number.
    names: Vec<(u32, u32, u8, Option<u32>)>,
}

impl Dossier {
    /// Returns the number of pieces of entities.
    pub fn entity_pieces(&self) -> usize {
        self.entities.len().div_ceil(PIECE)
    }

    /// Returns one piece of entities with their names.
    pub fn entity_piece(&self, piece: usize) -> EntityPiece {
        let rows = self.entities.chunks(PIECE).nth(piece).unwrap_or_default();
        let ids = self.entities().skip(piece.saturating_mul(PIECE)).take(rows.len());
        let number = |sym: Sym| sym.index() as u32;
        let names = ids.flat_map(|entity| self.names(entity));
        EntityPiece {
            ids: self.ids.piece(piece).cloned().unwrap_or_default(),
            rows: rows.iter().map(|entity| (entity.kind.0, number(entity.label))).collect(),
            names: names
                .map(|name| (name.entity.0, number(name.value), name.kind as u8, name.lang.map(number)))
                .collect(),
        }
    }

    /// Returns the pieces of text with labels and names.
    pub fn name_texts(&self) -> impl ExactSizeIterator<Item = &Piece> {
        let labels = self.entities.iter().map(|entity| entity.label);
        let names = self.names.iter().flat_map(|name| [name.lang, Some(name.value)]).flatten();
        let count = labels.chain(names).max().map_or(0, |last| last.index().saturating_add(1));
        self.texts.pieces(count).iter().map(|piece| &**piece)
    }

    /// Shares the memory of ids and texts with another dossier that has them under the same numbers.
    pub fn share_texts(&mut self, other: &Self) {
        self.ids.share(&other.ids);
        self.texts.share(&other.texts);
    }
}

/// A dossier of entities and names only, assembled from pieces in their order.
#[derive(Debug)]
pub struct NamesBuilder {
    dossier: Dossier,
    ids: Vec<Piece>,
}

impl NamesBuilder {
    /// Returns a builder with all texts and no entities; `None` if the pieces are inconsistent.
    pub fn new(vocabulary: Arc<Vocabulary>, key: String, title: String, texts: Vec<Piece>) -> Option<Self> {
        let texts = Pool::of_pieces(texts)?;
        let meta = Meta { key, title, ..Meta::default() };
        Some(Self { dossier: Dossier { meta, vocabulary, texts, ..Dossier::default() }, ids: Vec::new() })
    }

    /// Adds a piece; `None` if it is inconsistent, and the builder must not be used further.
    pub fn add(&mut self, piece: EntityPiece) -> Option<()> {
        let dossier = &mut self.dossier;
        let texts = dossier.texts.len();
        let text = |number: u32| ((number as usize) < texts).then(|| Sym::from_index(number as usize));
        let first = dossier.entities.len() as u32;
        let mut names = piece.names.iter().peekable();
        for ((kind, label), entity) in piece.rows.iter().zip(first..) {
            let kind = Some(KindId(*kind)).filter(|kind| kind.index() < dossier.vocabulary.kinds().len())?;
            let start = dossier.names.len() as u32;
            while let Some(&(_, value, kind, lang)) = names.next_if(|name| name.0 == entity) {
                dossier.names.push(Name {
                    entity: EntityId(entity),
                    value: text(value)?,
                    kind: *NameKind::ALL.get(usize::from(kind))?,
                    lang: lang.map_or(Some(None), |lang| text(lang).map(Some))?,
                    details: None,
                    evidence: Cited::NOWHERE,
                });
            }
            dossier.entities.push(Entity { kind, label: text(*label)?, names: start, claims: 0 });
        }
        self.ids.push(piece.ids);
        names.next().is_none().then_some(())
    }

    /// Returns the dossier; `None` if the pieces are inconsistent.
    pub fn finish(self) -> Option<Dossier> {
        let Self { mut dossier, ids } = self;
        dossier.ids = Pool::of_pieces(ids)?;
        dossier.entities.shrink_to_fit();
        dossier.names.shrink_to_fit();
        (dossier.ids.len() == dossier.entities.len()).then_some(dossier)
    }
}
