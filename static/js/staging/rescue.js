// A file with everything that still waits on this tablet, made on the device: readable words first, then what a machine needs.
import { handedOver } from "../others.js";

const day = (now) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

// What others on this tablet told is in it for a machine only: whoever has the tablet now reads their own.
export function rescueFile(mine, others, readMe) {
  const file = {
    cocreate: "rescue",
    version: 1,
    read_me: readMe,
    words: mine.map(({ words }) => words).filter(Boolean),
    items: [...mine, ...others].filter(({ proof }) => proof).map(handedOver),
  };
  return new Blob([JSON.stringify(file, null, 2)], { type: "application/json" });
}

export async function saveRescueFile(outbox, readMe) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(rescueFile(await outbox.mine(), await outbox.others(), readMe));
  link.download = `cocreate-rescue-${day(new Date())}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
