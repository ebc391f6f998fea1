// What was entered, kept in the browser's own storage until it is saved or thrown away.
const NAME = "warmap", HOLDER = "work", KEY = "last";

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
export const keep = (work) => quietly(store("readwrite", (holder) => holder.put(work, KEY)));
export const kept = () => quietly(store("readonly", (holder) => holder.get(KEY)));
export const forget = () => quietly(store("readwrite", (holder) => holder.delete(KEY)));
