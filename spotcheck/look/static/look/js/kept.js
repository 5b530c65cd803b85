// What this window remembers of forms: until they got through, and no longer than the window is open.

const MARK = "draft ";
const OURS = "__Host-"; // how its name begins under TLS
const SENT = new RegExp(`^(?:${OURS})?sent_form=`);

const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(MARK));
const isAt = (key, address) => key.endsWith(` ${address}`) || key.includes(` ${address}#`);

export const nameOf = (post, address) => `${MARK}${post} ${address}`;
export const isKept = (address) => keys().some((key) => isAt(key, address));

export function remember(name, said) {
  try {
    sessionStorage.setItem(name, JSON.stringify(said));
  } catch {
    // no room: the server keeps it
  }
}

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

export const forget = (name) => sessionStorage.removeItem(name);

/** Forget the form that the server says has got through. */
export function forgetSent() {
  const cookie = document.cookie.split("; ").find((part) => SENT.test(part));
  if (!cookie) return;
  const [name, value] = cookie.split("=", 2);
  document.cookie = `${name}=; Max-Age=0; path=/; SameSite=Lax${name.startsWith(OURS) ? "; Secure" : ""}`;
  const address = decodeURIComponent(value);
  keys().filter((key) => isAt(key, address)).forEach(forget);
}
