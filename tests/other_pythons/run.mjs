// Runs the rule tests, and flake8 itself, in a CPython that is compiled to WebAssembly.
//
//     node run.mjs PYODIDE_FOLDER SITE_PACKAGES REPOSITORY
//
// PYODIDE_FOLDER is an unpacked npm package `pyodide`, SITE_PACKAGES a folder of pure-Python packages.
// Exits with the worse of the two exit codes.

import { pathToFileURL } from "node:url";
import path from "node:path";

const [folder, sitePackages, repository] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: folder });
for (const [place, source] of [["/packages", sitePackages], ["/repository", repository]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: source }, place);
}
let code = 1;
try {
  code = await python.runPythonAsync(`
import os, sys

sys.path[:0] = ["/packages", "/repository"]
sys.dont_write_bytecode = True
os.chdir("/repository")
print(sys.version)

import pytest

# Older builds cannot ask for the state of an unlinked temporary file, which pytest's default capture does.
tested = pytest.main(["-q", "--capture=sys", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/test_rules.py",
                      "tests/semantics/test_walk.py", "tests/semantics/test_names.py",
                      "tests/semantics/test_instances.py"])

from flake8.main.cli import main as flake8

linted = flake8(["--isolated", "--select=AUD,E9", "-j1", "flake8_auditrules"])
with open("/tmp/faulty.py", "w") as file:
    file.write("try:\\n    run()\\nexcept:\\n    pass\\n")
found = flake8(["--isolated", "--select=AUD,E9", "-j1", "/tmp/faulty.py"])
print("rule tests", int(tested), "own code", linted, "faulty file", found)
int(bool(tested) or bool(linted) or found != 1)
`);
} catch (error) {
  // Left to node, an error would print the interpreter's own megabyte of source before its message.
  console.error(error.message);
}
process.exit(code);
