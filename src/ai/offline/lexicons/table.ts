/** A row of a lexicon: its cells by column. */
export type Row<Column extends string> = Readonly<Record<Column, string>>;

/** Reads a lexicon: a row a line, cells parted by `|`; blank lines and lines with `#` are for people. */
export function readTable<Column extends string>(columns: readonly Column[], text: string): Row<Column>[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) as Record<Column, string>;
    });
}

/** Rows by every word of one column; of two rows with the same word the first counts. */
export function indexRows<R extends object>(rows: readonly R[], wordsOf: (row: R) => readonly string[]): ReadonlyMap<string, R> {
  const index = new Map<string, R>();
  for (const row of rows) for (const word of wordsOf(row)) if (!index.has(word)) index.set(word, row);
  return index;
}

/** `a b c` as words. */
export function words(cell: string): string[] {
  return cell.split(/\s+/).filter(Boolean);
}

/** `a; b c; d` as choices. */
export function choices(cell: string): string[] {
  return cell.split(";").map((choice) => choice.trim()).filter(Boolean);
}
