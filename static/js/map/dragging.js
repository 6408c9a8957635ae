// What a finger on the map does: touch a stop, or take one in hand and put it elsewhere. Nothing ever needs the latter.
import { nearest } from "./hit.js";
import { unfold } from "./tools.js";

const REACH = 22; // px around a finger

// “+37” on a stop, in which others are folded.
function isOnBadge({ clientX: x, clientY: y }, element) {
  const badge = element?.querySelector(":scope > .badge")?.getBoundingClientRect();
  if (!badge?.width) return false;
  const away = (low, at, high) => Math.max(low - at, 0, at - high);
  const reach = Math.min(REACH, badge.height);
  return Math.hypot(away(badge.left, x, badge.right), away(badge.top, y, badge.bottom)) <= reach;
}

export function dragging(bench) {
  const stopAt = (event) => nearest(bench.spots(), bench.view.point(event), bench.view.scale)?.id ?? null;
  let offset = { x: 0, y: 0 };

  const at = (event) => {
    const { x, y } = bench.view.point(event);
    return { x: Math.round(bench.shapes.way * (x - offset.x)), y: Math.round(y - offset.y) };
  };

  return {
    tap(event, id = stopAt(event)) {
      bench.said.unsay("grown", "connected", "related", "disconnected", "merged", "removed", "draft"); // it was read
      if (bench.picking.isOn) return id && bench.picking.choose(id);
      if (!id) return bench.panel.close();
      if (isOnBadge(event, bench.picture.element(id))) return unfold(id);
      return bench.select(id, { open: true });
    },

    // A long press takes hold of any stop; a drag only of the one that is selected.
    grab(event, isLong) {
      const id = bench.may("draw") && !bench.picking.isOn && stopAt(event);
      if (!id || (!isLong && id !== bench.selected)) return null;
      const spot = bench.spots().find((each) => each.id === id);
      const point = bench.view.point(event);
      offset = { x: point.x - spot.x, y: point.y - spot.y };
      if (isLong) bench.select(id);
      bench.picture.element(id)?.classList.add("is-held");
      return id;
    },

    drag(id, event) {
      const { x, y } = at(event);
      bench.picture.move(id, x, y);
      bench.picture.element(id)?.classList.add("is-held");
    },

    drop(id, event) {
      bench.picture.element(id)?.classList.remove("is-held");
      bench.operations.do("place", { node_id: id, ...at(event) });
    },

    cancel(id) {
      bench.picture.element(id)?.classList.remove("is-held");
      bench.picture.show({ nodes: [id], edges: bench.model.edgesAt(id).map((edge) => edge.id) });
    },
  };
}
