// A free place near the stop that was touched, found as the server finds one; it has the last word. Pure.
const PITCH = { x: 260, y: 110 };
const BREATH = 0.85; // share of a pitch that stays between two stops
const ROWS_NEAR = 6; // rows tried before the next column, and three more in each next one

const LEAST_ACROSS = 8; // columns of a small page
const ACROSS = 1.2; // columns of a larger one, for each square root of its stops
const OUTSIDE = 1 / 12; // share of the stops past the edge that was put there by hand
const NEXT_LINE = 2; // rows from the lowest stop to a new line

// `after` are the stops that `touched` already leads to.
export function freePlace(nodes, touched, pointsIn = false, after = []) {
  const all = [...nodes];
  if (!touched) return below(all);
  const isFree = (spot) =>
    all.every((node) => Math.abs(node.x - spot.x) >= BREATH * PITCH.x || Math.abs(node.y - spot.y) >= BREATH * PITCH.y);
  const way = pointsIn ? -1 : 1;
  const ideal = pointsIn ? { x: touched.x - PITCH.x, y: touched.y } : onwards(all, touched, after);
  for (let column = 0; ; column++) {
    const x = ideal.x + way * column * PITCH.x;
    for (const y of rows(ideal.y, ROWS_NEAR + 3 * column)) if (isFree({ x, y })) return { x, y };
  }
}

// Right of the stop; at the edge of the page on a new line, together with what went there before.
function onwards(all, touched, after) {
  const edge = edgeOf(all);
  if (touched.x > edge || touched.x <= edge - PITCH.x) return { x: touched.x + PITCH.x, y: touched.y };
  return after.find((node) => node.x < touched.x && node.y > touched.y) ?? below(all);
}

function edgeOf(all) {
  const count = all.length + 1;
  const across = all.map((node) => node.x);
  const edge = Math.min(...across) + (Math.max(LEAST_ACROSS, Math.ceil(ACROSS * Math.sqrt(count))) - 1) * PITCH.x;
  return across.filter((x) => x > edge).length > OUTSIDE * count ? Math.max(...across) : edge;
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
  return { x: Math.min(...nodes.map((node) => node.x)), y: Math.max(...nodes.map((node) => node.y)) + NEXT_LINE * PITCH.y };
}
