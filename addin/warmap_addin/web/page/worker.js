// Python in a worker of its own: the page never waits for it, and may end it when it takes too long.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const tell = (done, of) => self.postMessage({ progress: [done, of] });

async function start({ lang, today }) {
  const { wheels, archive } = await (await fetch("./folder.json")).json();
  const here = (name) => new URL(`./${name}`, self.location).href;
  tell(0, 4);
  const packed = fetch(here(archive)).then((answer) => answer.arrayBuffer());
  const python = await loadPyodide({ indexURL: here("pyodide/") });
  tell(1, 4);
  await python.loadPackage(wheels.map((name) => here(`wheels/${name}`)), {
    checkIntegrity: false, messageCallback() {}, errorCallback(words) { throw new Error(words); },
  });
  tell(2, 4);
  python.unpackArchive(await packed, archive.split(".").pop(), { extractDir: python.runPython("import site; site.getsitepackages()[0]") });
  tell(3, 4);
  const page = python.pyimport("warmap_addin.web.page_calls").Page(lang, today);
  tell(4, 4);
  return (op, args, content) => page.answer(op, args, content && python.toPy(new Uint8Array(content)));
}

let page;
self.onmessage = async ({ data: { id, op, args, content } }) => {
  try {
    if (op === "start") {
      page = start(args);
      await page;
      self.postMessage({ id, value: true });
      return;
    }
    const answer = (await page)(op, JSON.stringify(args ?? {}), content);
    self.postMessage({ id, ...JSON.parse(answer) });
  } catch (fault) {
    self.postMessage({ id, words: String(fault?.message ?? fault), failed: true });
  }
};
