// What was entered, kept in the browser's own storage until it is saved or thrown away.
const NAME = "warmap", HOLDER = "work", WORK = "last", FILE = "file";
let held; // the file that is kept: it is large, and stays the same while entries come

function store(mode, use) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(HOLDER);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const base = asked.result;
      const deed = base.transaction(HOLDER, mode);
      const request = use(deed.objectStore(HOLDER));
      deed.oncomplete = () => { base.close(); resolve(request.result); };
      deed.onerror = deed.onabort = () => { base.close(); reject(deed.error); };
    };
  });
}

// A browser that keeps nothing (a private window) is no reason to stop working.
const quietly = (deed) => deed.catch(() => undefined);
export function keep({ file, content, entered }) {
  return quietly(store("readwrite", (holder) => {
    if (held !== content) holder.put(content, FILE);
    return holder.put({ file, entered }, WORK);
  }).then(() => { held = content; }));
}
export async function kept() {
  const work = await quietly(store("readonly", (holder) => holder.get(WORK)));
  const content = work && await quietly(store("readonly", (holder) => holder.get(FILE)));
  return content && { ...work, content };
}
export function forget() {
  held = undefined;
  return quietly(store("readwrite", (holder) => holder.clear()));
}
