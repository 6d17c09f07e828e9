"use strict";
// Explora una edición: filtra, ordena y suma los importes de datos.js. Sin red y sin bibliotecas.
// Suma en centavos enteros (BigInt), y solo donde cada peso entra una vez; si no, dice por qué no suma.

const DATA = JSON.parse(DATOS), TOTAL = DATA.total, ONCE_SHOWN = 100;
const IN_ENGLISH = document.documentElement.lang === "en", say = (es, en) => (IN_ENGLISH ? en : es);
const $ = (id) => document.getElementById(id);
const CONTROLS = [...$("preguntas").elements].filter((control) => control.id);
const column = (name) => DATA.columnas[name];
const at = (name, row) => {
  const values = column(name);
  return values.valores ? values.valores[values.lugares[row]] ?? null : values[row];
};
const term = (name, value) => { const both = DATA.dicho[name][value]; return both && say(...both); };
const told = (name, row) => term(name, at(name, row))?.replace(/:.*| \(.*/, "") ?? "";
const lineOf = (row) => `${at("documento", row)}:${at("cuadro", row)}:${at("renglon", row)}`;
const centavos = column("centavos").map((value) => Number(value ?? 0));
const money = (value) => {
  if (value === null) return say("no se lee", "not legible");
  const digits = (value < 0n ? -value : value).toString().padStart(3, "0");
  return `${value < 0n ? "−" : ""}$${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
};
const amountOf = (row) => (column("centavos")[row] === null ? null : BigInt(column("centavos")[row]));
const element = (tag, text, attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// --- Palabras: sin acentos ni mayúsculas, en singular o plural; «medic*» es el comienzo de una palabra; «,» u «o» es una u otra.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const asWord = (text) => {
  const plain = text.replace(/[^a-z0-9]/g, "");
  if (text.endsWith("*")) return `\\b${plain}`;
  const stems = new Set([plain, plain.length > 3 ? plain.replace(/s$/, "") : plain, plain.length > 4 ? plain.replace(/es$/, "") : plain]);
  return `\\b(?:${[...stems].join("|")})(?:e?s)?\\b`;
};
const withWords = (typed) => {
  const choices = fold(typed).split(/,|\s+[ou]\s+/).map((choice) => choice.split(/\s+/).filter((text) => /[a-z0-9]/.test(text)).map((text) => new RegExp(asWord(text))));
  const asked = choices.filter((all) => all.length);
  return asked.length ? DATA.palabras.map((label) => asked.some((all) => all.every((word) => word.test(label)))) : null;
};

// --- Filtros
const chosen = () => Object.fromEntries(CONTROLS.map((control) => [control.id, control.type === "checkbox" ? control.checked : control.value]));
const ofClass = (asked) => {
  const [name, start] = asked.split(":");
  const values = column(name);
  const fits = values.valores.map((value) => (name === "canasta" ? value === start : (value ?? "").startsWith(start)));
  return (row) => fits[values.lugares[row]] === true;
};
const filtered = (asked) => {
  const tests = [], labels = withWords(asked.palabras);
  const is = (name, value) => { const place = column(name).valores.indexOf(value), places = column(name).lugares; return (row) => places[row] === place; };
  if (labels) tests.push((row) => labels[column("etiqueta").lugares[row]]);
  if (asked.gobierno) {
    const one = is("gobierno", asked.gobierno), other = is("gobierno", asked.otro);
    tests.push((row) => one(row) || (asked.otro && other(row)));
  }
  if (asked.desde) tests.push((row) => column("ejercicio")[row] >= asked.desde);
  if (asked.hasta) tests.push((row) => column("ejercicio")[row] <= asked.hasta);
  if (asked.momento) tests.push(is("momento", asked.momento));
  if (asked.clase) tests.push(ofClass(asked.clase));
  if (asked.verificado) tests.push((row) => column("verificado")[row]);
  if (asked.citable) tests.push((row) => column("citable")[row]);
  const rows = [];
  for (let row = 0; row < TOTAL; row++) if (tests.every((test) => test(row))) rows.push(row);
  return asked.una_vez ? once(rows, asked.clase.startsWith("objeto:") ? asked.clase.slice(7) : null) : rows;
};
// Of each budget and classification, the table that is added up; where it prints none of these rows, the details of the others,
// without those that another table repeats with the same label and amount.
const once = (rows, code) => {
  const detail = (row) => at("nivel", row) === "detail", inside = code ? contained(code) : () => true, table = (row) => `${at("documento", row)}:${at("cuadro", row)}`;
  const budget = (row) => `${at("gobierno", row)}:${at("ejercicio", row)}:${at("momento", row)}:${at("clasificacion", row)}`;
  const added = rows.filter((row) => column("suma_aqui")[row] && (detail(row) || (code !== null && at("objeto", row) === code)) && inside(row));
  const spoken = new Set(added.map(budget)), first = new Map();
  const others = rows.filter((row) => {
    if (spoken.has(budget(row)) || !detail(row)) return false;
    const printed = `${budget(row)}:${column("etiqueta").lugares[row] < 0 ? "" : DATA.palabras[column("etiqueta").lugares[row]]}:${column("centavos")[row]}`;
    if (!first.has(printed)) first.set(printed, table(row));
    return first.get(printed) === table(row);
  });
  return [...added, ...others].sort((a, b) => a - b);
};
// With a class asked for once: its own row where the table prints one, and else the details under it; never both.
const contained = (code) => {
  const places = column("objeto"), own = places.valores.indexOf(code), printed = new Set();
  const budget = (row) => `${at("documento", row)}:${at("cuadro", row)}:${at("gobierno", row)}:${at("ejercicio", row)}`;
  for (let row = 0; row < TOTAL; row++) if (places.lugares[row] === own) printed.add(budget(row));
  return (row) => places.lugares[row] === own || !printed.has(budget(row));
};

// --- Sumas: una vista, un nivel, un momento, todo verificado; o por qué no.
const distinct = (name, rows) => new Set(rows.map((row) => at(name, row)));
// The details of one table repeat nothing.
const ofOneTable = (rows) => distinct("documento", rows).size === 1 && distinct("cuadro", rows).size === 1 && rows.every((row) => at("nivel", row) === "detail");
const ONCE = say(": marque «Cada peso una vez»", ": tick “Each peso once”");
const reasons = (rows, asked) => {
  const no = [];
  if (rows.some((row) => !column("verificado")[row])) no.push(say("hay importes sin verificar", "some amounts are not verified"));
  else if (rows.some((row) => !column("suma_aqui")[row]) && !ofOneTable(rows)) no.push(say("hay cuadros que imprimen otra vez el mismo dinero", "some tables print the same money again") + (asked.una_vez ? "" : ONCE));
  if (distinct("clasificacion", rows).size > 1) no.push(say("hay varias clasificaciones del mismo dinero", "the same money is there in several classifications"));
  const codes = distinct("objeto", rows);
  if (rows.some((row) => at("nivel", row) !== "detail") && (codes.size > 1 || codes.has(null)) && !asked.una_vez) no.push(say("hay subtotales junto a sus partes", "there are subtotals beside their parts") + ONCE);
  if (distinct("momento", rows).size > 1) no.push(say("hay varios momentos contables: elija uno", "there are several budget stages: choose one"));
  if (distinct("ejercicio", rows).size > 1 && asked.pesos === "corrientes") no.push(say("hay pesos de varios años: elija pesos reales", "there are pesos of several years: choose real pesos"));
  return no;
};
const BASE = DATA["año_base"];
const measured = (rows, asked) => {
  const no = rows.length ? reasons(rows, asked) : [say("no hay importes", "there are no amounts")];
  if (no.length) return { no };
  const byYear = new Map(), people = new Set();
  for (const row of rows) {
    const year = at("ejercicio", row);
    byYear.set(year, (byYear.get(year) ?? 0n) + amountOf(row));
    people.add(`${at("gobierno", row)} ${year}`);
  }
  let exact = 0n;
  for (const [year, sum] of byYear) {
    if (asked.pesos === "corrientes") exact += sum;
    else if (DATA.precios[year]) exact += BigInt(Math.round((Number(sum) * DATA.precios[BASE]) / DATA.precios[year]));
    else return { no: [`${say("no hay índice de precios de", "there is no price index of")} ${year}`] };
  }
  if (!asked.por_habitante) return { sum: exact };
  const inhabitants = [...people].map((key) => DATA.habitantes[key]);
  if (inhabitants.some((count) => !count)) return { no: [say("no hay población de algún gobierno y año", "the population of some government and year is not known")] };
  return { sum: BigInt(Math.round(Number(exact) / inhabitants.reduce((all, count) => all + count, 0))) };
};
const unit = (asked) => (asked.pesos === "corrientes" ? say("pesos corrientes", "pesos of the day") : `${say("pesos de", "pesos of")} ${BASE}`) + (asked.por_habitante ? say(" por habitante", " per inhabitant") : "");

// --- Lado a lado, con su gráfica
const GROUPS = { gobierno: (row) => at("gobierno", row), ejercicio: (row) => at("ejercicio", row), momento: (row) => told("momento", row), etiqueta: (row) => at("etiqueta", row), anual: (row) => `${at("gobierno", row)}, ${at("ejercicio", row)}` };
const sideBySide = (rows, asked) => {
  const groups = new Map();
  for (const row of rows) { const key = GROUPS[asked.lado](row) ?? say("sin dato", "no data"); if (!groups.has(key)) groups.set(key, []); groups.get(key).push(row); }
  const compared = [...groups].map(([name, members]) => ({ name, ...measured(members, asked), count: members.length }));
  const order = ["ejercicio", "anual", "momento"].includes(asked.lado) ? (a, b) => String(a.name).localeCompare(String(b.name)) : (a, b) => Number((b.sum ?? -1n) - (a.sum ?? -1n));
  return asked.lado === "momento" ? compared.sort((a, b) => stageRank(a) - stageRank(b)) : compared.sort(order);
};
const stageRank = (group) => Object.values(DATA.dicho.momento).findIndex((both) => say(...both).startsWith(group.name));
const drawGroups = (groups, asked) => {
  const body = $("grupos").tBodies[0], largest = groups.reduce((most, group) => (group.sum > most ? group.sum : most), 1n);
  $("grupos_titulo").textContent = `${say("Lado a lado", "Side by side")}, ${unit(asked)}`;
  body.replaceChildren(...groups.slice(0, 400).map((group) => {
    const row = document.createElement("tr"), bar = element("td", "", { class: "bar", "aria-hidden": "true" });
    if (group.sum > 0n) { const drawn = bar.appendChild(element("span", "")); drawn.style.width = `${Number((group.sum * 1000n) / largest) / 10}%`; }
    const value = element("td", group.no ? `${say("No se suma", "Not added")}: ${group.no.join("; ")}` : money(group.sum), { class: group.no ? "soft" : "number" });
    row.append(element("th", group.name, { scope: "row" }), value, bar, element("td", group.count.toLocaleString("es-MX"), { class: "number" }));
    return row;
  }));
};

// --- Renglones
const ORDERS = {
  mayor: (a, b) => centavos[b] - centavos[a], menor: (a, b) => centavos[a] - centavos[b],
  etiqueta: (a, b) => (at("etiqueta", a) ?? "").localeCompare(at("etiqueta", b) ?? ""),
  ejercicio: (a, b) => at("ejercicio", b) - at("ejercicio", a) || a - b, impreso: (a, b) => a - b,
};
let found = [], shown = 0;
const state = (row) => (column("verificado")[row] ? say("✓ verificado", "✓ verified") : say("sin verificar", "not verified")) + (column("citable")[row] ? "" : say(" · no se cita", " · not to be cited"));
const LONG = 160;
const drawRow = (row) => {
  const line = document.createElement("tr"), name = element("th", "", { scope: "row" }), label = at("etiqueta", row) ?? say("sin etiqueta", "no label");
  const opener = name.appendChild(element("button", label.length > LONG ? `${label.slice(0, LONG)}…` : label, { type: "button", "aria-expanded": "false" }));
  opener.addEventListener("click", () => open(line, opener, row));
  line.append(name);
  for (const [title, text, kind] of [[say("Gobierno", "Government"), at("gobierno", row)], [say("Año", "Year"), at("ejercicio", row)], [say("Momento", "Stage"), told("momento", row)], [say("Importe", "Amount"), money(amountOf(row)), "number"], [say("Estado", "State"), state(row)]]) line.append(element("td", text ?? "", { "data-title": title, class: kind ?? "" }));
  return line;
};
const open = (line, opener, row) => {
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!isOpen));
  if (isOpen) return line.nextElementSibling.remove();
  const detail = document.createElement("tr");
  detail.appendChild(element("td", "", { colspan: 6, class: "place" })).append(...place(row));
  for (const part of [line, detail]) part.onkeydown = (event) => {
    if (event.key !== "Escape" || opener.getAttribute("aria-expanded") !== "true") return;
    open(line, opener, row);
    opener.focus();
  };
  line.after(detail);
};
// Where it is printed: the picture where there is one (in the folder, or on a server), the table around it, and how to cite it.
const place = (row) => {
  const id = lineOf(row), [title, sha256] = DATA.documentos[at("documento", row)] ?? [at("documento", row), ""];
  const where = `${say("página u hoja", "page or sheet")} ${at("pagina", row)}, ${say("lugar", "place")} ${at("lugar", row)}`;
  const parts = [element("p", `${say("Impreso", "Printed")}: «${at("impreso", row)}»${at("unidad", row) > 1 ? ` × ${at("unidad", row).toLocaleString("es-MX")}` : ""} · ${title}, ${where}`)];
  if ((at("etiqueta", row) ?? "").length > LONG) parts.push(element("p", at("etiqueta", row)));
  if (at("ruta", row)) parts.push(element("p", `${say("Dentro de", "Within")}: ${at("ruta", row)}`, { class: "soft" }));
  parts.push(element("p", `${column("verificado")[row] ? say("Verificado", "Verified") : say("Sin verificar", "Not verified")}: ${term("motivo", at("motivo", row)) ?? at("motivo", row) ?? ""}`, { class: "soft" }));
  const source = DATA.imagenes[id] ?? (location.protocol.startsWith("http") ? `../lineas/${encodeURIComponent(id)}.png` : null);
  if (source) { const image = element("img", "", { src: source, alt: `${at("etiqueta", row)}, ${title}, ${where}` }); image.addEventListener("error", () => image.replaceWith(element("p", `${say("La imagen", "Its picture")}: peso show ${id}`, { class: "soft" }))); parts.push(image); }
  else parts.push(element("p", `${say("Su imagen no va en esta carpeta, que lleva pocas", "Its picture is not in this folder, which has few")}: peso show ${id}, peso serve`, { class: "soft" }));
  parts.push(around(row));
  parts.push(element("p", `${say("Para citar", "To cite")}: ${at("gobierno", row)}, «${title}», ${where}, «${at("impreso", row)}» (sha256 ${(sha256 ?? "").slice(0, 16)}…). Peso a Peso, ${say("edición", "release")} ${DATA.edicion}, ${say("línea", "line")} ${id}.`, { class: "cite" }));
  return parts;
};
const around = (row) => {
  const same = (other) => at("documento", other) === at("documento", row) && at("cuadro", other) === at("cuadro", row);
  let first = row, last = row;
  while (first > 0 && row - first < 3 && same(first - 1)) first--;
  while (last < TOTAL - 1 && last - row < 3 && same(last + 1)) last++;
  const table = document.createElement("table");
  table.append(element("caption", say("Renglones de su cuadro, como están impresos", "Rows of its table, as printed"), { class: "soft" }));
  for (let other = first; other <= last; other++) {
    const line = table.appendChild(document.createElement("tr"));
    if (other === row) line.className = "here";
    line.append(element("th", at("etiqueta", other) ?? "", { scope: "row" }), element("td", at("impreso", other) ?? "", { class: "number" }));
  }
  return table;
};
const more = () => {
  $("renglones").tBodies[0].append(...found.slice(shown, shown + ONCE_SHOWN).map(drawRow));
  shown = Math.min(found.length, shown + ONCE_SHOWN);
  $("mas").hidden = shown >= found.length;
};

// --- Si nada cumple lo pedido: lo que sí hay, con palabras más cortas o sin una de las condiciones.
const CONDITIONS = ["gobierno", "desde", "hasta", "momento", "clase", "una_vez", "verificado", "citable"];
const near = (asked) => {
  const shorter = [8, 7, 6, 5, 4].map((size) => fold(asked.palabras).replace(/[a-z0-9]+/g, (word) => (word.length > size ? `${word.slice(0, size)}*` : word)));
  const begun = shorter.find((palabras) => palabras !== fold(asked.palabras) && filtered({ ...asked, palabras }).length);
  const changes = begun ? [[`${say("con", "with")} «${begun}»`, { palabras: begun }]] : [];
  for (const id of ["palabras", ...CONDITIONS]) if (asked[id] !== FIRST[id]) changes.push([`${say("sin", "without")} «${$(id).labels[0].firstChild.textContent.trim() || $(id).labels[0].textContent.trim()}»`, { [id]: FIRST[id] }]);
  return changes.map(([text, change]) => [text, change, filtered({ ...asked, ...change }).length]).filter(([, , count]) => count);
};
const drawNear = (changes) => {
  $("cerca").hidden = !changes.length;
  $("cerca").replaceChildren(...changes.map(([text, change, count]) => {
    const button = element("button", `${text}: ${count.toLocaleString("es-MX")}`, { type: "button" });
    button.addEventListener("click", () => {
      for (const [id, value] of Object.entries(change)) { if ($(id).type === "checkbox") $(id).checked = value; else $(id).value = value; }
      show();
    });
    return button;
  }));
};

// --- Lo que se ve, su enlace y su descarga
const show = () => {
  const asked = chosen(), rows = filtered(asked), result = measured(rows, asked);
  found = rows.sort(ORDERS[asked.orden]); shown = 0;
  $("renglones").tBodies[0].replaceChildren();
  more();
  $("cuenta").textContent = `${found.length.toLocaleString("es-MX")} ${say("importes de", "amounts of")} ${TOTAL.toLocaleString("es-MX")}`;
  $("suma").textContent = result.no ? `${say("No se suman", "Not added")}: ${result.no.join("; ")}.` : `${say("Suman", "They add up to")} ${money(result.sum)} (${unit(asked)}).`;
  $("comparado").hidden = !asked.lado;
  if (asked.lado) drawGroups(sideBySide(found, asked), asked);
  const said = Object.entries(asked).filter(([id, value]) => value !== FIRST[id]).map(([id, value]) => `${id}=${encodeURIComponent(value)}`);
  history.replaceState(null, "", `#${said.join("&")}`);
  $("otra_lengua").hash = location.hash;
  drawNear(found.length ? [] : near(asked));
};
const cell = (value) => { const text = String(value ?? ""), safe = /^[=+\-@\t\r\n]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text; return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe; };
const download = () => {
  const names = ["linea_id", "columna", "gobierno", "ejercicio", "momento", "etiqueta", "ruta", "objeto", "funcion", "importe", "verificado", "citable", "suma_aqui", "pagina", "lugar", "texto_fuente", "edicion"];
  const lines = found.map((row) => [lineOf(row), at("columna", row), at("gobierno", row), at("ejercicio", row), at("momento", row), at("etiqueta", row), at("ruta", row), at("objeto", row), at("funcion", row), amountOf(row) === null ? "" : money(amountOf(row)).replace(/[$,]/g, "").replace("−", "-"), !!column("verificado")[row], !!column("citable")[row], !!column("suma_aqui")[row], at("pagina", row), at("lugar", row), at("impreso", row), DATA.edicion].map(cell).join(","));
  const link = element("a", "", { href: URL.createObjectURL(new Blob(["\ufeff", [names.join(","), ...lines].join("\n"), "\n"], { type: "text/csv" })), download: `peso-a-peso-${DATA.edicion}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
};
const restore = () => {
  for (const control of CONTROLS) { if (control.type === "checkbox") control.checked = FIRST[control.id]; else control.value = FIRST[control.id]; }
  for (const [id, value] of new URLSearchParams(location.hash.slice(1))) { const control = $(id); if (CONTROLS.includes(control)) { if (control.type === "checkbox") control.checked = value === "true"; else control.value = value; } }
};
const options = (id, values) => $(id).append(...values.map(([value, text]) => element("option", text, { value })));
const sorted = (values) => [...values].filter((value) => value !== null).sort((a, b) => String(a).localeCompare(String(b)));
const plain = (values) => values.map((value) => [value, value]);
for (const id of ["gobierno", "otro"]) options(id, plain(sorted(column("gobierno").valores)));
for (const id of ["desde", "hasta"]) options(id, plain(sorted(new Set(column("ejercicio")))));
options("momento", Object.keys(DATA.dicho.momento).filter((value) => column("momento").valores.includes(value)).map((value) => [value, term("momento", value)]));
options("clase", [
  ...Object.keys(DATA.dicho.canasta).filter((value) => column("canasta").valores.includes(value)).map((value) => [`canasta:${value}`, term("canasta", value)]),
  ...DATA.clases.map(([code, name]) => [`objeto:${code}`, `${code.padEnd(4, "0")} ${name}`]),
  ...sorted(column("funcion").valores).filter((code) => code.length < 3).map((code) => [`funcion:${code}`, `${say("Función", "Function")} ${code}`]),
]);
const FIRST = chosen();
restore();
$("preguntas").addEventListener("input", show);
$("preguntas").addEventListener("submit", (event) => event.preventDefault());
$("mas").addEventListener("click", more);
$("descarga").addEventListener("click", download);
addEventListener("hashchange", () => { restore(); show(); });
show();
