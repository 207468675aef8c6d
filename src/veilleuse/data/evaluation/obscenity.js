// Obscenity behind a pipe: every line asks for one thing, every answer is a line. It is taken from the folder that
// VEILLEUSE_OBSCENITY names, else from where node finds it from the current folder; the first answer is its version,
// or null where it is not installed.
const { createRequire } = require("node:module");
const { dirname, join, resolve } = require("node:path");
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");

const here = createRequire(join(process.cwd(), "_"));
const named = process.env.VEILLEUSE_OBSCENITY;
const answer = (value) => process.stdout.write(JSON.stringify(value) + "\n");

process.on("uncaughtException", (error) => {
  answer({ error: String(error) });
  process.exitCode = 1;
  process.stdin.destroy();
});

function found() {
  try {
    return here.resolve(named ? resolve(named) : "obscenity");
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

function version(entry) {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return "?";
}

const matchers = [];
const batches = [];

function matcher({ RegExpMatcher, parseRawPattern, englishRecommendedTransformers }, terms) {
  // It transforms what it reads, and not what it seeks: a term must be given as the transformers would leave it.
  const asRead = (term) => {
    const ways = englishRecommendedTransformers.blacklistMatcherTransformers.map((way) => way.factory?.() ?? way);
    const through = (point) => ways.reduce((left, way) => left && way.transform(left), point);
    const points = Array.from(term, (letter) => through(letter.codePointAt(0)));
    return String.fromCodePoint(...points.filter(Boolean)).replace(/[[\]?|\\]/g, "\\$&");
  };
  const patterns = [...new Set(terms.map(asRead))].map(parseRawPattern);
  return new RegExpMatcher({
    ...englishRecommendedTransformers,
    blacklistedTerms: patterns.map((pattern, id) => ({ id, pattern })),
  });
}

const entry = found();
answer(entry && version(entry));
if (entry) {
  const obscenity = here(entry);
  createInterface({ input: process.stdin }).on("line", (line) => {
    const asked = JSON.parse(line);
    if (asked.terms) answer(matchers.push(matcher(obscenity, asked.terms)) - 1);
    else if (asked.texts) answer(batches.push(asked.texts) - 1);
    else answer(batches[asked.batch].filter((text) => matchers[asked.matcher].hasMatch(text)).length);
  });
}
