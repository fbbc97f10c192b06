// Judges in a real Chromium: axe-core and a few questions of our own for web pages, Ace by DAISY
// for EPUBs. One process for all files.
//
//   node chromium.cjs FILE.html|FILE.epub …  →  {"FILE": ["finding", …], …} on stdout
//
// PUPPETEER_EXECUTABLE_PATH names the browser.

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 768, 1280];
const STOPS = 60; // with the Tab key
const SCHEMES = ["light", "dark"];
// Chromium as it starts calls home; here it has nobody to call, and it must not look as if a page had.
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function judgePage(browser, file) {
  const page = await browser.newPage();
  const findings = new Set();
  page.on("request", (request) => {
    if (!/^(file|data|blob|about):/.test(request.url())) findings.add(`fetches ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) findings.add(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => findings.add(`script: ${error.message}`));
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    for (const scheme of SCHEMES) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
      for (const finding of await look(page)) findings.add(`${finding} [${width} px, ${scheme}]`);
    }
  }
  for (const finding of await walk(page)) findings.add(`${finding} [keyboard]`);
  await page.close();
  return [...findings];
}

// With the keyboard alone (WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7): the first stop leads to the
// text, each stop is seen, and a note that opens in place is left again with Escape.
async function walk(page) {
  const findings = [];
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]); // no waiting
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const { ended, first, seen, html } = await page.evaluate(() => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      const { width, height, bottom, top } = at.getBoundingClientRect();
      const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
      return { ended: at === document.body, first: at.matches("a[href^='#']"),
        seen: marked && width > 1 && height > 1 && bottom > 0 && top < innerHeight, html: at.outerHTML.slice(0, 120) };
    });
    if (ended) break;
    if (stop === 0 && !first && await page.$("nav")) findings.push(`no link past what comes before the text: ${html}`);
    if (!seen) findings.push(`the focus is not seen: ${html}`);
  }
  const call = await page.$("[role='doc-noteref']");
  if (!call) return findings;
  await call.focus();
  await page.keyboard.press("Enter");
  const reached = await page.evaluate(() => document.activeElement.matches("[role='dialog']") || location.hash !== "");
  if (!reached) findings.push("a note is not reached from its call");
  await page.keyboard.press("Escape");
  const back = await page.evaluate((from) => !document.querySelector(":popover-open") &&
    (location.hash !== "" || document.activeElement === from), call);
  if (!back) findings.push("a note that was opened cannot be left with Escape");
  return findings;
}

async function look(page) {
  await page.evaluate(AXE); // not as a script of the page, whose own policy may allow none
  const { wide, violations, passes } = await page.evaluate(async () => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    const result = await axe.run(document, { resultTypes: ["violations"] });
    return {
      wide: scrollWidth > clientWidth ? `scrolls sideways: ${scrollWidth} > ${clientWidth} px` : "",
      violations: result.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`),
      passes: result.passes.length,
    };
  });
  if (!passes) throw new Error("axe looked at nothing");
  return wide ? [wide, ...violations] : violations;
}

async function judgeBook(file) {
  const ace = require("@daisy/ace-core");
  const runner = require("@daisy/ace-axe-runner-puppeteer");
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "ace-"));
  try {
    const [, report] = await ace(file, { cwd: process.cwd(), outdir, initLogger: true, silent: true }, runner);
    const outcomes = report.assertions;
    if (!Array.isArray(outcomes)) throw new Error("Ace looked at nothing");
    return outcomes.flatMap(({ "earl:testSubject": subject, assertions }) =>
      (assertions ?? []).map(({ "earl:test": test, "earl:result": result }) =>
        `${subject.url}: ${test["earl:impact"]} ${test["dct:title"]}: ${result["dct:description"]}`));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

async function main(files) {
  const puppeteer = require("puppeteer-core");
  const verdicts = {};
  const executablePath = process.env.PUPPETEER_EXECUTABLE_PATH;
  const browser = await puppeteer.launch({ executablePath, args: FLAGS });
  try {
    for (const file of files) {
      verdicts[file] = file.endsWith(".epub") ? await judgeBook(file) : await judgePage(browser, file);
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(verdicts));
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
