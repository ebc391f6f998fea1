// Bundles the page, and prints the npm packages that went into it.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

// Univer's hyphenation dictionaries (3 MB, for texts in 60 languages): cells do not hyphenate.
const withoutHyphens = {
  name: "without-hyphens",
  setup(all) {
    all.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ importer, path, kind }) =>
      kind === "dynamic-import" && /engine-render/.test(importer) ? { path, namespace: "none" } : undefined);
    all.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default { patterns: [], exceptions: [] };" }));
  },
};
// Univer's mark on a text that looks like a number. Our texts say “+0.2” on purpose, and to read every text that is drawn
// as a number and as a day took a third of the time of drawing.
const withoutNumberMarks = {
  name: "without-number-marks",
  setup(all) {
    all.onLoad({ filter: /@univerjs\/sheets-ui\/lib\/es\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(/\[ForceString\w*RenderController\],/g, "");
      if (contents === text) throw new Error("Univer's mark is not where it was");
      return { contents, loader: "js" };
    });
  },
};
const { metafile } = await build({
  entryPoints: ["main.js", "worker.js", "offline.js"], outdir: process.argv[2], bundle: true, splitting: true, format: "esm",
  target: "es2022", minify: true, charset: "utf8", legalComments: "none", external: ["./pyodide/*"], plugins: [withoutHyphens, withoutNumberMarks],
  logLevel: "warning", metafile: true,
});
const packages = Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
process.stdout.write(JSON.stringify([...new Set(packages)].sort()));
