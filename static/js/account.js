/* Passkeys: shown where the browser has them for this address; what goes wrong is said beside the button. */
(() => {
  for (const form of document.querySelectorAll('[data-sent-again]')) {
    form.addEventListener('submit', () => {
      // Signing in in another tab has changed the proof that a form comes from this site.
      const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)
      if (cookie) form.elements.csrfmiddlewaretoken.value = cookie[1]
    })
  }

  const isNumber = /^[\d.]+$|^\[/.test(location.hostname)
  if (!window.PublicKeyCredential || isNumber) return

  const problem = (part, text) => { part.querySelector('.passkey-problem').textContent = text }
  let current = null
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    const cancelled = event.detail.exception && event.detail.exception.name === 'NotAllowedError'
    if (current) problem(current, cancelled ? 'No passkey was used.' : 'The passkey could not be used here.')
  })
  for (const part of document.querySelectorAll('[data-passkey]')) {
    const { passkey, button, credential, passwordless } = part.dataset
    const ids = { [passkey]: button, credential, data: 'js_data' }
    if (passwordless) ids.passwordless = passwordless
    part.querySelector(`#${button}`).addEventListener('click', () => { current = part; problem(part, '') })
    window.allauth.webauthn.forms[`${passkey}Form`]({ ids })
    part.hidden = false
  }
})()
