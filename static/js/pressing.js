// Whether a finger is down. What is drawn anew under it hears neither the press nor the drag.
let down = null;
let lift = null;

addEventListener("pointerdown", () => (down ??= new Promise((resolve) => (lift = resolve))), true);
for (const end of ["pointerup", "pointercancel"]) {
  // The click comes after this, in the same turn.
  addEventListener(end, () => setTimeout(() => {
    lift?.();
    down = lift = null;
  }), true);
}

export const lifted = () => down;
