// A free place near the stop that was touched, found as the server finds one; it has the last word. Pure.
const PITCH = { x: 260, y: 110 };
const BREATH = 0.85; // share of a pitch that stays between two stops
const ROWS_NEAR = 6; // rows tried before the next column, and three more in each next one

export function freePlace(nodes, touched, pointsIn = false) {
  const all = [...nodes];
  if (!touched) return below(all);
  const isFree = (spot) =>
    all.every((node) => Math.abs(node.x - spot.x) >= BREATH * PITCH.x || Math.abs(node.y - spot.y) >= BREATH * PITCH.y);
  const way = pointsIn ? -1 : 1;
  for (let column = 0; ; column++) {
    const x = touched.x + way * (column + 1) * PITCH.x;
    for (const y of rows(touched.y, ROWS_NEAR + 3 * column)) if (isFree({ x, y })) return { x, y };
  }
}

function* rows(y, most) {
  yield y;
  for (let row = 1; row <= most; row++) {
    yield y + row * PITCH.y;
    yield y - row * PITCH.y;
  }
}

function below(nodes) {
  if (!nodes.length) return { x: 0, y: 0 };
  return { x: Math.min(...nodes.map((node) => node.x)), y: Math.max(...nodes.map((node) => node.y)) + 2 * PITCH.y };
}
