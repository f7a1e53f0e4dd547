// The files of the embedded dossier, compiled in by `src/formats/author/source.rs`.
embed![
    "checks.toml",
    "claims/agency-2023.toml",
    "claims/kalyani.toml",
    "claims/partnership-2024.toml",
    "claims/roy.toml",
    "claims/skills.toml",
    "dossier.toml",
    "entities.toml",
    "pins/agency-2023.toml",
    "pins/kalyani.toml",
    "pins/partnership-2024.toml",
    "pins/roy.toml",
    "pins/skills.toml",
    "vocabulary.toml",
]
