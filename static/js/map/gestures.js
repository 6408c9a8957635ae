// What fingers, a mouse and a wheel do on the map. Shaky hands: a touch may wander a little and take its time.
const SLOP = 14; // px a touch may wander and still be one
const LONG = 600; // ms until a touch that rests takes hold of a stop

// `acts`: tap(event, stop it was on, when that is known), grab(event, isLong) → the stop in hand or null,
// drag(stop, event), drop(stop, event), cancel(stop).
export function gestures(frame, view, acts) {
  const fingers = new Map();
  let doing = null; // what the first finger does: {kind: "touch" | "pan" | "drag" | "pinch"}
  let timer = 0;

  const end = () => {
    clearTimeout(timer);
    if (doing?.kind === "drag") acts.cancel(doing.stop);
    doing = null;
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || event.target.closest("button, a")) return;
    view.hold();
    fingers.set(event.pointerId, event);
    frame.setPointerCapture(event.pointerId);
    end();
    if (fingers.size > 1) {
      doing = { kind: "pinch", before: span(fingers) };
      return;
    }
    doing = { kind: "touch", from: event, last: event };
    timer = setTimeout(() => {
      const stop = acts.grab(event, true);
      if (stop && doing?.kind === "touch") doing = { ...doing, kind: "drag", stop };
    }, LONG);
  });

  frame.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId) || !doing) return;
    fingers.set(event.pointerId, event);
    if (doing.kind === "pinch") return pinch(view, doing, fingers);
    if (doing.kind === "touch") {
      if (away(doing.from, event) < SLOP) return;
      clearTimeout(timer);
      const stop = acts.grab(doing.from, false);
      doing = { ...doing, kind: stop ? "drag" : "pan", stop, last: event };
    }
    if (doing.kind === "pan") view.pan(event.clientX - doing.last.clientX, event.clientY - doing.last.clientY);
    if (doing.kind === "drag" && away(doing.from, event) >= SLOP) {
      doing.isMoved = true;
      acts.drag(doing.stop, event);
    }
    doing.last = event;
  });

  const lift = (event) => {
    if (!fingers.delete(event.pointerId) || !doing) return;
    clearTimeout(timer);
    const done = doing;
    const [rest] = fingers.values();
    doing = rest ? { kind: "pan", from: rest, last: rest } : null;
    if (event.type === "pointercancel") return done.kind === "drag" && acts.cancel(done.stop);
    if (done.kind === "touch") acts.tap(event);
    if (done.kind === "drag" && done.isMoved) acts.drop(done.stop, event);
    else if (done.kind === "drag") letGo(acts, done, event);
  };
  frame.addEventListener("pointerup", lift);
  frame.addEventListener("pointercancel", lift);
  frame.addEventListener("contextmenu", (event) => fingers.size && event.preventDefault());
  frame.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || doing?.kind !== "drag") return;
    event.stopImmediatePropagation();
    end();
  });

  // The page keeps its wheel until one is at work on the map.
  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !frame.matches(":focus-within")) return;
      event.preventDefault();
      view.hold();
      view.zoom(2 ** (-event.deltaY * (event.deltaMode ? 20 : 1) / (event.ctrlKey ? 150 : 400)), event);
    },
    { passive: false },
  );
}

// Taken in hand and put nowhere: that was a slow tap on the stop, even if the map moved under the finger meanwhile.
function letGo(acts, { stop }, event) {
  acts.cancel(stop);
  acts.tap(event, stop);
}

function pinch(view, doing, fingers) {
  const now = span(fingers);
  view.pan(now.clientX - doing.before.clientX, now.clientY - doing.before.clientY);
  view.zoom(now.far / doing.before.far, now);
  doing.before = now;
}

const away = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);

// How far apart two fingers are, and the middle between them.
function span(fingers) {
  const [a, b] = fingers.values();
  return { far: Math.max(away(a, b), 1), clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
}
