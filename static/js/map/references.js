// What a stop has to do with is not everybody's to see, so that each page asks for itself.
const asking = new Map(); // stops, each with the newest question about it: only that one's answer counts

export async function lookUp({ address, operations }, id) {
  const question = {};
  asking.set(id, question);
  const answer = await fetch(`${address}/nodes/${id}/references`).catch(() => null);
  const references = answer?.ok ? await answer.json().catch(() => null) : null;
  if (asking.get(id) !== question) return;
  asking.delete(id);
  if (references) operations.refers(id, references);
}
