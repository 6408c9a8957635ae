// What stands behind the # of a QR code or a link fills in the form and sends it: no log ever sees it.
export default function fragment(form) {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  const field = form.querySelector("[data-fragment]") ?? form.querySelector("input:not([type=hidden]), textarea");
  field.value = secret;
  form.requestSubmit();
}
