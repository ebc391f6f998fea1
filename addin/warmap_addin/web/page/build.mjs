// Bundles the page, and prints the npm packages that went into it. Univer's hyphenation dictionaries (3 MB, for texts in 60
// languages) are left out: cells do not hyphenate.
import { build } from "esbuild";

const withoutHyphens = {
  name: "without-hyphens",
  setup(all) {
    all.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ importer, path, kind }) =>
      kind === "dynamic-import" && /engine-render/.test(importer) ? { path, namespace: "none" } : undefined);
    all.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default { patterns: [], exceptions: [] };" }));
  },
};
const { metafile } = await build({
  entryPoints: ["main.js", "worker.js", "offline.js"], outdir: process.argv[2], bundle: true, splitting: true, format: "esm",
  target: "es2022", minify: true, charset: "utf8", legalComments: "none", external: ["./pyodide/*"], plugins: [withoutHyphens],
  logLevel: "warning", metafile: true,
});
const packages = Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
process.stdout.write(JSON.stringify([...new Set(packages)].sort()));
