#!/bin/sh
# LibreOffice (to compute the functions in real cells), Gnumeric (a second reader), fonts and PDF tools for pictures.
# Installs what is missing where it may (root on Debian or Ubuntu), and says how where it may not. With CI=true a
# missing host is a failure.
set -u
packages="libreoffice-calc-nogui python3-uno libreoffice-script-provider-python libreoffice-dev gnumeric fonts-noto-cjk fonts-crosextra-carlito poppler-utils"

missing() {
    command -v soffice >/dev/null 2>&1 || return 0
    python_with_uno || return 0
    for program in ssconvert pdftoppm; do
        command -v "$program" >/dev/null 2>&1 || return 0
    done
    [ "$(fc-list ':lang=zh' 2>/dev/null | head -1)" ] || return 0
    return 1
}

python_with_uno() {
    for python in /usr/bin/python3 python3; do
        "$python" -c 'import uno' >/dev/null 2>&1 && return 0
    done
    return 1
}

if ! missing; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== Installing LibreOffice and the tools to look at pages (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
if missing; then
    echo "== LibreOffice (with its Python bridge), Gnumeric, a Chinese font or pdftoppm is not here, and could not be installed."
    echo "   On Debian or Ubuntu:  sudo apt-get install --no-install-recommends $packages"
    echo "   On Windows or macOS:  install LibreOffice from libreoffice.org; the other two are for the tests only."
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
