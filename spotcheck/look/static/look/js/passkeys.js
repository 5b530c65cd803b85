// Passkeys: what the server asks and what the key has signed, as JSON on the way and as bytes for the browser.

const isThere = () => Boolean(window.PublicKeyCredential && navigator.credentials);

function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function textOf(bytes) {
  if (!bytes) return undefined;
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Let a passkey sign what `options` (publicKey, its bytes as base64url) ask for; return what the server reads. */
async function sign({ publicKey }) {
  const listed = publicKey.allowCredentials || [];
  const made = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: listed.map((one) => ({ ...one, id: bytesOf(one.id) })),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = made.response;
  return JSON.stringify({
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      authenticatorData: textOf(authenticatorData),
      clientDataJSON: textOf(clientDataJSON),
      signature: textOf(signature),
      userHandle: textOf(userHandle),
    },
  });
}

/** Ask the server at `address` and let a passkey sign; null where there is none or the person said no. */
export async function signed(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const options = await answer.json();
    return await sign(options.request_options || options);
  } catch {
    return null;
  }
}

export { isThere };
