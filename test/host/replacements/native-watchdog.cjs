// In place of the native module @vscode/native-watchdog that is not compiled here: whoever starts the server ends it.
exports.start = () => {};
exports.exit = (code) => process.exit(code);
