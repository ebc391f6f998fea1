#!/bin/sh
# The browsers in which the tests use what we write as a person does: Chromium, and for the start of the page Firefox and
# WebKitGTK (on a screen of Xvfb's). Installs them where it may (root on Debian or Ubuntu), and says how where it may not.
# With CI=true a missing browser is a failure.
set -u
missing() {
    chromium_here || echo chromium
    command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || echo firefox-esr
    command -v WebKitWebDriver >/dev/null 2>&1 || echo webkit2gtk-driver
    command -v xvfb-run >/dev/null 2>&1 || echo xvfb xauth
}
chromium_here() {
    for program in chromium chromium-browser google-chrome; do
        command -v "$program" >/dev/null 2>&1 && return 0
    done
    return 1
}

wanted=$(missing)
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== Installing browsers (apt-get):" $wanted
    # shellcheck disable=SC2086  one word for each package
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi
wanted=$(missing)
if [ -n "$wanted" ]; then
    echo "== Not here, and could not be installed:" $wanted
    echo "   On Debian:            sudo apt-get install --no-install-recommends" $wanted
    echo "   On Ubuntu:            install Google Chrome (google.com/chrome) and Mozilla's own firefox; the snaps cannot be driven by the tests."
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
