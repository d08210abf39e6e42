/**
 * The data of server-sent events (WHATWG HTML, 9.2), in lists: all that one piece from the network
 * completes. Lines may end in CRLF, LF or CR; comments and names of events are left out; an event
 * at the very end needs no blank line. Linear in the length of the stream.
 */
export async function* readServerSentEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  const events = createEventReader();
  for await (const chunk of bytes) {
    const complete = events.push(decoder.decode(chunk, { stream: true }));
    if (complete.length) yield complete;
  }
  const rest = events.push(`${decoder.decode()}\n\n`);
  if (rest.length) yield rest;
}

function createEventReader(): { push(text: string): string[] } {
  let parts: string[] = [];
  let data: string[] = [];
  let endsInReturn = false;

  const readLine = (line: string, complete: string[]) => {
    if (line === "") {
      if (data.length) complete.push(data.join("\n"));
      data = [];
    } else if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
  };
  return {
    push(text) {
      // The LF of a CRLF may come in the next piece.
      const fresh = endsInReturn && text.startsWith("\n") ? text.slice(1) : text;
      endsInReturn = text === "" ? endsInReturn : text.endsWith("\r");
      const lines = fresh.split(/\r\n|\n|\r/);
      parts.push(lines[0]!);
      const complete: string[] = [];
      if (lines.length === 1) return complete;
      readLine(parts.join(""), complete);
      for (const line of lines.slice(1, -1)) readLine(line, complete);
      parts = [lines.at(-1)!];
      return complete;
    },
  };
}
