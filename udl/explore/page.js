// The knobs of explorers on a page without a kernel (udl.explore.page). They only show, of the
// states that the page holds, the one that is asked for: every drawing and every word is in them.
(() => {
  "use strict";
  const NUMBER = /-?\d+(?:\.\d+)?/g;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const pace = () => (calm.matches ? 1000 : 150); // milliseconds between two steps while playing
  const REST = 500; // milliseconds after which a sentence that has not changed is read out

  async function inflated(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  // A number with something added in its last decimal place.
  function plus(number, difference) {
    const places = (number.split(".")[1] ?? "").length;
    const units = Number(number.replace(".", "")) + Number(difference);
    const digits = String(Math.abs(units)).padStart(places + 1, "0");
    const point = digits.length - places;
    const decimals = places ? `.${digits.slice(point)}` : "";
    return (units < 0 ? "-" : "") + digits.slice(0, point) + decimals;
  }

  // A line, told from another: see udl.explore.packing.
  function told(telling, base) {
    if (telling[0] !== "~") {
      const colon = telling.indexOf(":");
      return base.slice(0, base.length - telling.slice(0, colon)) + telling.slice(colon + 1);
    }
    const differences = telling.slice(1).split(" ");
    let i = 0;
    return base.replace(NUMBER, (found) => {
      const difference = differences[i++];
      if (!difference) return found;
      return difference[0] === "=" ? difference.slice(1) : plus(found, difference);
    });
  }

  // Each of the texts as its lines.
  function unpacked(text) {
    const end = text.indexOf("\n\n");
    const tellings = text.slice(end + 2).split("\n");
    const known = [];
    const after = new Map();
    let before = [];
    let last = 0;
    return text.slice(0, end).split("\n").map((script) => {
      const lines = [];
      let i = 0;
      for (const what of script.split(" ")) {
        if (what[0] === "-") {
          i -= what;
        } else if (!"=+>@*".includes(what[0])) {
          for (const stay = i + Number(what); i < stay; i++) lines.push(before[i]);
        } else {
          const there = "=>@".includes(what[0]);
          const base = there ? before[i++] : (lines.at(-1) ?? "");
          let line;
          if (what === ">") {
            line = after.get(base);
          } else if (what === "=" || what === "+") {
            line = told(tellings[known.length], base);
            known.push(line);
          } else {
            last += Number(what.slice(1));
            line = known[last];
          }
          if (there) after.set(base, line);
          lines.push(line);
        }
      }
      return (before = lines);
    });
  }

  function explorer(root) {
    const find = (selector) => root.querySelector(selector);
    const moving = find(".udl-moving");
    const said = find(".udl-said");
    const grounds = [...root.querySelectorAll(".udl-ground")];
    const inputs = [...root.querySelectorAll(".udl-knob input")];
    const step = inputs.at(-1); // the others are the knobs, and the first changes least often
    const texts = inputs.map((input) => JSON.parse(input.dataset.places ?? "null"));
    const button = Object.fromEntries(
      [...root.querySelectorAll("button")].map((one) => [one.dataset.does, one]),
    );
    const { textContent: play } = button.play;
    let states = null;
    let shown = null;
    let playing = null;
    let resting = null;

    const place = (input) => (input.type === "checkbox" ? +input.checked : +input.value);

    function show() {
      let index = 0;
      inputs.forEach((input, i) => {
        index = index * (texts[i]?.length ?? 2) + place(input);
        if (texts[i]) {
          const text = texts[i][place(input)];
          input.setAttribute("aria-valuetext", text);
          input.nextSibling.textContent = text;
        }
        if ("ground" in input.dataset) grounds.forEach((one, j) =>
          one.toggleAttribute("hidden", j !== place(input)));
      });
      if (!states || index === shown) return;
      shown = index;
      const [fragment, sentence] = states.map((one) => one[index]);
      moving.innerHTML = fragment.join("\n");
      said.innerHTML = sentence.join("<br>").replace(/-(?=\d)/g, "−");
      rest();
    }

    // Not every step of a play and every place of a drag is read out, only where they end.
    function rest() {
      clearTimeout(resting);
      said.setAttribute("aria-live", "off");
      resting = setTimeout(() => {
        if (playing) return;
        said.setAttribute("aria-live", "polite");
        said.innerHTML = said.innerHTML; // which is a change, and is read
      }, REST);
    }

    function go(to) {
      step.value = to; // the nearest there is
      show();
    }

    function stop() {
      clearTimeout(playing);
      playing = null;
      button.play.textContent = play;
      rest();
    }

    function next() {
      if (root.closest("[hidden]")) return stop(); // its slide was left
      go(+step.value + 1);
      if (step.value === step.max) stop();
      else playing = setTimeout(next, pace());
    }

    const does = {
      back: () => go(+step.value - 1),
      forward: () => go(+step.value + 1),
      play() {
        if (playing) return stop();
        if (step.value === step.max) go(0);
        button.play.textContent = button.play.dataset.pause;
        playing = setTimeout(next, pace());
      },
      first() {
        for (const input of inputs) {
          input.value = input.defaultValue;
          input.checked = input.defaultChecked;
        }
        show();
      },
    };
    for (const [name, one] of Object.entries(button)) {
      one.addEventListener("click", () => {
        if (name !== "play" && playing) stop();
        does[name]();
      });
    }
    for (const input of inputs) input.addEventListener("input", show);
    step.addEventListener("pointerdown", () => playing && stop());
    root.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.stopPropagation(); // slides would go on
      if (event.target.matches("button, [type=checkbox]")) return; // which it presses
      event.preventDefault();
      if (!event.repeat) does.play();
    });

    moving.removeAttribute("aria-label"); // the sentence says it
    moving.removeAttribute("role");
    moving.setAttribute("aria-hidden", "true");
    find(".udl-turned").hidden = false;
    new IntersectionObserver(async ([entry], watch) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      const packed = [...root.querySelectorAll("script")]; // what moves, and what is said
      states = (await Promise.all(packed.map((one) => inflated(one.textContent)))).map(unpacked);
      root.dataset.ready = "";
      show();
    }, { rootMargin: "200px" }).observe(root);
  }

  if ("DecompressionStream" in window) document.querySelectorAll(".udl-page").forEach(explorer);
})();
