// Opens the clause that a [n] link names; on a phone the panel slides up over the page.
const root = element;
function show(html) {
  props.value = { html };
  const side = document.getElementById("side");
  side.classList.add("open");
  if (window.innerWidth > 800) side.scrollIntoView({ block: "nearest" });
}
if (!window.__clausePanel) {
  window.__clausePanel = true;
  document.addEventListener("click", async (event) => {
    const close = event.target.closest("#panel .close");
    if (close) { document.getElementById("side").classList.remove("open"); return; }
    const link = event.target.closest('a[href^="#cite-"]');
    if (!link) return;
    event.preventDefault();
    show(await server.get_clause(decodeURIComponent(link.getAttribute("href").slice(6))));
  });
}
