// JupyterLab has no setting that runs a cell when a notebook is opened, and an explorer lives only
// once its cell was run. This is the whole extension, as JupyterLab loads it: nothing was built.

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("slides.css", document.currentScript.src);
document.head.append(style);

async function present({ commands, restored, shell }) {
  await restored;
  const panel = await notebookIn(shell);
  await panel.context.ready;
  await panel.sessionContext.ready;
  const notebook = panel.content;
  const code = notebook.widgets.filter(({ model }) => model.type === "code");
  for (const cell of code) {
    if (cell === code[0] /* the imports */ || cell.model.sharedModel.source.includes("explore.")) {
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      commands.execute("notebook:run-cell"); // goes on while the first slide is shown
    }
  }
  notebook.activeCellIndex = 0;
  await commands.execute("deck:start");

  // The hand lets go of a slider or a button: the arrow keys turn pages again.
  notebook.node.addEventListener("pointerup", () => setTimeout(() => {
    if (document.activeElement.matches(".noUi-handle, button")) notebook.activeCell.node.focus();
  }));
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
