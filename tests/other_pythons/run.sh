#!/usr/bin/env bash
# Run the rule tests under other Pythons, each as WebAssembly: run.sh 3.14 [3.13 3.12].
# Needs node, npm and python3 with pip; everything else is put into a temporary folder.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
declare -A builds=([3.12]=0.27.7 [3.13]=0.29.4 [3.14]=314.0.7)

for version in "$@"; do
  site="$work/site-$version"
  # The suite itself is taken with its metadata, so that flake8 finds its entry points.
  python3 -m pip install --quiet --disable-pip-version-check --target "$site" --python-version "$version" \
    --only-binary=:all: "flake8>=7,<8" astroid "pytest>=8"
  python3 -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work" "$repository"
  python3 -m zipfile -e "$work"/flake8_auditrules-*.whl "$site"
  (cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work/node-$version" "pyodide@${builds[$version]}")
  echo "Python $version (pyodide ${builds[$version]})"
  node "$repository/tests/other_pythons/run.mjs" "$work/node-$version/node_modules/pyodide" "$site" "$repository"
done
