/* Makes or shows a passkey. Without this script, or without passkeys, the page offers another way. */
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (options) => {
  const ready = { ...options, challenge: toBytes(options.challenge) };
  if (ready.user) ready.user = { ...ready.user, id: toBytes(ready.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (ready[list]) ready[list] = ready[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return ready;
};
const asText = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const form = document.querySelector("[data-passkey]");
if (form && window.PublicKeyCredential && navigator.credentials) {
  const failed = document.querySelector("[data-passkey-failed]");
  document.querySelector("[data-passkey-absent]").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    failed.hidden = true;
    const publicKey = withBytes(JSON.parse(form.dataset.options));
    try {
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = asText(credential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
