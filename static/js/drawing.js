// The map on the stage: what was half typed at it is opened again when its step is in front.
export class Drawing {
  constructor(root, steps) {
    const bench = root.querySelector("[data-behavior=workbench]");
    const resume = () => bench.closest(".stage-step").hidden || bench.workbench?.panel.resume();
    if (!bench?.dataset.may.includes("draw")) return;
    for (const name of ["visit", "move"]) steps.addEventListener(name, resume);
    bench.addEventListener("map:listens", resume);
    if (bench.dataset.listens) resume();
  }
}

// A stop that somebody told, among everything that goes out.
export const isStop = ({ topic, body }) => topic === "operation" && body.verb === "grow";
