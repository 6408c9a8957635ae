// Where contributions wait on the device: IndexedDB, which works on plain http too.
// Where a browser forbids even that, memory; the person is told.
const STORE = "outbox";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("cocreate", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function inMemory() {
  const items = new Map();
  return {
    lasts: false,
    put: async (item) => items.set(item.id, item),
    remove: async (id) => items.delete(id),
    swap: async (id, item) => items.delete(id) && Boolean(items.set(item.id, item)),
    get: async (id) => items.get(id),
    all: async () => [...items.values()],
  };
}

function inDatabase(database) {
  const run = (mode, work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  return {
    lasts: true,
    put: (item) => run("readwrite", (store) => store.put(item)),
    remove: (id) => run("readwrite", (store) => store.delete(id)),
    swap: async (id, item) => Boolean(await run("readwrite", (store) => exchange(store, id, item))),
    get: (id) => run("readonly", (store) => store.get(id)),
    all: () => run("readonly", (store) => store.getAll()),
  };
}

// One in the place of another, all or nothing; gives nought when that other is not here any more.
function exchange(store, id, item) {
  const counting = store.count(id);
  counting.onsuccess = () => {
    if (!counting.result) return;
    store.delete(id);
    store.put(item);
  };
  return counting;
}

export async function openStore() {
  try {
    return inDatabase(await open());
  } catch {
    return inMemory();
  }
}
