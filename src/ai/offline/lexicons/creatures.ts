import { readTable } from "./table.ts";

/** Animals and other beings: what stands after the head noun of a description, by choice. */
const CREATURES = readTable<"noun" | "looks">(["noun", "looks"], `
rabbit | upright ears, grey-brown fur, white belly; long ears with dark tips, pale fur
hare | long black-tipped ears, tawny fur, lean hind legs
cat | grey tabby coat, white paws, yellow eyes; sleek black coat, one torn ear, green eyes; ginger coat, white chest, amber eyes
kitten | black fur with a white bib, blue eyes; pale ginger fur, thin tail
dog | wiry brown coat, one folded ear, grey muzzle; black-and-white coat, feathered tail, dark eyes
puppy | soft brown fur, oversized paws; black fur, white chest patch
horse | bay coat, black mane, white blaze; dapple-grey coat, pale mane
donkey | grey coat, white muzzle, dark stripe along the back
bird | small brown body, cream breast, thin legs; grey wings, pale throat
crow raven | glossy black feathers, heavy beak
pigeon dove | slate-grey feathers, white wing bars; white feathers, pink feet
owl | mottled brown feathers, round orange eyes
mouse | fine grey fur, thin pink tail; brown fur, large ears
rat | coarse brown fur, long bare tail
fox | rust-red coat, black legs, white tail tip
wolf | shaggy grey coat, pale yellow eyes
bear | dark brown coat, broad shoulders, scarred muzzle
fish | silver scales, dark back; copper scales, torn fin
dragon | dull green scales, folded leather wings, smoke at the nostrils
lion | sandy coat, dark ragged mane
deer stag | red-brown coat, wide antlers
goat | white shaggy coat, curved horns
sheep lamb | cream wool, black face
caterpillar | thick blue-green body, rows of small dark dots
frog toad | wet green skin, gold-rimmed eyes
snake | olive scales, narrow head
monkey | brown fur, pale face, long tail
robot android | matte white panels, scuffed grey joints, one round lens
ghost | pale translucent figure, long loose garment, bare feet
seal | sleek grey coat, dark spots, round black eyes
whale | slate-blue skin, pale grooved throat, small dark eye
dolphin | smooth grey back, pale belly, curved fin
shark | steel-grey back, white belly, black eyes
octopus squid | mottled red skin, long curling arms
turtle tortoise | domed brown shell, wrinkled grey neck
crab | rust-red shell, one claw larger than the other
eagle hawk falcon | dark brown wings, pale breast, hooked yellow beak
swan goose | white feathers, long neck, orange beak
duck | brown speckled feathers, orange feet
gull seagull | white breast, grey wings, yellow beak
hen chicken rooster cock | russet feathers, red comb
parrot | green feathers, red forehead, grey beak
penguin | black back, white belly, orange beak
cow calf bull ox | brown-and-white coat, wet dark nose; black coat, short pale horns
pig boar piglet | pink bristled skin, flat snout; dark bristled coat, short tusks
squirrel | red-brown fur, upright bushy tail
hedgehog | brown spines, pale pointed face
otter beaver badger | dense brown fur, small round ears
elephant | wrinkled grey skin, long tusks, torn ear
tiger leopard panther | orange coat, black stripes, amber eyes; spotted tawny coat, green eyes
camel | sand-coloured coat, one hump, long lashes
giraffe zebra antelope buffalo | pale coat with dark markings, long lashes
spider | dark brown body, long thin legs
bee wasp | black-and-amber body, clear wings
ant beetle | glossy black body, thin jointed legs
unicorn | white coat, pale mane, one spiral horn
bat | black folded wings, small pointed ears
butterfly | orange wings with black veins
`);

const LOOKS = new Map(CREATURES.flatMap(({ noun, looks }) => noun.split(" ").map((word) => [word, looks.split(";").map((look) => look.trim())] as const)));

/** What an animal looks like, in several ways to choose from; undefined where the word is no animal. */
export function creatureLooks(noun: string): readonly string[] | undefined {
  return LOOKS.get(noun);
}
