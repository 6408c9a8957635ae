// In what order a map grows again. Pure: lists in, lists out.

export const inTelling = (stops) => [...stops].sort((one, other) => one.told - other.told || one.place - other.place);

// By when it happened. What has no date comes after what led to it, else where it was told.
export function inTime(stops, links) {
  const told = inTelling(stops);
  const byId = new Map(told.map((stop) => [stop.id, stop]));
  const before = new Map(told.map(({ id }) => [id, []]));
  for (const { source, target } of links) {
    if (byId.has(source) && byId.get(target)?.when === "") before.get(target).push(byId.get(source));
  }
  const date = datesOf(told, before);
  const compare = (one, other) => (one < other ? -1 : Number(one > other)); // “2024” stands before “2024-03”
  const dated = told.sort((one, other) => compare(date.get(one.id), date.get(other.id)) || one.told - other.told);
  return afterWhatLedToIt(dated, before);
}

// The date of each stop: its own, else the latest of what led to it, else of what was told just before.
function datesOf(told, before) {
  const date = new Map();
  let last = "";
  for (const { id, when } of told) date.set(id, (last = when || last));
  for (const { id } of afterWhatLedToIt(told, before)) {
    const earlier = before.get(id).map((one) => date.get(one.id));
    if (earlier.length) date.set(id, earlier.reduce((one, other) => (one > other ? one : other)));
  }
  return date;
}

// The same order, but nothing without a date before what led to it; a loop is cut where it was told first.
function afterWhatLedToIt(stops, before) {
  const order = new Set();
  const begun = new Set();
  for (const stop of stops) {
    const path = [stop];
    while (path.length) {
      const here = path.at(-1);
      begun.add(here);
      const earlier = before.get(here.id).find((one) => !begun.has(one));
      if (earlier) path.push(earlier);
      else order.add(path.pop());
    }
  }
  return [...order];
}
