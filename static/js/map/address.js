// The address remembers through which lenses one looks, so that a look can be shared.
// It stands behind the # of the address: what somebody looks for reaches no log.
const MARK = "#?";

export const isOurs = () => location.hash.startsWith(MARK);

export function readAddress(parts) {
  const address = new URLSearchParams(isOurs() ? location.hash.slice(MARK.length) : "");
  for (const part of parts) part.read(address);
}

export function writeAddress(parts) {
  const address = new URLSearchParams();
  const on = parts.filter((part) => part.isOn);
  for (const part of on) part.write(address);
  if (on.length) history.replaceState(history.state, "", `${MARK}${address}`);
  else if (isOurs()) history.replaceState(history.state, "", location.pathname + location.search);
}
