// A form that stood open while somebody signed in or out is sent with the token of now, and a panel that says
// why there is no answer is shown in the answer's place.
"use strict";

(() => {
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

  document.addEventListener("submit", (event) => {
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field && token()) field.value = token();
  }, { capture: true });

  document.addEventListener("htmx:configRequest", (event) => {
    const sent = event.detail.parameters;
    if (sent.csrfmiddlewaretoken && token()) sent.csrfmiddlewaretoken = token();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    const explains = [403, 503].includes(xhr.status) && xhr.responseText.includes('id="report"');
    if (target.id !== "report" || !explains) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
})();
