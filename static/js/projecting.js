// What who leads can do at the screen itself. It shows for a moment after they moved something, and never
// while the screen is only looked at.
const AWAKE = 4000;
const DARK = "cocreate-screen-dark";
const KEYS_OFF = "cocreate-screen-keys-off";
const KEYS = { d: "dark", f: "full", q: "door", "?": "keys" };

export function projecting(root) {
  const page = document.documentElement;
  const [dialog, works] = [root.querySelector("[data-keys]"), root.querySelector("[data-keys-on]")];
  const show = (name, isOn) => root.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", isOn);
  const darken = (isDark) => {
    if (isDark) page.dataset.room = "dark";
    else delete page.dataset.room;
    show("dark", isDark);
  };
  const does = {
    dark: () => {
      darken(page.dataset.room !== "dark");
      keep(DARK, page.dataset.room === "dark");
    },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : page.requestFullscreen()).catch(() => {}),
    door: () => {
      const isLarge = root.toggleAttribute("data-large-door");
      show("door", isLarge);
      dispatchEvent(new CustomEvent("cocreate:moved"));
    },
    keys: () => (dialog.open ? dialog.close() : dialog.showModal()),
  };
  const act = (name) => root.querySelector(`[data-do="${name}"]`).disabled || does[name]();

  darken(isKept(DARK));
  works.checked = !isKept(KEYS_OFF);
  works.addEventListener("change", () => keep(KEYS_OFF, !works.checked));
  root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) act(button.dataset.do);
  });
  document.addEventListener("fullscreenchange", () => show("full", Boolean(document.fullscreenElement)));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.hasAttribute("data-large-door")) return does.door();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !works.checked) return;
    const name = KEYS[event.key.toLowerCase()];
    if (name && (!dialog.open || name === "keys")) act(name);
  });
  wakeUp(root);
}

// A keyboard wakes it before the focus moves, so that Tab finds the buttons.
function wakeUp(root) {
  let sleep = 0;
  const wake = () => {
    root.dataset.awake = "";
    clearTimeout(sleep);
    sleep = setTimeout(() => delete root.dataset.awake, AWAKE);
  };
  for (const name of ["mousemove", "touchstart", "keydown", "focusin"]) addEventListener(name, wake, { passive: true });
}

function keep(name, isOn) {
  try {
    if (isOn) localStorage.setItem(name, "yes");
    else localStorage.removeItem(name);
  } catch {
    // This browser keeps nothing; it holds until the page is closed.
  }
}

function isKept(name) {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}
