#!/bin/sh
# Installs asl from a release: downloads the archive for this platform, verifies its checksum, and copies the binary, the
# shell completions, and the manual pages. It needs no root privileges and changes no other file.
set -eu

VERSION=0.1.0
REPOSITORY=https://github.com/owner.invalid/asl

usage() {
    cat <<'EOF'
Install asl from a release

Usage: install.sh [OPTIONS]

Options:
  --version VERSION   Version to install [default: that of this script]
  --dir DIR           Directory of the binary [default: $XDG_BIN_HOME, or ~/.local/bin]
  --base-url URL      Directory of the archives and SHA256SUMS [default: the release of the version]
  --attestation REPO  Also verify the attestation of the archive with gh
  --binary-only       Do not install shell completions and manual pages
  -h, --help          Print help

Completions and manual pages are installed if the directory of the binary is named bin, into share beside it.
EOF
}

fail() {
    echo "error: $1" >&2
    if [ $# -gt 1 ]; then echo "  help: $2" >&2; fi
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

dir=${XDG_BIN_HOME:-$HOME/.local/bin}
base_url=
attestation=
binary_only=false
while [ $# -gt 0 ]; do
    case $1 in
        --version | --dir | --base-url | --attestation)
            if [ $# -lt 2 ]; then fail "$1 needs a value"; fi
            case $1 in
                --version) VERSION=${2#v} ;;
                --dir) dir=$2 ;;
                --base-url) base_url=$2 ;;
                --attestation) attestation=$2 ;;
            esac
            shift
            ;;
        --binary-only) binary_only=true ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) fail "unknown argument \`$1\`" "install.sh --help lists the options" ;;
    esac
    shift
done
case $VERSION in
    *[!0-9A-Za-z.+-]* | '') fail "\`$VERSION\` is not a version" ;;
esac
if [ -z "$base_url" ]; then
    case $REPOSITORY in
        *.invalid/*) fail "this copy of install.sh has no repository address" "pass --base-url" ;;
    esac
    base_url=$REPOSITORY/releases/download/v$VERSION
fi

# The platform, as in the names of the archives. The binary for Linux is static: it runs with glibc and musl.
system=$(uname -s)
machine=$(uname -m)
# A shell under Rosetta reports an Intel processor.
if [ "$system" = Darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null || echo 0)" = 1 ]; then
    machine=arm64
fi
case $system-$machine in
    Linux-x86_64 | Linux-amd64) target=x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) target=x86_64-pc-windows-msvc ;;
    *) fail "releases contain no binary for $system on $machine" "build it with \`cargo install aslkit\`" ;;
esac
name=asl-v$VERSION-$target
binary=asl
archive=$name.tar.gz
case $target in
    *windows*)
        binary=asl.exe
        archive=$name.zip
        ;;
esac

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
trap 'exit 1' HUP INT TERM

download() {
    if has curl; then
        curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
    elif has wget; then
        wget -q -O "$2" "$1"
    else
        fail "neither curl nor wget is installed"
    fi || fail "cannot download $1"
}

checksum() {
    if has sha256sum; then
        sha256sum "$1" | cut -d ' ' -f 1
    elif has shasum; then
        shasum -a 256 "$1" | cut -d ' ' -f 1
    elif has openssl; then
        openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1
    else
        fail "cannot verify the checksum: none of sha256sum, shasum, and openssl is installed"
    fi
}

echo "Downloading $base_url/$archive"
download "$base_url/$archive" "$temporary/$archive"
download "$base_url/SHA256SUMS" "$temporary/SHA256SUMS"
expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$temporary/SHA256SUMS")
if [ -z "$expected" ]; then
    fail "SHA256SUMS does not contain $archive"
fi
actual=$(checksum "$temporary/$archive")
if [ "$actual" != "$expected" ]; then
    fail "the checksum of $archive is $actual, but SHA256SUMS has $expected" "nothing was installed"
fi
echo "Verified the checksum"
if [ -n "$attestation" ]; then
    if ! has gh; then fail "cannot verify the attestation: gh is not installed"; fi
    gh attestation verify "$temporary/$archive" --repo "$attestation" >/dev/null ||
        fail "the attestation of $archive is not valid" "nothing was installed"
    echo "Verified the attestation"
fi

case $archive in
    *.zip) unzip -q "$temporary/$archive" -d "$temporary" ;;
    *) tar -xzf "$temporary/$archive" -C "$temporary" ;;
esac
unpacked=$temporary/$name
if [ ! -f "$unpacked/$binary" ]; then
    fail "$archive does not contain $name/$binary"
fi

# Copies a file, and replaces the old one in one step: it may be running.
place() {
    mkdir -p "$(dirname "$2")"
    cp "$1" "$2.new.$$"
    mv -f "$2.new.$$" "$2"
}

place "$unpacked/$binary" "$dir/$binary"
chmod 755 "$dir/$binary"
if [ "$binary_only" = false ] && [ "$(basename "$dir")" = bin ]; then
    share=$(dirname "$dir")/share
    for page in "$unpacked"/man/*.1; do
        place "$page" "$share/man/man1/$(basename "$page")"
    done
    place "$unpacked/completions/asl.bash" "$share/bash-completion/completions/asl"
    place "$unpacked/completions/_asl" "$share/zsh/site-functions/_asl"
    place "$unpacked/completions/asl.fish" "$share/fish/vendor_completions.d/asl.fish"
fi
echo "Installed $("$dir/$binary" --version) as $dir/$binary"
case :$PATH: in
    *:"$dir":*) ;;
    *) echo "Add $dir to PATH to run it as asl" ;;
esac
