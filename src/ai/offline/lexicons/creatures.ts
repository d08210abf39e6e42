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
bat | black folded wings, small pointed ears
butterfly | orange wings with black veins
`);

const LOOKS = new Map(CREATURES.flatMap(({ noun, looks }) => noun.split(" ").map((word) => [word, looks.split(";").map((look) => look.trim())] as const)));

/** What an animal looks like, in several ways to choose from; undefined where the word is no animal. */
export function creatureLooks(noun: string): readonly string[] | undefined {
  return LOOKS.get(noun);
}
