"use strict";
// La pregunta de la página: busca la respuesta ya escrita de lo que se elige, y pone a su lado su lugar, su descarga y su cita.
const KNOWN = JSON.parse(document.getElementById("respuestas").textContent), EDITION = document.documentElement.dataset.edicion;
const $ = (id) => document.getElementById(id), ASKED = ["gobierno", "ejercicio", "canasta", "momento"];
const made = (tag, text, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const told = { canasta: (value) => KNOWN.canastas[value], momento: (value) => KNOWN.momentos[value] };
const fits = (answer, names) => names.every((name) => String(answer[name]) === $(name).value);
// Each choice offers what the choices before it leave.
const offer = (wanted = {}) => {
  ASKED.forEach((name, place) => {
    const values = [...new Set(KNOWN.respuestas.filter((answer) => fits(answer, ASKED.slice(0, place))).map((answer) => answer[name]))];
    values.sort((a, b) => (name === "ejercicio" ? b - a : place ? 0 : String(a).localeCompare(b)));
    const kept = String(wanted[name] ?? $(name).value);
    $(name).replaceChildren(...values.map((value) => made("option", told[name]?.(value) ?? value, { value })));
    if (values.some((value) => String(value) === kept)) $(name).value = kept;
  });
};
const placeOf = (side, id, answer) => {
  const line = KNOWN.lugares[id], box = made("div", "", { class: "place" });
  if (!line) return box;
  const where = /^\d+$/.test(line.pagina) ? `página ${line.pagina}${line.impresa && line.impresa !== line.pagina ? ` (impresa ${line.impresa})` : ""}` : `hoja «${line.pagina}», celda ${line.lugar}`;
  box.append(made("h3", `${side}: ${line.etiqueta}`), made("p", `Impreso «${line.impreso[answer.momento] ?? Object.values(line.impreso)[0]}» en ${line.documento}, ${where}. ${line.verificado ? "Verificado." : "Sin verificar."}`));
  const drawn = document.querySelector(`img[data-linea="${CSS.escape(id)}"]`);
  const source = drawn?.src ?? (location.protocol.startsWith("http") ? `lineas/${encodeURIComponent(id)}.png` : null);
  if (source) {
    const image = box.appendChild(made("img", "", { alt: `${line.etiqueta}, ${line.documento}, ${where}`, src: source }));
    image.addEventListener("error", () => image.remove());
  }
  box.append(made("p", `${source ? "El lugar en grande" : "Su imagen no va en esta página, que las lleva del año más reciente"}: peso show ${id}`, { class: "soft" }));
  return box;
};
const csv = (answers) => {
  const names = ["gobierno", "ejercicio", "canasta", "momento", "importe", "por_mil", "por_habitante", "rechazos", "documento", "lineas", "edicion"];
  const cell = (value) => { const text = String(value ?? ""); return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const rows = answers.map((answer) => names.map((name) => cell({ ...answer, canasta: told.canasta(answer.canasta), rechazos: answer.rechazos.join("; "), lineas: Object.values(answer.lineas).flat().join(";"), edicion: EDITION }[name])).join(","));
  return URL.createObjectURL(new Blob(["\ufeff", [names.join(","), ...rows].join("\n"), "\n"], { type: "text/csv" }));
};
const others = (answer) => {
  const rows = KNOWN.respuestas.filter((other) => fits(other, ASKED.slice(1)) && other.por_mil !== null).sort((a, b) => b.por_mil - a.por_mil);
  const body = $("otros").tBodies[0];
  body.replaceChildren(...rows.map((other) => {
    const row = made("tr", "", other.clave === answer.clave ? { class: "here" } : {});
    row.append(made("th", other.gobierno, { scope: "row" }), made("td", other.por_mil, { class: "number" }), made("td", other.por_habitante ?? "—", { class: "number" }));
    return row;
  }));
  $("otros_titulo").textContent = `${told.canasta(answer.canasta)}, ${answer.ejercicio}, ${told.momento(answer.momento).toLowerCase()}: ${rows.length} gobiernos con número. Lista, no clasificación: sus documentos no cubren el mismo gasto en salud.`;
  return rows;
};
const show = () => {
  const answers = KNOWN.respuestas.filter((answer) => fits(answer, ASKED)), box = $("respuesta");
  if (!answers.length) return;
  box.replaceChildren();
  for (const answer of answers) {
    const [headline, ...rest] = answer.rechazos.length ? [`No hay comparación: ${answer.rechazos.join("; ")}.`] : answer.oraciones;
    box.append(made("p", headline, { class: "answer" }), ...rest.map((sentence) => made("p", sentence)));
    if (!answer.citable) box.append(made("p", "No se cita: el documento es una base secundaria o una copia compuesta por el proyecto.", { class: "warning" }));
    for (const [side, ids] of Object.entries(answer.lineas)) for (const id of ids) box.append(placeOf(side, id, answer));
    for (const [title, sentences] of [["Para qué alcanzaría (equivalencia: no dice que ese dinero pueda moverse)", answer.alcanza], ["Salvedades de este número", answer.salvedades]]) {
      if (!sentences.length) continue;
      const list = made("ul", "", { class: "inside" }), details = made("details", ""), summary = details.appendChild(made("summary", ""));
      summary.append(made("span", title));
      list.append(...sentences.map((sentence) => made("li", sentence)));
      details.append(list);
      box.append(details);
    }
    const place = KNOWN.lugares[Object.values(answer.lineas)[0][0]];
    box.append(made("p", `Para citar: ${answer.gobierno}, ${answer.ejercicio}, ${told.momento(answer.momento).toLowerCase()}; ${place?.documento ?? answer.documento}, página u hoja ${place?.pagina ?? "—"} (sha256 ${(place?.sha256 ?? "").slice(0, 16)}…). Peso a Peso, edición ${EDITION}, ${answer.clave}:${answer.ejercicio}:${answer.momento}.`, { class: "cite" }));
  }
  $("descarga").href = csv(answers);
  $("descarga_otros").href = csv(others(answers[0]));
  const address = ASKED.map((name) => `${name}=${encodeURIComponent($(name).value)}`).join("&");
  $("enlace").href = `#${address}`;
  $("en_explora").href = `explora/index.html#gobierno=${encodeURIComponent($("gobierno").value)}&desde=${$("ejercicio").value}&hasta=${$("ejercicio").value}&momento=${$("momento").value}&clase=canasta:${$("canasta").value}`;
  return address;
};
const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
if (KNOWN.respuestas.length) {
  const pictured = (answer) => Object.values(answer.lineas).flat().some((id) => document.querySelector(`img[data-linea="${CSS.escape(id)}"]`));
  const first = KNOWN.respuestas.find(pictured) ?? KNOWN.respuestas.find((answer) => answer.oraciones.length) ?? KNOWN.respuestas[0];
  offer({ ...first, ...fromAddress() });
  show();
  $("pregunta").addEventListener("input", () => { offer(); history.replaceState(null, "", `#${show()}`); });
  addEventListener("hashchange", () => { if (fromAddress().gobierno) { offer(fromAddress()); show(); } });
}
