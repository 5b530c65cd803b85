// What this window remembers of forms: until they got through, and no longer than the window is open.

const MARK = "draft ";
const SENT = "sent_form";

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
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${SENT}=`));
  if (!cookie) return;
  document.cookie = `${SENT}=; Max-Age=0; path=/; SameSite=Lax`;
  const address = decodeURIComponent(cookie.slice(SENT.length + 1));
  keys().filter((key) => isAt(key, address)).forEach(forget);
}
