// A road too large to be read from afar: the picture shows the part of it where something happened last.
const LEGIBLE = 0.03; // the height of a letter, as a share of the height of the screen

export function zoom(place) {
  const picture = place.querySelector("svg.map");
  const room = place.getBoundingClientRect();
  if (!picture || !room.height) return;
  place.dataset.whole ??= picture.getAttribute("viewBox");
  const [x, y, width, height] = place.dataset.whole.split(/[\s,]+/).map(Number);
  const letters = [...picture.querySelectorAll("text.words")].map((text) => Number(text.getAttribute("font-size")));
  const scale = Math.min(...letters) / (LEGIBLE * innerHeight);
  const view = { width: Math.min(width, room.width * scale), height: Math.min(height, room.height * scale) };
  const about = centreOf(picture, place) ?? { x: x + width / 2, y: y + height / 2 };
  const within = (least, most, middle, size) => Math.max(least, Math.min(least + most - size, middle - size / 2));
  const corner = [within(x, width, about.x, view.width), within(y, height, about.y, view.height)];
  picture.setAttribute("viewBox", [...corner, view.width, view.height].join(" "));
  place.toggleAttribute("data-zoomed", view.width < width || view.height < height);
}

// Where something changed last, as the picture counts.
function centreOf(picture, place) {
  const fresh = [...place.querySelectorAll("[data-node].is-fresh")];
  const last = place.querySelector(`[data-node="${CSS.escape(place.dataset.last ?? "")}"]`);
  const boxes = (fresh.length ? fresh : [last]).filter(Boolean).map((node) => node.getBoundingClientRect());
  const toPicture = picture.getScreenCTM()?.inverse();
  if (!boxes.length || !toPicture) return null;
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return new DOMPoint((left + right) / 2, (top + bottom) / 2).matrixTransform(toPicture);
}
