// What the page does in the browser: opens the clause that a [n] link names, copies and saves answers, and keeps
// the question in view while its answer grows. Runs once, inside the panel (element, props and server are gradio's).
const texts = props.texts;
const find = (id) => document.getElementById(id);
const onPhone = () => window.matchMedia("(max-width: 800px)").matches;
let opener = null; // the link to return to when the sheet is closed

function showPanel(clause) {
  props.value = { ...props.value, clause };
  find("side").classList.add("open");
  setTimeout(() => {
    const side = find("side");
    side.scrollTop = 0;
    side.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
    side.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  }, 60);
}

function closePanel() {
  find("side").classList.remove("open");
  opener?.focus({ preventScroll: true });
}

async function openClause(link) {
  if (!link.closest("#side")) opener = link;
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = texts.panel_offline;
  let clause;
  try {
    clause = await server.get_clause(decodeURIComponent(link.getAttribute("href").slice("#cite-".length)));
  } catch { /* the hint tells */ }
  showPanel(typeof clause === "string" ? clause : hint.outerHTML);
}

async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // a page served without https has no clipboard of its own
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

async function copyAnswer(button) {
  const number = Number(button.className.match(/copy-(\d+)/)[1]);
  const plain = props.value.records[number].replace(/\*\*(.+?)\*\*/g, "$1").replace(/^\*(.+)\*$/gm, "$1");
  try {
    await toClipboard(plain);
    button.textContent = texts.copied;
  } catch {
    button.textContent = texts.not_copied;
  }
  setTimeout(() => { button.textContent = texts.copy_answer; }, 2000);
}

function saveConversation() {
  // The front matter is the file's metadata: a label that programs read, beside the sentence that people read.
  const head = `---\nAIGC: ${props.value.label}\n---\n\n# ${texts.title}\n\n${texts.footnote}`;
  const blob = new Blob([[head, ...props.value.records].join("\n\n---\n\n") + "\n"], { type: "text/markdown" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${texts.export_file}-${new Date().toLocaleDateString("sv-SE")}.md`;
  link.click();
  URL.revokeObjectURL(link.href);
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  const link = on('a[href^="#cite-"]');
  if (link) {
    event.preventDefault();
    openClause(link);
  } else if (on("#panel .back")) showPanel("");
  else if (on("#panel .close")) closePanel();
  else if (on("#chat button.copy")) copyAnswer(on("#chat button.copy"));
  else if (on("#export")) saveConversation();
  else if (!on("#side") && onPhone() && find("side").classList.contains("open")) closePanel();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && find("side").classList.contains("open")) closePanel();
});

// The parts around the panel may come after it.
let arrived = false;
function onArrival() {
  const box = find("question")?.querySelector("textarea");
  if (arrived || !box || !find("side")) return;
  arrived = true;
  document.documentElement.lang = "zh-CN"; // gradio sets the browser's language
  find("side").setAttribute("role", "region");
  find("side").setAttribute("aria-label", texts.panel);
  if (!onPhone()) box.focus();
}

// Gradio's own labels and notices are English.
const labels = {
  "#chat [data-testid='bot']": texts.reply,
  "#chat [data-testid='user']": texts.you,
  "#chat [role='log']": texts.conversation,
  "#chat .scroll-down-button-container button": texts.to_end,
  "[data-testid='toast-close']": texts.panel_close,
};
const notices = { ".toast-title": texts.trouble, "[data-testid='toast-text']": texts.trouble_text };
function speakChinese() {
  for (const [selector, label] of Object.entries(labels)) {
    document.querySelectorAll(selector).forEach((node) => node.setAttribute("aria-label", label));
  }
  for (const [selector, text] of Object.entries(notices)) {
    document.querySelectorAll(selector).forEach((node) => { if (node.textContent !== text) node.textContent = text; });
  }
  document.querySelectorAll("#chat .example[aria-label]").forEach((node) => node.removeAttribute("aria-label"));
}

// The newest question stays at the top of the conversation until the reader scrolls.
let questions = 0;
let pinned = false;
function keepQuestionInView() {
  const asked = document.querySelectorAll("#chat [data-testid='user']");
  if (asked.length > questions) pinned = true;
  questions = asked.length;
  const log = document.querySelector("#chat [role='log']");
  const last = asked[asked.length - 1];
  if (pinned && log && last) log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 16;
}
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(kind, (event) => { if (event.target.closest("#chat")) pinned = false; }, { passive: true });
}

function onChange() {
  onArrival();
  speakChinese();
  keepQuestionInView();
}
new MutationObserver(onChange).observe(document.body, { childList: true, subtree: true, characterData: true });
onChange();
