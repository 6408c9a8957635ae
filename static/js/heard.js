// Passes on what the stream tells to everything on the page that listens, a map too that was not ready yet.
export function passingOn(root) {
  const isWaiting = root.querySelector("[data-behavior=workbench]:not([data-listens])");
  let early = isWaiting ? [] : null;
  root.addEventListener("map:listens", ({ detail: { hear } }) => {
    early?.forEach(hear);
    early = null;
  });
  return (change) => {
    early?.push(change);
    dispatchEvent(new CustomEvent("cocreate:change", { detail: change }));
  };
}
