// Attaches one small behaviour to each element that asks for it with data-behavior.
const BEHAVIORS = {
  answering: () => import("./answering.js"),
  busy: () => import("./busy.js"),
  building: () => import("./building.js"),
  "back-at": () => import("./back-at.js"),
  ballot: () => import("./ballot.js"),
  clock: () => import("./clock.js"),
  console: () => import("./console.js"),
  counting: () => import("./counting.js"),
  emptying: () => import("./emptying.js"),
  figures: () => import("./figures.js"),
  fragment: () => import("./fragment.js"),
  legible: () => import("./map/legible.js"),
  lenses: () => import("./map/lenses.js"),
  library: () => import("./library.js"),
  locking: () => import("./locking.js"),
  network: () => import("./map/network.js"),
  part: () => import("./part.js"),
  printing: () => import("./printing.js"),
  "read-aloud": () => import("./read-aloud.js"),
  reordering: () => import("./reordering.js"),
  "reading-back": () => import("./reading-back.js"),
  "return-code": () => import("./return-code.js"),
  remaining: () => import("./remaining.js"),
  screen: () => import("./screen.js"),
  stage: () => import("./stage.js"),
  tablet: () => import("./tablet.js"),
  trying: () => import("./trying.js"),
  workbench: () => import("./map/workbench.js"),
  writing: () => import("./writing.js"),
};

export async function attach(root = document) {
  const elements = [...root.querySelectorAll("[data-behavior]")].filter((element) => !element.dataset.attached);
  await Promise.all(
    elements.map(async (element) => {
      element.dataset.attached = "true";
      const module = await BEHAVIORS[element.dataset.behavior]?.();
      await module?.default(element);
    }),
  );
}

