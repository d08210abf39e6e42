// Writes VS Code's log files in plain JavaScript, in place of the native module @vscode/spdlog that is not compiled here.
// Without it a log output channel stays empty. Files are not rotated: they live as long as a test.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const LEVELS = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  #path;
  #level = 0;
  #plain = false;

  constructor(path) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#plain = true;
  }

  setPattern() {}

  flush() {}

  drop() {}

  write(level, message) {
    if (LEVELS.indexOf(level) < this.#level) return;
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(this.#path, this.#plain ? message : `${time} [${level === "warn" ? "warning" : level}] ${message}\n`);
  }
}

for (const level of LEVELS) {
  Logger.prototype[level] = function (message) {
    this.write(level, message);
  };
}

exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (_name, path) => new Logger(path);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
