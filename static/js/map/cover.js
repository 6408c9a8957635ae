// On a small screen a sheet lies over the lower part of the page, and maybe over the map.
import { BOX } from "./hit.js";

const LEAST = 2 * BOX.height;

function topOf(frame, cover) {
  const sheet = cover?.getBoundingClientRect();
  return sheet && sheet.width >= frame.clientWidth * 0.9 ? sheet.top : innerHeight;
}

// How much of the frame nothing lies over.
export function roomOf(frame, cover) {
  const { top, width, height } = frame.getBoundingClientRect();
  const seen = topOf(frame, cover) - top;
  return { width, height: cover && seen > LEAST / 2 ? Math.min(height, seen) : height };
}

// Moves the page only when the map could hardly be seen.
export function bringIn(frame, cover) {
  const { top, bottom } = frame.getBoundingClientRect();
  if (bottom < LEAST || top > topOf(frame, cover) - LEAST) frame.scrollIntoView({ block: "start" });
}
