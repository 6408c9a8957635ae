// Words to take along to another program. Plain http gives a page no clipboard; what is selected can be copied there too.
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copySelected(words);
  }
}

function copySelected(words) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  Object.assign(field, { className: "visually-hidden", value: words, readOnly: true });
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return isCopied;
}
