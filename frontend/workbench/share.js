// The query in the address: after the #, so that it is never sent to a server.

const MARK = "#query=";
const LONGEST = 8000;

/** The address of this page with the query in it, or null where that would be too long to pass on. */
export function addressWith(text) {
  const fragment = MARK + encodeURIComponent(text);
  return fragment.length > LONGEST ? null : new URL(fragment, location.href).href;
}

/** The query in the address, or null. */
export function queryInAddress() {
  if (!location.hash.startsWith(MARK) || location.hash.length > LONGEST) {
    return null;
  }
  try {
    return decodeURIComponent(location.hash.slice(MARK.length));
  } catch {
    return null;
  }
}
