"use strict";
// La pregunta de la página: busca la respuesta ya escrita de lo que se elige, y pone a su lado su lugar, su descarga y su cita.
const $ = (id) => document.getElementById(id), EDITION = document.documentElement.dataset.edicion;
const KNOWN = JSON.parse($("respuestas")?.textContent ?? '{"respuestas":[]}'), ASKED = ["gobierno", "ejercicio", "canasta", "momento"];
const LANGUAGES = ["es", "en"], language = () => ($("in-english").checked ? 1 : 0);
const EXPLORED = () => `explora/${language() ? "english" : "index"}.html`;
const say = (both) => both[language()], said = (es, en) => say([es, en]), texts = (places) => places.map((place) => say(KNOWN.textos[place]));
const made = (tag, text, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const told = { canasta: (value) => say(KNOWN.canastas[value]), momento: (value) => say(KNOWN.momentos[value]) };
const short = (basket) => say(KNOWN.nombres[basket]);
const fits = (answer, names) => names.every((name) => String(answer[name]) === $(name).value);
const fill = (id, options, kept) => {
  $(id).replaceChildren(...options.map(([value, text]) => made("option", text, { value })));
  if (options.some(([value]) => String(value) === kept)) $(id).value = kept;
};
// Each choice offers what the choices before it leave; beside it, who has a number of the same year, basket and stage.
const offer = (wanted = {}) => {
  ASKED.forEach((name, place) => {
    const values = [...new Set(KNOWN.respuestas.filter((answer) => fits(answer, ASKED.slice(0, place))).map((answer) => answer[name]))];
    values.sort((a, b) => (name === "ejercicio" ? b - a : place ? 0 : String(a).localeCompare(b)));
    fill(name, values.map((value) => [value, told[name]?.(value) ?? value]), String(wanted[name] ?? $(name).value));
  });
  const beside = [...new Set(numbered().map((answer) => answer.gobierno))].filter((name) => name !== $("gobierno").value).sort((a, b) => a.localeCompare(b));
  fill("otro", [["", said("ninguno", "none")], ...beside.map((name) => [name, name])], String(wanted.otro ?? $("otro").value));
};
const numbered = () => KNOWN.respuestas.filter((other) => fits(other, ASKED.slice(1)) && other.por_mil !== null).sort((a, b) => b.por_mil - a.por_mil);
const where = (line) => /^\d+$/.test(line.pagina)
  ? `${said("página", "page")} ${line.pagina}${line.impresa && line.impresa !== line.pagina ? ` (${said("impresa", "printed")} ${line.impresa})` : ""}`
  : `${said("hoja", "sheet")} «${line.pagina}», ${said("celda", "cell")} ${line.lugar}`;
const placeOf = (side, id, answer) => {
  const line = KNOWN.lugares[id], box = made("div", "", { class: "place" });
  if (!line) return box;
  const digits = line.impreso[answer.momento] ?? Object.values(line.impreso)[0], sure = line.verificado ? said("Verificado.", "Verified.") : said("Sin verificar.", "Not verified.");
  box.append(made("h3", `${short(side)}: ${line.etiqueta}`), made("p", `${said("Impreso", "Printed")} «${digits}» ${said("en", "in")} ${line.documento}, ${where(line)}. ${sure}`));
  const drawn = document.querySelector(`img[data-linea="${CSS.escape(id)}"]`);
  const source = drawn?.src ?? (location.protocol.startsWith("http") ? `lineas/${encodeURIComponent(id)}.png` : null);
  if (source) {
    const image = box.appendChild(made("img", "", { alt: `${line.etiqueta}, ${line.documento}, ${where(line)}`, src: source }));
    image.addEventListener("error", () => image.remove());
  }
  const picture = source ? said("El lugar en grande", "The place, larger") : said("Su imagen no va en esta página, que las lleva del año más reciente", "Its picture is not in this page, which has those of the newest year");
  box.append(made("p", `${picture}: peso show ${id}`, { class: "soft" }));
  return box;
};
const csv = (answers) => {
  const names = ["gobierno", "ejercicio", "canasta", "momento", "importe", "por_mil", "por_habitante", "rechazos", "no_puede_decirse", "documento", "lineas", "edicion"];
  const cell = (value) => { const text = String(value ?? ""); return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const spanish = (places) => places.map((place) => KNOWN.textos[place][0]).join("; ");
  const rows = answers.map((answer) => names.map((name) => cell({ ...answer, canasta: KNOWN.nombres[answer.canasta][0], rechazos: spanish(answer.rechazos), no_puede_decirse: spanish(answer.no_se_dice), lineas: Object.values(answer.lineas).flat().join(";"), edicion: EDITION }[name])).join(","));
  return URL.createObjectURL(new Blob(["\ufeff", [names.join(","), ...rows].join("\n"), "\n"], { type: "text/csv" }));
};
const money = (text) => (text === null ? "—" : `$${text.replace(/\B(?=(\d{3})+\.)/g, ",")}`);
const others = (answer) => {
  const rows = numbered(), named = (other) => `${other.gobierno} (${other.por_mil})`;
  $("otros").tBodies[0].replaceChildren(...rows.map((other) => {
    const row = made("tr", "", other.clave === answer.clave ? { class: "here" } : {});
    row.append(made("th", other.gobierno, { scope: "row" }), made("td", other.por_mil, { class: "number" }), made("td", money(other.por_habitante), { class: "number" }));
    return row;
  }));
  const ends = rows.length < 2 ? "" : said(`: la cifra más alta, ${named(rows[0])}; la más baja, ${named(rows.at(-1))}`, `: the highest figure, ${named(rows[0])}; the lowest, ${named(rows.at(-1))}`);
  $("otros_resumen").textContent = said("Los demás gobiernos, el mismo año", "The other governments, the same year") + ends;
  $("otros_titulo").textContent = `${told.canasta(answer.canasta)}, ${answer.ejercicio}, ${told.momento(answer.momento).toLowerCase()}: ${rows.length} ` + said("gobiernos con número. Lista, no clasificación: sus documentos no cubren el mismo gasto en salud.", "governments with a number. A list, no ranking: their documents do not cover the same health spending.");
  return rows;
};
// Two governments, measure by measure.
const sideBySide = (answers) => {
  const scroll = made("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "lado_titulo" }), table = scroll.appendChild(made("table", "", { class: "beside" }));
  table.append(made("caption", said("Lado a lado: sus documentos no cubren el mismo gasto en salud.", "Side by side: their documents do not cover the same health spending."), { class: "soft", id: "lado_titulo" }));
  const head = table.createTHead().insertRow(), body = table.createTBody();
  head.append(made("th", said("Medida", "Measure"), { scope: "col" }), ...answers.map((answer) => made("th", answer.gobierno, { scope: "col", class: "number" })));
  const real = (change) => (change ? `${change[2]} (${change[0]}–${change[1]})` : "—");
  for (const [name, value] of [
    [said("Por cada mil pesos de salud", "Per thousand pesos of health"), (one) => one.por_mil ?? "—"], [said("Por habitante", "Per inhabitant"), (one) => money(one.por_habitante)],
    [said("Importe (pesos)", "Amount (pesos)"), (one) => money(one.importe)], [said("Cambio en pesos reales", "Change in real pesos"), (one) => real(one.cambio)],
  ]) body.insertRow().append(made("th", name, { scope: "row" }), ...answers.map((answer) => made("td", value(answer), { class: "number" })));
  return scroll;
};
const listed = (title, sentences, open = false) => {
  const details = made("details", "", open ? { open: "" } : {}), list = made("ul", "");
  details.appendChild(made("summary", "")).append(made("span", title));
  list.append(...sentences.map((sentence) => made("li", sentence)));
  details.appendChild(made("div", "", { class: "inside" })).append(list);
  return sentences.length ? [details] : [];
};
const show = () => {
  const answers = KNOWN.respuestas.filter((answer) => fits(answer, ASKED)), box = $("respuesta");
  if (!answers.length) return;
  box.replaceChildren();
  const other = numbered().find((answer) => answer.gobierno === $("otro").value);
  for (const answer of answers) {
    const [headline, ...rest] = answer.rechazos.length ? [`${said("No hay comparación", "There is no comparison")}: ${texts(answer.rechazos).join("; ")}.`] : answer.oraciones.map(say);
    box.append(made("p", headline, { class: "answer" }));
    if (other) box.append(sideBySide([answer, other]));
    box.append(...rest.map((sentence) => made("p", sentence)));
    if (!answer.citable) box.append(made("p", said("No se cita: el documento es una base secundaria o una copia compuesta por el proyecto.", "Not to be cited: the document is a secondary dataset or a copy typeset by the project."), { class: "warning" }));
    box.append(...listed(said("Lo que no puede decirse", "What cannot be said"), texts(answer.no_se_dice), true));
    for (const [side, ids] of Object.entries(answer.lineas)) for (const id of ids) box.append(placeOf(side, id, answer));
    box.append(...listed(said("Para qué alcanzaría (equivalencia: no dice que ese dinero pueda moverse; los costos del IMSS son las tarifas que cobra)", "What it would buy (an equivalence: it does not say that the money can be moved; costs of the IMSS are the tariffs that it charges)"), texts(answer.alcanza)));
    box.append(...listed(said("Salvedades de este número", "Caveats of this number"), texts(answer.salvedades)));
    box.append(...listed(said("Cómo comprobarlo", "How to check it"), texts(answer.comprobar)));
    const place = KNOWN.lugares[Object.values(answer.lineas)[0][0]], source = place ? `${place.documento}, ${where(place)} (sha256 ${(place.sha256 ?? "").slice(0, 16)}…)` : answer.documento;
    box.append(made("p", `${said("Para citar", "To cite")}: ${answer.gobierno}, ${answer.ejercicio}, ${told.momento(answer.momento).toLowerCase()}; ${source}. Peso a Peso, ${said("edición", "release")} ${EDITION}, ${answer.clave}:${answer.ejercicio}:${answer.momento}.`, { class: "cite" }));
  }
  $("descarga").href = csv(other ? [...answers, other] : answers);
  $("descarga_otros").href = csv(others(answers[0]));
  const address = [...ASKED, ...(other ? ["otro"] : [])].map((name) => `${name}=${encodeURIComponent($(name).value)}`).join("&");
  $("enlace").href = `#${address}`;
  const both = other ? `&otro=${encodeURIComponent(other.gobierno)}` : "";
  $("en_explora").href = `${EXPLORED()}#gobierno=${encodeURIComponent($("gobierno").value)}${both}&desde=${$("ejercicio").value}&hasta=${$("ejercicio").value}&momento=${$("momento").value}&clase=canasta:${$("canasta").value}&una_vez=true`;
  return address;
};
const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const speak = () => {
  document.documentElement.lang = LANGUAGES[language()];
  for (const element of document.querySelectorAll("[data-en]")) {
    element.dataset.es ??= element.getAttribute("aria-label");
    element.setAttribute("aria-label", element.dataset[LANGUAGES[language()]]);
  }
  if (KNOWN.respuestas.length) { offer(); show(); }
};
for (const id of ["in-spanish", "in-english"]) $(id).addEventListener("change", speak);
$("busca").addEventListener("submit", (event) => {
  event.preventDefault();
  location.href = `${EXPLORED()}#palabras=${encodeURIComponent($("palabras").value)}`;
});
if (KNOWN.respuestas.length) {
  const pictured = (answer) => Object.values(answer.lineas).flat().some((id) => document.querySelector(`img[data-linea="${CSS.escape(id)}"]`));
  const first = KNOWN.respuestas.find(pictured) ?? KNOWN.respuestas.find((answer) => answer.oraciones.length) ?? KNOWN.respuestas[0];
  offer({ ...first, ...fromAddress() });
  $("pregunta").addEventListener("input", () => { offer(); history.replaceState(null, "", `#${show()}`); });
  addEventListener("hashchange", () => { if (fromAddress().gobierno) { offer({ otro: "", ...fromAddress() }); show(); } });
}
speak();
