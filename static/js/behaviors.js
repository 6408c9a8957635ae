// Attaches one small behaviour to each element that asks for it with data-behavior.
const BEHAVIORS = {
  answering: () => import("./answering.js"),
  building: () => import("./building.js"),
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
  network: () => import("./map/network.js"),
  "read-aloud": () => import("./read-aloud.js"),
  "return-code": () => import("./return-code.js"),
  screen: () => import("./screen.js"),
  stage: () => import("./stage.js"),
  trying: () => import("./trying.js"),
  workbench: () => import("./map/workbench.js"),
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

