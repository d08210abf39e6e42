import assert from "node:assert/strict";
import { parseTtmlTime } from "../../../../../src/import/read/ttml/ttmlTime.ts";
import { brief, checkTranscript, codes, read, refuse } from "../reading.ts";

const document = (body: string, attributes = "") => `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="de" ${attributes}>
<head><metadata><ttm:title>Der Hafen</ttm:title><ttm:agent xml:id="bob"><ttm:name type="full">Bob</ttm:name></ttm:agent></metadata></head>
<body><div>
${body}
</div></body></tt>`;

describe("TTML", () => {
  it("is read with its lines, entities, speakers and language", () => {
    const transcript = read(document('<p begin="00:00:01.5" end="00:00:03.000" ttm:agent="bob">Hi &amp; <span tts:color="red" xmlns:tts="x">du</span><br/>\n   dort<![CDATA[ & <hier>]]> &#233;</p>\n<p begin="3s" dur="500ms">BOB: Ja.</p>'));
    assert.deepEqual(brief(transcript), [[1.5, 3, "Hi & du dort & <hier> é"], [3, 3.5, "Ja."]]);
    assert.deepEqual([transcript.cues.map(({ speaker }) => speaker), transcript.cues[1]!.line, transcript.language, transcript.title], [["Bob", "BOB"], 7, "de", "Der Hafen"]);
    checkTranscript(transcript);
  });

  it("has namespaces under any prefix", () => {
    const text = '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:div><tt:p begin="1s" end="2s">Hi<tt:br/>you</tt:p></tt:div></tt:body></tt:tt>';
    assert.deepEqual(brief(read(text)), [[1, 2, "Hi you"]]);
  });

  it("adds the times of what stands around a paragraph", () => {
    assert.deepEqual(brief(read(document('</div><div begin="10s"><p begin="1s" end="2s">A.</p><p begin="2s" end="3s">B.</p>'))), [[11, 12, "A."], [12, 13, "B."]]);
  });

  it("counts frames and ticks as the document says", () => {
    assert.deepEqual(brief(read(document('<p begin="00:00:01:12" end="50f">A.</p>', 'ttp:frameRate="24"'))), [[1.5, 2.083, "A."]]);
    assert.deepEqual(brief(read(document('<p begin="10000000t" end="25000000t">A.</p>', 'ttp:tickRate="10000000"'))), [[1, 2.5, "A."]]);
    const clock = { framesPerSecond: 25, ticksPerSecond: 1 };
    assert.deepEqual(["100:00:00", "1.5h", "2m", "30f", "1,5s", "x"].map((text) => parseTtmlTime(text, clock)), [360000, 5400, 120, 1.2, undefined, undefined]);
  });

  it("gives words their times where spans have them", () => {
    const [cue] = read(document('<p begin="1s" end="4s"><span begin="0s" end="1s">One</span> <span begin="1s" end="2.5s">two.</span></p>')).cues;
    assert.deepEqual(cue!.words, [{ start: 1, end: 2, text: "One" }, { start: 2, end: 3.5, text: "two." }]);
    assert.deepEqual(brief(read(document('<p><span begin="1s" end="2s">One</span> <span begin="2s" end="3s">two.</span></p>'))), [[1, 3, "One two."]]);
  });

  it("is refused at the line of the mistake", () => {
    assert.deepEqual(codes(refuse(document('<p begin="1s" end="2s">A.</div>'))), ["not-xml:6"]);
    const cut = document('<p begin="1s" end="2s">A.</p>').split("\n").slice(0, -1).join("\n");
    const [error] = refuse(cut);
    assert.deepEqual([codes([error!]), error!.message], [["not-xml:6"], "the XML breaks off: elements are left open at its end"]);
    const [time, missing] = refuse(document('<p begin="soon" end="2s">A.</p>\n<p>B.</p>'));
    assert.deepEqual(codes([time!, missing!]), ["unreadable-time:6", "unreadable-time:7"]);
    assert.equal(time!.message, 'begin="soon" is no time');
    assert.equal(refuse('<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="soon\n1s" end="2s">One</p></div></body></tt>')[0]!.message, 'begin="soon 1s" is no time');
    assert.deepEqual(codes(refuse(document(""))), ["no-narration"]);
    const [lost] = refuse('<?xml version="1.0"?>\n<tt><body><p\n99:99"<x></p></body></tt>');
    assert.doesNotMatch(lost!.message, /\n/);
    assert.ok(lost!.range!.start.line >= 0);
    assert.deepEqual(codes(refuse("<tt>".repeat(500) + "</tt>".repeat(500))), ["not-xml:1"]);
  });

  it("does not let a document type swell", () => {
    const bomb = '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "boom">]>\n<tt xmlns="http://www.w3.org/ns/ttml"><body><p begin="1s" end="2s">x &b;</p></body></tt>';
    assert.deepEqual(brief(read(bomb)), [[1, 2, "x &b;"]]);
  });

  it("is told from other XML, which is named", () => {
    assert.match(refuse("<!DOCTYPE html><html><body>Hi</body></html>")[0]!.message, /a web page/);
    assert.match(refuse('<?xml version="1.0"?>\n<transcript><text start="0" dur="1">Hi</text></transcript>')[0]!.message, /YouTube/);
    assert.match(refuse('<?xml version="1.0"?><rss></rss>')[0]!.message, /root element rss/);
    assert.equal(read("<sigh> So it goes.").format, "plain text");
  });
});
