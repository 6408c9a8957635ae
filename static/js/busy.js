// How many people are still writing: a number, never who. Who says nothing for a while has stopped.
const FORGOTTEN = 20000; // milliseconds

const writing = new Map(); // by tablet, until when; outlives the panel, which is often written anew

addEventListener("cocreate:whisper", ({ detail: { topic, who, is_writing, workshop_id } }) => {
  if (topic !== "writing") return;
  if (is_writing) writing.set(who, { until: performance.now() + FORGOTTEN, workshop_id });
  else writing.delete(who);
  dispatchEvent(new Event("cocreate:busy"));
});

export default function busy(root) {
  const show = () => {
    const now = performance.now();
    for (const [who, { until }] of writing) if (until < now) writing.delete(who);
    const count = [...writing.values()].filter((each) => each.workshop_id === root.dataset.workshop).length;
    const more = root.querySelector("[data-more]");
    more.dataset.words ??= more.textContent;
    more.textContent = more.dataset.words.replace("{}", count);
    root.querySelector("[data-nobody]").hidden = count > 0;
    root.querySelector("[data-one]").hidden = count !== 1;
    more.hidden = count < 2;
  };
  show();
  addEventListener("cocreate:busy", () => root.isConnected && show());
  const tick = setInterval(() => (root.isConnected ? show() : clearInterval(tick)), 2000);
}
