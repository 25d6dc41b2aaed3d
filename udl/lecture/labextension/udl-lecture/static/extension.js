// JupyterLab has no setting that runs a cell when a notebook is opened, and an explorer lives only
// once its cell was run. This is the whole extension, as JupyterLab loads it: nothing was built.

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("slides.css", document.currentScript.src);
document.head.append(style);

const KEYS = { PageDown: "deck:forward", PageUp: "deck:back" }; // what a presenter's remote sends
const CODE = [3.4, 3.2, 3, 2.8, 2.6, 2.4]; // sizes of code, in hundredths of the screen's height
const asked = Number(location.hash.match(/^#[/](\d+)$/)?.[1] ?? 1); // before anything moves

async function present({ commands, restored, shell }) {
  await restored;
  const panel = await notebookIn(shell);
  await panel.context.ready;
  await panel.sessionContext.ready;
  const notebook = panel.content;
  const code = notebook.widgets.filter(({ model }) => model.type === "code");
  for (const cell of code) {
    if (cell === code[0] /* the imports */ || /^explore\.\w+\(\)/m.test(cell.model.sharedModel.source)) {
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      commands.execute("notebook:run-cell"); // goes on while the first slide is shown
    }
  }
  for (const cell of code) // code is what it prints
    if (/^(source\(\w+\)|print\(\)|\s)+$/.test(cell.model.sharedModel.source))
      cell.addClass("udl-printed");
  notebook.activeCellIndex = slides(notebook)[asked - 1] ?? 0;
  await commands.execute("deck:start");

  const notes = new Notes(panel);
  const turned = () => {
    const shown = slides(notebook).filter((first) => first <= notebook.activeCellIndex).length;
    history.replaceState(history.state, "", `#/${shown}`); // for a reload
    notes.show(shown);
  };
  notebook.activeCellChanged.connect(turned);
  const sizes = new ResizeObserver(() => requestAnimationFrame(() => fit(panel)));
  for (const { node } of [notebook, ...notebook.widgets]) sizes.observe(node); // those shown change
  turned();

  const press = (event) => {
    if (notebook.mode === "edit" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in KEYS) commands.execute(KEYS[event.key]);
    else if (event.key === "s" && !event.target.matches("input")) notes.open(press);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", press, true); // whatever the hand was on before

  // The hand lets go of a slider or a button: the arrow keys turn pages again.
  notebook.node.addEventListener("pointerup", () => setTimeout(() => {
    if (document.activeElement.matches(".noUi-handle, button")) notebook.activeCell.node.focus();
  }));
}

const marked = (cell) => cell.model.getMetadata("slideshow") ?? {};

/** Where in the notebook each slide begins. */
const slides = ({ widgets }) =>
  [...widgets.keys()].filter((i) => marked(widgets[i]).slide_type === "slide");

/** Give code the largest size at which all of the slide is on the screen. */
function fit({ content: { node } }) {
  const shown = [...node.querySelectorAll(".jp-Cell.jp-deck-mod-onscreen")];
  const parts = shown.flatMap((cell) => [...cell.querySelectorAll(".cm-scroller, pre")]);
  const fits = () =>
    node.scrollHeight <= node.clientHeight &&
    parts.every((part) => part.scrollWidth <= part.clientWidth + 1);
  for (const size of CODE) {
    for (const cell of shown) cell.style.setProperty("--udl-code", `${size}vh`);
    if (fits()) break;
  }
}

/** What the lecturer asks and drags, in a window of its own. */
class Notes {
  constructor(panel) {
    this.panel = panel;
    this.number = 1;
  }

  open(press) {
    this.window = window.open("", "udl-notes", "popup,width=640,height=480");
    const { document } = this.window;
    document.title = this.panel.title.label;
    document.body.style = "font: 24px/1.6 'Noto Sans KR', sans-serif; word-break: keep-all";
    document.onkeydown = press; // the pages turn from here too
    this.show(this.number);
  }

  async show(number) {
    this.number = number;
    if (!this.window || this.window.closed) return;
    const { rendermime, widgets } = this.panel.content;
    const firsts = slides(this.panel.content);
    const notes = marked(widgets[firsts[number - 1]]).notes ?? "";
    const text = rendermime.createRenderer("text/markdown");
    await text.renderModel(rendermime.createModel({ data: { "text/markdown": notes } }));
    if (number !== this.number) return; // the next page was turned meanwhile
    const count = Object.assign(document.createElement("p"), { textContent: `${number}/${firsts.length}` });
    this.window.document.body.replaceChildren(count, text.node);
  }
}

function notebookIn(shell) {
  return new Promise((resolve) => {
    const look = () => {
      if (shell.currentWidget?.sessionContext) {
        shell.currentChanged.disconnect(look);
        resolve(shell.currentWidget);
      }
    };
    shell.currentChanged.connect(look);
    look();
  });
}

const plugin = {
  id: "udl-lecture:present",
  autoStart: true,
  activate: (app) => void present(app), // JupyterLab waits for what is returned here
};

(window._JUPYTERLAB ??= {})["udl-lecture"] = {
  init: () => {},
  get: async () => () => ({ __esModule: true, default: plugin }),
};
