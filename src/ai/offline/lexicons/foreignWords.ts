import { readTable, words, type Row } from "./table.ts";

type ForeignCells = Row<"english" | "de" | "fr" | "es" | "it" | "pt" | "ru" | "zh" | "ja" | "ar">;

/** Nouns of other languages, by the English noun whose look they get. Stems, where a word is inflected. */
const NOUNS = readTable<keyof ForeignCells>(["english", "de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ar"], `
old man | greis alter-mann alte-mann | vieillard vieil-homme | anciano viejo | vecchio anziano | velho idoso | старик | 老人 老头 老爷爷 | 老人 おじいさん | العجوز الشيخ
old woman | greisin alte-frau | vieille-femme | anciana vieja | vecchia anziana | velha idosa | старуха старушка | 老太太 老奶奶 | おばあさん | العجوزة
boy | junge jungen knabe | garçon | niño muchacho | ragazzo bambino | menino rapaz | мальчик | 男孩 小男孩 少年 | 少年 男の子 | الولد الصبي
girl | mädchen | fille fillette | niña muchacha | ragazza bambina | menina moça | девочк девушк | 女孩 小女孩 姑娘 | 少女 女の子 | الفتاة البنت
man | mann | homme | hombre señor | uomo signore | homem senhor | мужчин человек | 男人 | 男 | الرجل
woman | frau | femme dame | mujer señora | donna signora | mulher senhora | женщин | 女人 | 女 | المرأة
mother | mutter | mère maman | madre mamá | madre mamma | mãe | мать мама матер | 母亲 妈妈 | 母 お母さん | الأم
father | vater | père papa | padre papá | padre papà | pai | отец отц папа | 父亲 爸爸 | 父 お父さん | الأب
grandmother | großmutter oma | grand-mère | abuela | nonna | avó | бабушк | 奶奶 外婆 祖母 | 祖母 | الجدة
grandfather | großvater opa | grand-père | abuelo | nonno | avô | дедушк | 爷爷 祖父 | 祖父 | الجد
soldier | soldat | soldat | soldado | soldato | soldado | солдат | 士兵 | 兵士 | الجندي
fisherman | fischer | pêcheur | pescador | pescatore | pescador | рыбак | 渔夫 | 漁師 | الصياد
cat | katze | chat | gato | gatto | gato | кошк кот | 猫 | 猫 | القطة
dog | hund | chien | perro | cane | cão cachorro | собак пёс | 狗 | 犬 | الكلب
square | platz marktplatz | place | plaza | piazza | praça | площад | 广场 | 広場 | الساحة
street | straße gasse | rue ruelle | calle | strada via | rua | улиц | 街 街道 小巷 | 通り 道 | الشارع
house | haus | maison | casa | casa | casa | дом дома доме | 房子 家 屋子 | 家 | البيت المنزل
kitchen | küche | cuisine | cocina | cucina | cozinha | кухн | 厨房 | 台所 | المطبخ
room | zimmer | chambre pièce | habitación cuarto | stanza camera | quarto sala | комнат | 房间 | 部屋 | الغرفة
forest | wald | forêt bois | bosque | bosco foresta | floresta bosque | лес лесу | 森林 树林 | 森 | الغابة
sea | meer see | mer | mar | mare | mar | море моря | 大海 海 海边 | 海 | البحر
river | fluss | rivière fleuve | río | fiume | rio | река реки реке | 河 河边 江 | 川 | النهر
garden | garten | jardin | jardín | giardino | jardim | сад саду | 花园 院子 | 庭 | الحديقة
village | dorf | village | pueblo aldea | villaggio paese | aldeia vila | деревн | 村庄 村子 | 村 | القرية
city | stadt | ville | ciudad | città | cidade | город | 城市 城里 | 町 街 | المدينة
mountain | berg | montagne | montaña | montagna | montanha | гора горы горе | 山 山上 | 山 | الجبل
beach | strand | plage | playa | spiaggia | praia | пляж | 沙滩 | 浜 | الشاطئ
harbour | hafen | port | puerto | porto | porto | гаван порт | 港口 | 港 | الميناء
bridge | brücke | pont | puente | ponte | ponte | мост | 桥 桥上 | 橋 | الجسر
church | kirche | église | iglesia | chiesa | igreja | церк | 教堂 | 教会 | الكنيسة
school | schule | école | escuela | scuola | escola | школ | 学校 | 学校 | المدرسة
station | bahnhof | gare | estación | stazione | estação | вокзал | 车站 火车站 | 駅 | المحطة
castle | schloss burg | château | castillo | castello | castelo | замок замк | 城堡 | 城 | القلعة
trumpet | trompete | trompette | trompeta | tromba | trompete | труба трубу | 小号 | トランペット | البوق
letter | brief | lettre | carta | lettera | carta | письм | 信 | 手紙 | الرسالة
key | schlüssel | clé clef | llave | chiave | chave | ключ | 钥匙 | 鍵 | المفتاح
book | buch | livre | libro | libro | livro | книг | 书 | 本 | الكتاب
boat | boot | bateau barque | barco barca | barca | barco | лодк | 船 小船 | 舟 | القارب
lamp | lampe laterne | lampe lanterne | lámpara | lampada | lâmpada | ламп фонар | 灯 灯笼 | 灯り | المصباح
watch | uhr taschenuhr | montre | reloj | orologio | relógio | часы | 手表 怀表 | 時計 | الساعة
flower | blume | fleur | flor | fiore | flor | цвет цветок | 花 花朵 | 花 | الزهرة
`);

type Language = Exclude<keyof ForeignCells, "english">;

const LANGUAGES: readonly Language[] = ["de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ar"];

/** What stands in the place of a phrase in lower case, by its English noun; empty for a language that is not in the table. */
export function foreignNouns(language: string): readonly { readonly english: string; readonly forms: readonly string[] }[] {
  const code = LANGUAGES.find((candidate) => candidate === language.toLowerCase().split(/[-_]/)[0]);
  if (!code) return [];
  return NOUNS.map((row) => ({ english: row.english, forms: words(row[code]).map((form) => form.replace(/-/g, " ")) }));
}

/** Scripts without spaces, where a word is found inside a line. */
export function isUnspaced(language: string): boolean {
  return /^(?:zh|ja|th|lo|km|my)\b/i.test(language);
}

/** Words for the time of day, in any of the languages. */
export const FOREIGN_TIMES: readonly (readonly [RegExp, string])[] = [
  [/nacht|nuit|noche|notte|noite|ноч|夜|晚上|الليل/iu, "night"],
  [/dämmerung|abend|crépuscule|soir|atardecer|tarde|sera|tramonto|вечер|закат|傍晚|黄昏|夕|المساء/iu, "dusk"],
  [/morgens|am morgen|morgen|matin|mañana|mattina|manhã|утр|早晨|早上|清晨|朝|الصباح/iu, "morning"],
];

/** Words of a feminine person who is spoken of, against those of a masculine one. */
export const FEMALE_WORDS = /(?<!\p{L})(?:sie|ihre?[mnrs]?|elle|ella|lei|ela|она|её|ей)(?!\p{L})|她|彼女/giu;
export const MALE_WORDS = /(?<!\p{L})(?:er|ihn|ihm|seine?[mnrs]?|il|lui|él|egli|ele|он|его|ему|هو)(?!\p{L})|他|彼(?!女)/giu;
