// A wrong tap on a sheet: one question becomes empty again, which a chosen answer cannot by itself.
export default function emptying(root) {
  const button = root.querySelector("[data-empty]");
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const field of root.querySelectorAll("input, textarea, select")) {
      if (field.type === "radio") field.checked = false;
      else field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    root.querySelector("input, textarea")?.focus();
  });
}
