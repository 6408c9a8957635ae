// The buttons that are about the whole map. Gives the function behind them, for the keyboard.
export function tools(bench) {
  const { root, view, said, panel, operations } = bench;
  const help = root.querySelector("[data-help]");
  const acts = {
    in: () => view.step(1.4),
    out: () => view.step(1 / 1.4),
    fit: () => view.fit(),
    undo: () => operations.turn("undo"),
    redo: () => operations.turn("redo"),
    tidy: () => operations.do("tidy"),
    begin: () => {
      bench.select(null);
      panel.open(null, { part: "grow", told: {}, focus: true });
    },
    removed: () => panel.open(null, { part: "history", told: { removed: true }, focus: true }),
    help: () => help.showModal(),
  };
  const act = (name) => {
    if (["undo", "redo", "tidy", "begin"].includes(name) && !bench.may("draw")) return;
    if (name === "undo" || name === "redo") said.tell("");
    acts[name]();
  };
  root.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-tool]")?.dataset.tool;
    if (name) act(name);
  });
  said.undo.addEventListener("click", () => act("undo"));
  for (const set of root.querySelectorAll("[data-tools]")) set.hidden = false;
  return act;
}

// The threads that hang behind a stop: the same page, with these opened.
export function unfold(id) {
  const address = new URL(location.href);
  address.searchParams.append("open", id);
  location.assign(address);
}
