import { choices, readTable } from "./table.ts";

export type SettingId = "today" | "wartime" | "victorian" | "fairytale" | "antiquity" | "renaissance" | "space" | "future" | "frontier" | "seafaring";

/** Words of the narration that speak for a setting, each with what it weighs. */
export const SETTING_CUES: Readonly<Record<SettingId, string>> = {
  today: "phone:3 smartphone:4 laptop:4 computer:3 internet:4 email:4 texted:3 subway:2 airport:2 screen:2 app:3 car:1 traffic:2 elevator:1 apartment:1 television:1 supermarket:3 headphones:3 selfie:4 website:4 office:1",
  wartime: "war:3 soldier:3 soldiers:3 occupation:4 occupied:3 curfew:4 sirens:2 bomb:2 bombs:3 bombers:4 blackout:3 armistice:5 tank:2 tanks:2 ration:4 trench:3 uniforms:1 partisans:4 front:1 liberation:3 rifle:1 rifles:2 shelling:4",
  victorian: "waistcoat:4 waistcoat-pocket:4 carriage:2 carriages:2 governess:4 parlour:3 parlor:2 bonnet:3 curtsey:4 croquet:4 gaslight:4 hansom:4 ma'am:2 footman:3 manor:2 petticoat:4 tea-time:2 schoolroom:3 thimble:3 telegram:2 poker:1 daisy-chain:3 marmalade:2",
  fairytale: "king:3 queen:3 princess:4 prince:4 castle:3 dragon:4 knight:4 witch:4 wizard:4 magic:3 kingdom:4 sword:3 spell:3 enchanted:4 goblin:4 elf:4 peasant:2 throne:3 woodcutter:4 upon-a-time:5",
  antiquity: "emperor:2 legion:5 gladiator:5 toga:5 chariot:4 temple:2 pharaoh:5 oracle:4 senate:3 rome:2 athens:3 caesar:4 pyramid:3",
  renaissance: "thou:3 thy:3 thee:3 thine:3 doth:3 hath:3 art:0 niggarding:3 churl:3 herald:1 'tis:3 unto:1 lute:4 doublet:5",
  space: "apollo:6 houston:6 astronaut:6 astronauts:6 orbit:4 spacecraft:6 capsule:3 helmet:2 lunar:6 module:3 mission:1 nasa:6 moon:1 cosmonaut:6 spacesuit:6 over:0 roger:4 csm:3 lm:3",
  future: "starship:6 android:5 robot:4 robots:4 colony:3 galaxy:4 hyperspace:6 hologram:5 drone:2 drones:3 cyborg:6 planet:2 laser:2 airlock:4",
  frontier: "saloon:6 sheriff:6 cowboy:6 ranch:4 prairie:4 stagecoach:5 revolver:3 outlaw:4 rustlers:5 corral:4",
  seafaring: "ship:2 sail:2 sails:3 mast:4 harpoon:5 whale:3 deck:2 voyage:2 crew:2 pirate:4 schooner:5 helm:2 anchor:2 lighthouse:2",
};

type ClothesRow = Record<"setting" | "men" | "women" | "boys" | "girls", string>;

/** Clothes by setting; `{colour}` is filled from COLOURS, so that no two characters wear the same. */
const CLOTHES = readTable<keyof ClothesRow>(["setting", "men", "women", "boys", "girls"], `
today | {colour} wool overcoat, grey scarf; {colour} denim jacket, white T-shirt; {colour} corduroy shirt, dark jeans; {colour} zip jacket, dark trousers | {colour} wool coat with horn buttons; {colour} linen shirt, dark jeans; {colour} knitted cardigan, long grey skirt; {colour} raincoat, black ankle boots | {colour} hooded sweatshirt, worn jeans; {colour} striped T-shirt, grey shorts; {colour} quilted jacket, muddy sneakers | {colour} dungarees, white T-shirt; {colour} hooded jacket, dark leggings; {colour} cotton dress, canvas shoes
wartime | {colour} wool overcoat with a worn collar, flat cap; {colour} three-button jacket, knitted waistcoat; {colour} work jacket, collarless shirt, braces | {colour} belted wool coat, plain headscarf; {colour} cotton dress under a grey cardigan; {colour} buttoned jacket, pleated skirt, darned stockings | {colour} knitted pullover, grey shorts, sagging socks; {colour} cut-down wool jacket, cap too large for the head; {colour} patched shirt, braces, bare knees | {colour} wool dress, white collar, long socks; {colour} coat with a missing button, plaited hair ribbon; {colour} pinafore over a checked blouse
victorian | {colour} frock coat, grey waistcoat, high collar; {colour} tweed suit, silk cravat; {colour} tailcoat, striped trousers | {colour} high-necked dress with a full skirt; {colour} walking dress, lace collar, small bonnet; {colour} bodice with jet buttons, long dark skirt | {colour} sailor suit, black stockings; {colour} knickerbockers, buttoned jacket, stiff collar | {colour} puff-sleeved knee-length dress, white pinafore, white stockings; {colour} sash over a white muslin dress, black strap shoes
fairytale | {colour} wool tunic, leather belt, dark hose; {colour} hooded cloak over a linen shirt; {colour} quilted jerkin, tall boots | {colour} long wool gown, laced bodice; {colour} hooded cloak over a plain linen dress; {colour} kirtle, white linen sleeves | {colour} linen shirt, patched hose, soft leather shoes; {colour} short hooded cape, rope belt | {colour} homespun dress, white apron; {colour} short cloak, wooden clogs
antiquity | {colour}-bordered white toga; {colour} short tunic, leather sandals | {colour} draped gown pinned at the shoulders; {colour} linen dress, bronze armband | {colour} knee-length tunic, bare feet | {colour} sleeveless tunic, braided belt
renaissance | {colour} velvet doublet, white linen collar, dark hose; {colour} slashed doublet, short black cape; {colour} brocade jerkin, wide white ruff | {colour} square-necked gown, pearl-edged bodice; {colour} brocade gown, sheer linen sleeves | {colour} wool doublet, white collar | {colour} laced gown, linen cap
space | white in-flight coverall with a {colour} shoulder patch, headset cap; white pressure suit with {colour} hose fittings, headset cap; short-sleeved white shirt, {colour} tie, headset over one ear | {colour} wool dress, headset over one ear; white coverall with a {colour} shoulder patch, hair tied back | {colour} striped shirt, short trousers | {colour} cotton dress, white socks
future | {colour} high-collared work suit, scuffed grey boots; {colour} layered jacket with a sealed seam, dark gloves | {colour} high-collared coat, slim grey trousers; {colour} work suit with rolled sleeves | {colour} padded vest, grey trousers | {colour} hooded tunic, grey leggings
frontier | {colour} canvas duster coat, wide-brimmed hat; {colour} checked shirt, leather waistcoat, dusty boots | {colour} calico dress, knitted shawl; {colour} riding skirt, white blouse | {colour} checked shirt, braces, bare feet | {colour} calico dress, sunbonnet
seafaring | {colour} wool jersey, canvas trousers; {colour} pea coat with bone buttons, knitted cap; {colour} linen shirt, wide leather belt | {colour} hooded wool cloak, long skirt; {colour} buttoned jacket, headscarf | {colour} striped jersey, rolled trousers | {colour} wool dress, knitted shawl
`);

export type WearerGroup = "men" | "women" | "boys" | "girls";

const CLOTHES_BY_SETTING = new Map(CLOTHES.map((row) => [row.setting, row]));

export function clothesOf(setting: SettingId, wearer: WearerGroup): readonly string[] {
  return choices(CLOTHES_BY_SETTING.get(setting)?.[wearer] ?? "");
}

export const COLOURS: readonly string[] = ["navy", "moss-green", "rust-brown", "charcoal", "mustard", "wine-red", "slate-blue", "cream", "olive", "plum", "ochre", "steel-grey", "brick-red", "bottle-green", "sand-coloured"];

export const HAIR: Readonly<Record<"man" | "woman" | "boy" | "girl" | "oldMan" | "oldWoman", readonly string[]>> = {
  man: ["short dark hair, trimmed beard", "sandy hair combed back", "black curly hair, clean-shaven", "brown hair parted at the side, thin moustache", "close-cropped auburn hair", "dark blond hair over the ears", "receding brown hair, three-day stubble"],
  woman: ["dark hair in a low bun", "shoulder-length chestnut hair", "short black hair", "auburn hair pinned up", "long blond plait", "curly brown hair tied back", "straight dark hair with a fringe"],
  boy: ["tousled brown hair", "short black hair, freckles", "straw-blond fringe", "dark curls", "cropped ginger hair, gap in the front teeth"],
  girl: ["long fair hair held by a black ribbon", "two brown plaits", "short dark bob", "red curls", "chestnut ponytail, freckles"],
  oldMan: ["white hair, full moustache", "bald crown, grey beard", "thin silver hair combed back", "white stubble, deep-lined face"],
  oldWoman: ["white hair in a tight bun", "silver braid over the left shoulder", "short grey curls", "grey hair under a knitted shawl, deep-lined face"],
};

export const BUILDS: readonly string[] = ["slim build", "broad shoulders", "tall and narrow", "stocky build", "slight build", "upright bearing", "long-limbed", "round-shouldered"];
