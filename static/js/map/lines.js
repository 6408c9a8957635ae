// Draws one step by itself, simpler than the server, which then finds it a way around what stands between.
import { make } from "./shapes.js";

const BOW = 60;

export function line(edge, source, target, { data, names, way, letters }) {
  const look = data.relations[edge.relation] ?? data.relations.led_to;
  const curve = path(source, target, data.box).map(([x, y]) => [way * x, y]);
  const [start, ...rest] = curve;
  const d = `M${start.join(" ")}C${rest.map((spot) => spot.join(" ")).join(" ")}`;
  const bar = edge.relation === "hindered";
  return make(
    "g",
    {
      class: `edge relation-${edge.relation} is-provisional`,
      "data-edge": edge.id,
      "data-source": edge.source,
      "data-target": edge.target,
      "data-relation": edge.relation,
    },
    make("title", {}, names.relations[edge.relation] ?? ""),
    make("path", { class: "line", d, "stroke-width": look.width, "stroke-dasharray": look.dash.join(" ") || null }),
    make("path", { class: `head${bar ? " bar" : look.filled ? "" : " open"}`, d: tip(curve, look), "stroke-width": bar ? 5 : null }),
    ...(look.ring ? [make("circle", { class: "ring", cx: start[0], cy: start[1], r: 6 })] : []),
    ...words(edge.label, curve, { label: data.label, letters }),
  );
}

// Halfway along, as on the server.
function words(said, curve, { label, letters }) {
  const [from, , , to] = curve;
  const { size, pitch, least, beside, above, lines: most } = label;
  const lines = said ? letters.wrap(said, Math.max(least, Math.abs(to[0] - from[0]) - beside), size, most) : [];
  if (!lines.length) return [];
  const [x, middle] = [0, 1].map((side) => (curve[0][side] + 3 * curve[1][side] + 3 * curve[2][side] + curve[3][side]) / 8);
  const top = middle - above - (lines.length - 1) * pitch;
  const spans = lines.map((line, place) => make("tspan", { x, y: top + place * pitch }, line));
  const look = { "font-size": size, "stroke-width": 4, "paint-order": "stroke", "text-anchor": "middle", "unicode-bidi": "plaintext" };
  return [make("text", { class: "label", ...look }, ...spans)];
}

// Four points: on in time in a gentle bend, back in a bow below.
function path(source, target, box) {
  if (target.x - source.x >= box.width) {
    const [from, to] = [source.x + box.width / 2, target.x - box.width / 2];
    const middle = (from + to) / 2;
    return [[from, source.y], [middle, source.y], [middle, target.y], [to, target.y]];
  }
  const [from, to] = [source.y + box.height / 2, target.y + box.height / 2];
  const level = Math.max(from, to) + BOW;
  return [[source.x - 24, from], [source.x - 24, level], [target.x + 24, level], [target.x + 24, to]];
}

function tip(curve, { tip: spots, filled }) {
  const [x, y] = curve[3];
  const back = [2, 1, 0].map((place) => curve[place]).find(([a, b]) => a !== x || b !== y) ?? [x - 1, y];
  const far = Math.hypot(x - back[0], y - back[1]);
  const [cos, sin] = [(x - back[0]) / far, (y - back[1]) / far];
  const at = ([along, aside]) => `${x + along * cos - aside * sin} ${y + along * sin + aside * cos}`;
  return `M${spots.map(at).join("L")}${filled ? "z" : ""}`;
}
