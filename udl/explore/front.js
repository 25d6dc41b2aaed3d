// What an explorer needs of a page beside widgets: a hand on its picture, names for its knobs,
// space to play. Loaded by anywidget; without it the sliders turn all the same.

export default {
  initialize({ model }) {
    model.set("calm", matchMedia("(prefers-reduced-motion: reduce)").matches);
    model.set("loaded", true);
    model.save_changes();
  },
  render({ model, el }) {
    el.style.cssText = "position: absolute; inset: 0; margin: 0; cursor: pointer; touch-action: none";
    const send = ({ clientX, clientY }) => {
      const { left, top, width, height } = el.getBoundingClientRect();
      model.set("place", [(clientX - left) / width, (clientY - top) / height]);
      model.save_changes();
    };
    el.addEventListener("pointerdown", (event) => {
      if (event.button || !event.isPrimary) return;
      el.setPointerCapture(event.pointerId);
      event.preventDefault(); // or the page marks text
      send(event);
    });
    el.addEventListener("pointermove", (event) => {
      if (event.isPrimary && el.hasPointerCapture(event.pointerId)) send(event); // the first finger's
    });

    const seen = new ResizeObserver(() => {
      const box = el.closest(".udl-explorer");
      if (!box || !el.offsetHeight) return; // not in the page yet
      seen.disconnect();
      name(box, model.get("names"));
      if (model.get("fresh")) {
        model.set("fresh", false);
        model.save_changes();
        setTimeout(() => show(box), 100); // when the page has gone on to the next cell
      }
    });
    seen.observe(el);
    return () => seen.disconnect();
  },
};

// Say of every part what it is, and of a slider its value as it is read beside it.
function name(box, names) {
  for (const row of box.querySelectorAll(".widget-inline-hbox")) {
    const words = [...row.querySelectorAll("label")].map((one) => one.innerText.trim());
    const label = words.find((one) => /[^\u200b]/.test(one)); // a switch has an empty one first
    const handle = row.querySelector(".noUi-handle");
    (handle ?? row.querySelector("select, input"))?.setAttribute("aria-label", label);
    const readout = row.querySelector(".widget-readout");
    if (!handle || !readout) continue;
    readout.setAttribute("role", "textbox");
    readout.setAttribute("aria-label", names.type.replace("{knob}", label));
    const say = () => {
      const text = readout.textContent.trim();
      if (handle.getAttribute("aria-valuetext") !== text) handle.setAttribute("aria-valuetext", text);
    };
    new MutationObserver(say).observe(row, {
      attributeFilter: ["aria-valuetext"], characterData: true, childList: true, subtree: true,
    });
    say();
  }
  for (const one of box.querySelectorAll("[title=null]")) one.removeAttribute("title");
  const [play, stop] = box.querySelectorAll(".widget-play button");
  play.setAttribute("aria-label", names.play);
  stop.setAttribute("aria-label", names.stop);
  const said = box.querySelector(".udl-status .widget-html-content");
  let resting;
  const watch = new MutationObserver(() => {
    said.setAttribute("aria-live", "off"); // not every step of a play is read out, only where it ends
    clearTimeout(resting);
    resting = setTimeout(() => {
      said.setAttribute("aria-live", "polite");
      said.innerHTML = said.innerHTML; // which is a change, and is read
      watch.takeRecords();
    }, 500);
  });
  said.setAttribute("aria-live", "polite");
  watch.observe(said, { childList: true });
  for (const done of ["keydown", "blur"]) {
    box.addEventListener(done, ({ key = "Enter", target }) => {
      if (key === "Enter" && target.matches(".widget-readout")) // 0,5 would be read as 0
        target.textContent = target.textContent.replace(",", ".");
    }, true); // before the slider reads it
  }
  box.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.matches("button, input, select")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) play.click();
  });
}

// Bring it into view, if its cell is the one that was just run.
function show(box) {
  const cell = box.closest(".jp-Cell");
  const active = [cell, cell?.nextElementSibling].some((one) => one?.classList.contains("jp-mod-active"));
  if (active) box.scrollIntoView({ block: "nearest" });
}
