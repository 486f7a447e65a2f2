// The second step of the admin's log-in: asks the browser for a passkey and sends what it signed.
{
  const form = document.getElementById("passkey");
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  form.classList.toggle("hidden", !window.PublicKeyCredential);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { challenge, domain } = form.dataset;
    try {
      const publicKey = { challenge: bytes(challenge), rpId: domain, userVerification: "required" };
      const { rawId, response } = await navigator.credentials.get({ publicKey });
      form.elements.passkey.value = JSON.stringify({
        credential_id: text(rawId),
        client_data: text(response.clientDataJSON),
        authenticator_data: text(response.authenticatorData),
        signature: text(response.signature),
        user_handle: text(response.userHandle),
      });
      form.submit();
    } catch {
      form.querySelector("[role=alert]").textContent = "No passkey was used. Try again, or enter a code.";
    }
  });
}
