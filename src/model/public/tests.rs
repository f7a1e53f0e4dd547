//! What leaves a dossier, and what does not.
