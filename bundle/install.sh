#!/bin/sh
# Installs the commands for this user, without a network, from a bundle built for this platform.
set -eu
cd "$(dirname "$0")"
target="${1:-$HOME/.local/share/selfeval/venv}"
python3 -m venv "$target"
"$target/bin/python" -m pip install --quiet --no-index --find-links wheels --upgrade "selfeval[model]"
"$target/bin/selfeval" doctor
echo "$target/bin/selfeval"
