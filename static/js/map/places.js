// A free place near the stop that was touched, until the server says where the new one stands. Pure.
import { BOX } from "./hit.js";

const PITCH = { x: 260, y: 110 };
const ROOM = 24;
const ROWS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

export function freePlace(nodes, touched, pointsIn = false) {
  const all = [...nodes];
  const isFree = (spot) =>
    all.every((node) => Math.abs(node.x - spot.x) >= BOX.width + ROOM || Math.abs(node.y - spot.y) >= BOX.height + ROOM);
  if (!touched) return below(all);
  const way = pointsIn ? -1 : 1;
  for (const columns of [1, 2, 3]) {
    for (const rows of ROWS) {
      const spot = { x: touched.x + way * columns * PITCH.x, y: touched.y + rows * PITCH.y };
      if (isFree(spot)) return spot;
    }
  }
  return below(all);
}

function below(nodes) {
  if (!nodes.length) return { x: 0, y: 0 };
  return { x: Math.min(...nodes.map((node) => node.x)), y: Math.max(...nodes.map((node) => node.y)) + 2 * PITCH.y };
}
