#!/bin/sh
# Chromium, in which the tests click through the page that `warmap check --format html` writes.
# Installs it where it may (root on Debian or Ubuntu), and says how where it may not. With CI=true a missing browser is
# a failure.
set -u
here() {
    for program in chromium chromium-browser google-chrome; do
        command -v "$program" >/dev/null 2>&1 && return 0
    done
    return 1
}

if here; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== Installing Chromium (apt-get)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
if ! here; then
    echo "== Chromium is not here, and could not be installed."
    echo "   On Debian:            sudo apt-get install --no-install-recommends chromium"
    echo "   On Ubuntu:            install Google Chrome (google.com/chrome); the snap cannot be driven by the tests."
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
