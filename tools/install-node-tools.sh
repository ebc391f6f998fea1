#!/bin/sh
# Node.js, and Microsoft's checkers (npm packages), with which the tests check what we write.
set -eu
if ! command -v npm >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "== Installing Node.js (apt-get)"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
    else
        echo "== npm is not here: install Node.js 18 or newer (nodejs.org), then run make test again."
        exit 1
    fi
fi
echo "== Installing the Open XML validator and the checkers of Office add-ins in tools/"
cd tools && npm install --no-package-lock --silent --no-audit --no-fund
