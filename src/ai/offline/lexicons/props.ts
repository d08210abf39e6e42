import { choices, readTable, words } from "./table.ts";

/** Things that a story can hang on: head, then what stands after it, in ways to choose from. */
const PROPS = readTable<"nouns" | "looks">(["nouns", "looks"], `
trumpet cornet bugle | brass, dull gold finish, scratched lead pipe, pearl valve caps; brass, patches of green tarnish, worn silver mouthpiece
violin fiddle | dark amber varnish, worn patch at the chin, frayed bow hair; reddish varnish, one pale new peg
guitar | pale spruce top, scratched edge, brown leather strap
piano | upright, dark walnut case, yellowed keys; black case, chipped ivory keys
drum | wooden shell, tight rope lacing, stained skin
flute | dark wood, silver rings
bell | cast bronze, green streaks, frayed pull rope
watch pocket-watch | gold case, thin chain, white dial without numerals; silver case, scratched glass, short black cord
clock | dark oak case, brass pendulum, pale dial without numerals
key | narrow shaft, round open bow, two square teeth; heavy iron, looped bow, specks of rust
lock padlock | black iron, brass keyhole
letter note | single folded sheet, yellowed paper, broken red wax; cream paper, two sharp creases, ink showing through from the back
envelope | cream paper, torn flap, no writing
book diary notebook journal bible | brown leather cover, frayed spine, thick uneven pages; dark green cloth cover, rounded corners, ribbon marker
photograph photo picture portrait | small black-and-white print, white border, bent corner; oval print in a thin brass frame
map | folded linen-backed sheet, brown stains, worn creases
bottle flask vial | small clear glass, narrow neck, cork stopper, blank paper label; green glass, round shoulders, cork stopper
jar | stoneware, cream glaze, tied cloth lid
cup mug | white enamel, blue rim, chipped handle; brown glazed clay
glass goblet | stemmed, thick uneven glass
bowl saucer plate | cream earthenware, fine crack in the glaze
box chest casket | small, hinged lid, brass clasp; dark wood, iron corners
cake pie | small, round, golden crust, dark currants on top
bread loaf | round, dark crust, dusted with flour
apple | red with a yellow cheek, short stalk
rose | deep red petals, long thorned stem, two dark leaves; pale pink petals, one brown-edged leaf
flower bouquet | white petals, thin green stem; small blue blooms tied with string
bud | closed green sepals, a thin line of pink at the tip
fan | black folded paper, wooden ribs
glove gloves | white kid leather, one pearl button
hat cap | black felt, curled brim, grey band; brown tweed, soft peak
helmet | white shell, gold-tinted visor, grey neck ring; dull steel, worn leather strap
bag bags satchel backpack sack | worn brown leather, brass buckle; grey canvas, knotted drawstring
suitcase case trunk | brown fibreboard, metal corners, one leather strap; black leather, worn corners, two clasps
coat cloak | heavy grey wool, wide collar; dark blue wool, horn buttons
scarf shawl | long red wool, fringed ends; grey wool, loose weave
comb brush hairbrush | silver, fine teeth, engraved back; dark horn, one broken tooth
compass | brass case, glass lid, trembling blue needle
computer laptop tablet | thin grey metal, dark screen, worn keys
pen pencil quill | black barrel, bitten end; dark wood, blunt tip
hammer axe saw spade shovel | worn ash handle, dull steel head
flag banner | faded cloth, frayed edge, plain pole
shell seashell | pale pink spiral, chipped lip
feather | long grey vane, white quill
pipe | dark briar bowl, curved stem
teapot kettle jug pitcher | dented copper, blackened base; white enamel, blue rim
ring | thin gold band, one small dark stone
necklace locket pendant medal | thin silver chain, small oval pendant; dull bronze disc on a striped ribbon
crown | plain gold band, four points
sword blade | straight steel blade, leather-wrapped grip, plain crossguard
knife dagger | short steel blade, dark wooden handle
gun rifle pistol revolver | dark steel, scratched walnut stock
lamp lantern | black iron frame, four glass panes, candle stump; brass oil burner, smoked glass chimney
candle | short white wax, burnt wick, tin holder
torch flashlight | dented metal tube, round lens
mirror | oval glass, tarnished silver frame, one dark spot
telescope spyglass | brass, three drawn tubes, leather grip
camera | black metal body, folding bellows, leather strap
radio | wooden case, cloth-covered speaker, two round knobs
telephone phone | black bakelite, coiled cord; slim black handset, cracked corner
headset | black earpieces, thin wire boom
table | three-legged, knee-high, bare top
chair stool | plain wood, straight back, worn seat
umbrella | black cloth, curved wooden handle
stick cane staff wand | dark knotted wood, worn tip
broom | bundled straw, ash handle
rope | thick hemp, one frayed end
basket | woven willow, arched handle
wheel | wooden spokes, iron rim
bicycle bike | black frame, curved handlebars, rust on the chain
boat rowboat | small, blue peeling paint, two oars
kite | red paper, crossed sticks, long rag tail
doll toy | cloth body, button eyes, faded dress; carved wood, chipped red paint
ball | worn red leather, crossed seams
coin | dull silver, smooth worn face
newspaper | folded grey sheets, print too small to make out
pen pencil quill | black barrel, steel nib; grey goose feather, ink-stained tip
drawing painting | charcoal on rough paper, smudged corner; oil on canvas, unframed, cracked varnish
flag | plain red cloth, torn edge
handkerchief | white linen, hemmed edge
pipe | short briar, bitten stem
bleeper beacon transmitter | palm-sized grey metal case, one red lamp, short wire aerial
restraint strap harness net | woven white webbing, metal buckle
`);

const LOOKS = new Map(PROPS.flatMap(({ nouns, looks }) => words(nouns).map((noun) => [noun, choices(looks)] as const)));

/** What such a thing looks like, in ways to choose from; undefined where the word is no prop. */
export function propLooks(noun: string): readonly string[] | undefined {
  return LOOKS.get(noun);
}

/** Materials and finishes, for things that the table does not know. */
export const PLAIN_LOOKS: readonly string[] = ["worn surface, rounded edges", "dark with age, one clean corner", "matte surface, fine scratches", "pale, faint stains, chipped edge"];
