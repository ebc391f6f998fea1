#!/bin/sh
# PostgreSQL, of which the tests of the store start a cluster of their own in a temporary folder.
# Installs it where it may (root on Debian or Ubuntu), and says how where it may not. With CI=true a missing server is
# a failure.
set -u
here() {
    command -v initdb >/dev/null 2>&1 && return 0
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && return 0
    done
    return 1
}

if here; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== Installing PostgreSQL (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
if ! here; then
    echo "== PostgreSQL's server (initdb) is not here, and could not be installed."
    echo "   On Debian or Ubuntu:  sudo apt-get install --no-install-recommends postgresql"
    echo "   On macOS:             brew install postgresql; its initdb must be in the path."
    echo "   It is for the tests only; warmap itself needs no server of this computer."
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
