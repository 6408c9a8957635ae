// What looks different now: a thing that changed is another object, or gone. Pure.
export function differing(before, after) {
  const ids = new Set();
  for (const [id, thing] of after) if (before.get(id) !== thing) ids.add(id);
  for (const id of before.keys()) if (!after.has(id)) ids.add(id);
  return ids;
}

export function saysTheSame(one, other) {
  return Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
}
