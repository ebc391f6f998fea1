// Requests to the worker, each answered once or given up: a worker that takes too long is ended and started anew.
const LONGEST = { start: 180_000, open: 90_000, calculate: 90_000, upgrade: 90_000, check: 60_000, save: 60_000 };
const OTHERWISE = 30_000; // milliseconds

export class Refused extends Error {
  constructor({ words, isOlder = false, failed = false }) {
    super(words);
    Object.assign(this, { isOlder, failed });
  }
}

export class Python {
  constructor({ lang, today, onProgress, onLost }) {
    Object.assign(this, { lang, today, onProgress, onLost });
    this.begin();
  }

  begin() {
    this.waiting = new Map();
    this.number = 0;
    this.worker = new Worker(new URL("./worker.js", document.baseURI), { type: "module" });
    this.worker.onmessage = ({ data }) => {
      if (data.progress) return this.onProgress?.(...data.progress);
      const one = this.waiting.get(data.id);
      if (!one) return undefined;
      this.waiting.delete(data.id);
      clearTimeout(one.timer);
      return "value" in data ? one.resolve(data.value) : one.reject(new Refused(data));
    };
    this.worker.onerror = (event) => this.end(event.message || "worker");
    this.ready = this.ask("start", { lang: this.lang, today: this.today });
    this.ready.then(() => { this.isUp = true; }, () => {});
  }

  ask(op, args = {}, content = undefined) {
    const id = ++this.number;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end("timeout"), LONGEST[op] ?? OTHERWISE);
      this.waiting.set(id, { resolve, reject, timer });
      this.worker.postMessage({ id, op, args, content });
    });
  }

  end(why) {
    this.worker.terminate();
    const lost = [...this.waiting.values()];
    if (this.isUp) this.begin(); // one that never started would not start the next time either
    for (const one of lost) {
      clearTimeout(one.timer);
      one.reject(new Refused({ words: why, failed: true }));
    }
    if (this.isUp) this.onLost?.(why);
  }
}
