// Which stop a finger means. Pure: stops are {id, x, y} in the units of the picture.
export const BOX = { width: 200, height: 72 };
const REACH = 22; // css px around a finger: an effective target of 44 px at every zoom
const AHEAD = 10;
const CAPTION = 24; // below a box

export function nearest(stops, point, scale) {
  let best = null;
  for (const stop of stops) {
    const [across, down] = [Math.abs(stop.x - point.x), Math.abs(stop.y - point.y)];
    const gap = scale * Math.hypot(Math.max(across - BOX.width / 2, 0), Math.max(down - BOX.height / 2, 0));
    if (gap > REACH) continue;
    const middle = Math.hypot(across, down);
    if (!best || gap < best.gap || (gap === best.gap && middle < best.middle)) best = { stop, gap, middle };
  }
  return best?.stop ?? null;
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest stop in the direction of an arrow key; what lies aside counts as further away.
export function towards(stops, from, key) {
  const [right, below] = WAYS[key];
  let best = null;
  for (const stop of stops) {
    const [dx, dy] = [stop.x - from.x, stop.y - from.y];
    const ahead = dx * right + dy * below;
    if (stop.id === from.id || ahead < AHEAD) continue;
    const far = ahead + 2 * Math.abs(dx * below + dy * right);
    if (!best || far < best.far) best = { stop, far };
  }
  return best?.stop ?? null;
}

// Where the road begins: the first at the side where reading starts.
export function beginning(stops, way = 1) {
  const from = (stop) => way * stop.x;
  const first = Math.min(...stops.map(from));
  const column = stops.filter((stop) => from(stop) < first + BOX.width);
  return column.reduce((best, stop) => (!best || stop.y < best.y ? stop : best), null);
}

const measured = new WeakMap();

// Around all boxes. A list of stops is measured once.
export function bounds(stops) {
  if (!measured.has(stops)) measured.set(stops, measure(stops.length ? stops : [{ x: 0, y: 0 }]));
  return measured.get(stops);
}

function measure(stops) {
  const [across, down] = [BOX.width / 2, BOX.height / 2];
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of stops) {
    box.left = Math.min(box.left, x - across);
    box.right = Math.max(box.right, x + across);
    box.top = Math.min(box.top, y - down);
    box.bottom = Math.max(box.bottom, y + down + CAPTION);
  }
  return box;
}
