// EPUBs in a reading system (epub.js) in Chromium, by day and by night, at three sizes: is every
// document of a book painted, its pictures too, and can its words be told from the ground?
//
//   node reader.cjs [--pictures FOLDER] BOOK.epub …  →  {"BOOK.epub": ["finding", …], …} on stdout
//
// PUPPETEER_EXECUTABLE_PATH names the browser.

const fs = require("node:fs");
const path = require("node:path");

const SCRIPTS = ["jszip/dist/jszip.min.js", "epubjs/dist/epub.min.js"].map((name) => require.resolve(name));
const SIZES = [[360, 640, 120], [820, 1100, 100], [1280, 800, 80]]; // width, height, size of type in %
const MODES = { day: ["#fff", "#000"], night: ["#111", "#ddd"] }; // ground, ink

async function judge(browser, file, pictures) {
  const findings = new Set();
  const data = fs.readFileSync(file).toString("base64");
  for (const [width, height, size] of SIZES) {
    for (const [mode, [ground, ink]] of Object.entries(MODES)) {
      const page = await browser.newPage();
      page.on("pageerror", (error) => findings.add(`script: ${error.message}`));
      await page.setViewport({ width, height });
      await page.setContent(`<!doctype html><style>body { margin: 0; background: ${ground} } #book { height: 100vh }</style><div id="book"></div>`);
      for (const script of SCRIPTS) await page.addScriptTag({ path: script });
      const names = await page.evaluate(open, data, ground, ink, size);
      if (!names.length) throw new Error("the reading system sees no document");
      for (const name of names) {
        for (const fault of await page.evaluate(look, name, ground)) findings.add(`${name}: ${fault} [${width} px, ${mode}]`);
        if (pictures) await page.screenshot({ path: path.join(pictures, `${path.basename(path.dirname(file))}-${name}-${width}-${mode}.png`) });
      }
      await page.close();
    }
  }
  return [...findings];
}

async function open(data, ground, ink, size) {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  window.book = ePub(bytes.buffer);
  window.view = book.renderTo("book", { width: "100%", height: "100%", flow: "paginated", spread: "none" });
  view.themes.register("own", { body: { background: `${ground} !important`, color: `${ink} !important` } });
  view.themes.select("own");
  view.themes.fontSize(`${size}%`);
  await book.ready;
  const names = [];
  book.spine.each((item) => names.push(item.href));
  return names;
}

async function look(name, ground) {
  await view.display(name);
  const [{ document: shown, window: inner }] = view.getContents();
  const faults = [];
  const pictures = [...shown.images];
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = light(inner.getComputedStyle(shown.body).backgroundColor);
  if (!shown.body.innerText.trim() && !pictures.length) faults.push("nothing is painted");
  for (const picture of pictures) {
    await picture.decode().catch(() => faults.push(`a picture is not painted: ${picture.getAttribute("src")}`));
  }
  for (const element of shown.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const own = light(inner.getComputedStyle(element).color);
    const contrast = (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05);
    if (contrast < 4.5) faults.push(`${contrast.toFixed(1)}:1 is too little contrast: ${element.outerHTML.slice(0, 80)}`);
  }
  return faults;
}

async function main(files) {
  const puppeteer = require("puppeteer-core");
  const pictures = files[0] === "--pictures" ? files.splice(0, 2)[1] : "";
  const executablePath = process.env.PUPPETEER_EXECUTABLE_PATH;
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const verdicts = {};
  try {
    for (const file of files) verdicts[file] = await judge(browser, file, pictures);
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(verdicts));
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
