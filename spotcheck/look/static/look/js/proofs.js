// Proofs inside a form: a passkey signs, and the form goes on with what it has signed.

import { isThere, signed } from "./passkeys.js";
import { all, find, whenSwapped } from "./page.js";

function offer(within = document) {
  if (isThere()) all("[data-proof] [data-key]", within).forEach((button) => { button.hidden = false; });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-proof] [data-key]");
  if (!button) return;
  const { form } = button;
  const failed = find("[data-key-failed]", form);
  failed.hidden = true;
  const said = await signed(button.dataset.key);
  if (said === null) {
    failed.hidden = false;
    return;
  }
  find("[name=key_again]", form).value = said;
  form.requestSubmit(find("button.main[type=submit]", form));
});

offer();
whenSwapped(["sheet-body"], offer);
