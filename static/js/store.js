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

// Each has its place in the row, by a counter and not by a clock: that may jump a year when a tablet hears the right time.
const placed = (item, all) => {
  const same = all.find(({ id }) => id === item.id);
  return { ...item, order: item.order ?? same?.order ?? 1 + Math.max(0, ...all.map(({ order }) => order ?? 0)) };
};
const byPlace = (items) => items.sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1));

function inMemory() {
  const items = new Map();
  const put = (item) => items.set(item.id, placed(item, [...items.values()]));
  return {
    lasts: false,
    put: async (item) => put(item),
    remove: async (id) => items.delete(id),
    swap: async (id, item) => items.delete(id) && Boolean(put(item)),
    get: async (id) => items.get(id),
    all: async () => byPlace([...items.values()]),
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
    put: (item) => run("readwrite", (store) => inPlace(store, item)),
    remove: (id) => run("readwrite", (store) => store.delete(id)),
    swap: async (id, item) => Boolean(await run("readwrite", (store) => exchange(store, id, item))),
    get: (id) => run("readonly", (store) => store.get(id)),
    all: async () => byPlace(await run("readonly", (store) => store.getAll())),
  };
}

function inPlace(store, item) {
  const looking = store.getAll();
  looking.onsuccess = () => store.put(placed(item, looking.result));
  return looking;
}

// One in the place of another, all or nothing; gives nought when that other is not here any more.
function exchange(store, id, item) {
  const counting = store.count(id);
  counting.onsuccess = () => {
    if (!counting.result) return;
    store.delete(id);
    inPlace(store, item);
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
