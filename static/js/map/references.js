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

// Something was taken back, or is not for everybody any more. Its words go at once; whether we may still read them, the
// server says, also about stops of which an answer is under way.
export function dropWords(bench, subject) {
  const had = bench.operations.withdraw(subject);
  bench.panel.drop(subject);
  for (const id of new Set([...had, ...asking.keys()])) lookUp(bench, id);
}
