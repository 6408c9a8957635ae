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
    all: () => run("readonly", (store) => store.getAll()),
  };
}

export async function openStore() {
  try {
    return inDatabase(await open());
  } catch {
    return inMemory();
  }
}
