import assert from "node:assert/strict";
import { guessLanguage } from "../../../src/core/guessLanguage.ts";

const TEXTS: Readonly<Record<string, string>> = {
  en: "She lifted the trumpet one last time, and the square was silent. It had been years.",
  de: "Sie hob die Trompete ein letztes Mal, und der Platz war still. Es war ein Abend im Winter.",
  fr: "Elle leva la trompette une dernière fois et la place se tut. Il y avait des années que le pont était tombé.",
  es: "Ella levantó la trompeta por última vez y la plaza se quedó en silencio. No había nadie en el puente.",
  it: "Alzò la tromba per l'ultima volta e la piazza tacque. Non c'era nessuno sul ponte, che era di pietra.",
  pt: "Ela ergueu o trompete uma última vez e a praça ficou em silêncio. Não havia ninguém na ponte do rio.",
  nl: "Ze hief de trompet een laatste keer en het plein was stil. Er was niemand op de brug van de stad.",
  ja: "彼女は最後にもう一度トランペットを持ち上げた。広場は静かだった。",
  zh: "她最后一次举起了小号。广场一片寂静，桥上没有人。",
  ko: "그녀는 마지막으로 트럼펫을 들었다. 광장은 조용했다.",
  ru: "Она в последний раз подняла трубу, и площадь замолчала.",
  uk: "Вона востаннє підняла трубу, і площа затихла. Її ніхто не чекав.",
  ar: "رفعت البوق للمرة الأخيرة وصمتت الساحة",
};

describe("the guess of a language", () => {
  for (const [code, text] of Object.entries(TEXTS)) {
    it(`knows ${code}`, () => assert.equal(guessLanguage(text), code));
  }

  it("says nothing where nothing tells", () => {
    for (const text of ["", "12 34", "Maria!", "La la la", "…"]) assert.equal(guessLanguage(text), undefined, text);
  });
});
