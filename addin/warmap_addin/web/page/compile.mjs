// Compiles the modules of the wheels in a folder for Pyodide's Python, and packs them into one archive: a page that had to
// compile them at every start would start twice as slowly. The same wheels give the same bytes. The archive's name ends in its
// kind: zip, from which Python can import; or zstdtar, which is a third smaller and unpacked as fast.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const [, , wheels, archive, ...leftOut] = process.argv; // beginnings of names that the page has no use for
const python = await loadPyodide({ env: { PYTHONNODEBUGRANGES: "1" } });
python.globals.set("left_out", python.toPy(leftOut));
python.globals.set("kind", archive.split(".").pop());
const read = Object.fromEntries(readdirSync(wheels).sort().map((name) => [name, new Uint8Array(readFileSync(join(wheels, name)))]));
python.globals.set("wheels", python.toPy(read));
const packed = python.runPython(`
import io, importlib.util, tarfile, zipfile
from compression import zstd
from importlib._bootstrap_external import _code_to_hash_pyc

held = {}
for wheel in wheels.values():
    with zipfile.ZipFile(io.BytesIO(bytes(wheel))) as parts:
        for name in parts.namelist():
            if name.startswith(tuple(left_out)):
                continue
            data = parts.read(name)
            if name.endswith(".py"):
                code = compile(data, name, "exec", dont_inherit=True, optimize=2)
                held[name + "c"] = bytes(_code_to_hash_pyc(code, importlib.util.source_hash(data), False))
            elif not name.endswith((".pyi", ".so", ".c", "/RECORD", "/")):
                held[name] = data
out = io.BytesIO()
if kind == "zip":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(held):
            archive.writestr(zipfile.ZipInfo(name), held[name], zipfile.ZIP_DEFLATED)
else:
    with zstd.ZstdFile(out, "wb", level=19) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for name in sorted(held):
            about = tarfile.TarInfo(name)
            about.size = len(held[name])
            archive.addfile(about, io.BytesIO(held[name]))
out.getvalue()
`);
writeFileSync(archive, packed.toJs());
