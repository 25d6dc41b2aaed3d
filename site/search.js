/* What Korean needs of Sphinx's search (see SearchKorean in conf.py), then what both books need. */

// Longest first. What is cut off a word too much costs little: a word is found by its beginning.
const PARTICLES = new RegExp(
  "(?:이란|이라는|라는|이라고|에서는|에서도|에서|에게|으로는|으로|부터|까지|처럼|보다|이나|마다|이다|에는|" +
    "과의|와의|란|은|는|이|가|을|를|의|에|로|와|과|도|만|나|다)$",
);
const known = (word) => Object.keys(Search._index.terms).some((term) => term.includes(word))
  || Object.keys(Search._index.titleterms).some((term) => term.includes(word));

/** A Korean word without its particle; one that stands apart elsewhere, in its two parts. */
function koreanWords(word) {
  const bare = word.replace(PARTICLES, "");
  const forms = bare.length > 1 ? [bare, word] : [word];
  const whole = forms.find(known);
  if (whole) return [whole];
  for (const form of forms)
    for (let n = form.length - 2; n > 1; n--)
      if (known(form.slice(0, n)) && known(form.slice(n))) return [form.slice(0, n), form.slice(n)];
  return [word];
}

const splitKorean = (query) => {
  const parts = query.match(/[가-힣]+|[\p{Letter}\p{Number}_]+?(?=[가-힣]|[^\p{Letter}\p{Number}_]|$)/gu) || [];
  const words = parts.flatMap((part) => {
    if (!/[가-힣]/.test(part)) return [part];
    return part.length > 1 ? koreanWords(part) : [];
  });
  return words.length ? words : parts; // a lone syllable
};

/** Pages that hold every word, as a word or within one. */
const searchKorean = (searchTerms, excludedTerms) => {
  const { terms, titleterms, docnames, titles, filenames } = Search._index;
  const scores = (word) => {
    const found = new Map();
    const enter = (index, whole, part) => {
      for (const [term, files] of Object.entries(index)) {
        if (term !== word && !(term.includes(word) && (word.length > 2 || /[가-힣]/.test(word)))) continue;
        const score = term === word || /[가-힣]/.test(word) ? whole : part;
        for (const file of [files].flat()) found.set(file, Math.max(found.get(file) || 0, score));
      }
    };
    enter(terms, Scorer.term, Scorer.partialTerm);
    enter(titleterms, Scorer.title, Scorer.partialTitle);
    return found;
  };
  const all = [...searchTerms].map(scores);
  const banned = [...excludedTerms].map(scores);
  return [...(all[0] || new Map()).keys()]
    .filter((file) => all.every((one) => one.has(file)) && !banned.some((one) => one.has(file)))
    .map((file) => [
      docnames[file], titles[file], "", null, Math.max(...all.map((one) => one.get(file))),
      filenames[file], SearchResultKind.text,
    ]);
};

if (document.documentElement.lang === "ko") {
  splitQuery = splitKorean;
  Search.performTermsSearch = searchKorean;
}

// Lessons first, then the texts beside them; names of the package last.
const SHELVES = [["notebooks/", 300], ["docs/", 200], ["index", 200], ["gallery", 100]];
Scorer.score = ([page, , , , score, , kind]) => {
  if (kind === SearchResultKind.object) return score - 100;
  const shelf = SHELVES.find(([folder]) => page.startsWith(folder));
  return score + (shelf ? shelf[1] : 0);
};

/** The prose of a page, of which a snippet is cut: no contents, code, or formula on a line of its own. */
Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const article = page.querySelector("article");
  const place = (anchor && article.querySelector(anchor)) || article;
  const clutter = "h1, .headerlink, script, style, .cell, .highlight, .label, div.math, .toctree-wrapper";
  place.querySelectorAll(clutter).forEach((element) => element.remove());
  return place.textContent.replace(/\s+/g, " ").trim();
};
