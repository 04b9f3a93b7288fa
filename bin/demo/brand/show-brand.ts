/** How the demo brand looks: its kit, and a swatch of cloth for each kind of product, painted here so that they are nobody's. */
import sharp from 'sharp';
import { DEMO_PRODUCTS } from '#db/demo/catalogue.ts';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { imagePath } from '#domain/images/image-facts.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import { putBrandKit } from '#engine/commands/put-brand-kit.ts';
import { addImage } from '#engine/images/put-image.ts';
import { readPicture } from '#engine/images/read-picture.ts';

const KIT: BrandKit = {
  logo: null, colours: { accent: '#9a4a2c', background: '#f6f1e7' }, font: 'serif', address: '3 rue des Colchiques, 69002 Lyon',
  legal: { fr: 'Société de démonstration, RCS Lyon 000 000 000', en: 'A company for demonstration, registered in Lyon, 000 000 000' }, social: [{ network: 'instagram', url: 'https://www.instagram.com/' }],
};

type Colour = readonly [number, number, number];
type Swatch = { ground: Colour; thread: Colour; isThread: (x: number, y: number) => boolean };
const GROUNDS: readonly Colour[] = [[244, 230, 214], [214, 226, 233], [227, 233, 214], [240, 219, 219], [225, 218, 236], [250, 238, 200]];
const THREADS: readonly Colour[] = [[154, 74, 44], [47, 84, 120], [70, 106, 62], [150, 58, 82], [92, 74, 140], [176, 122, 28]];
const PITCH = 75;
const MOTIFS: readonly Swatch['isThread'][] = [
  (x, y) => Math.hypot((x % PITCH) - PITCH / 2, (y % PITCH) - PITCH / 2) < 16,
  (x) => x % PITCH < 18,
  (x, y) => (x % PITCH < 24) !== (y % PITCH < 24),
  (x, y) => (y + Math.abs((x % PITCH) - PITCH / 2)) % PITCH < 14,
];
const [WIDTH, HEIGHT] = [900, 900];

function paint({ ground, thread, isThread }: Swatch): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) for (let x = 0; x < WIDTH; x += 1) pixels.set(isThread(x, y) ? thread : ground, (y * WIDTH + x) * 3);
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).png().toBuffer();
}

/** Of the list, whatever the number: the motifs are fewer than the kinds. */
const cyclic = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

/** Writes the kit and the pictures; answers the path of the picture of each kind of product. */
export async function showBrand(context: CommandContext): Promise<Map<string, string>> {
  await putBrandKit(context, KIT);
  const kinds = [...new Map(DEMO_PRODUCTS.map((product) => [product.kind, product]))];
  const paths = new Map<string, string>();
  for (const [index, [kind, { name }]] of kinds.entries()) {
    const picture = await readPicture(await paint({ ground: cyclic(GROUNDS, index), thread: cyclic(THREADS, index), isThread: cyclic(MOTIFS, index) }));
    if (!picture.ok) throw new Error(picture.problems[0]?.message);
    const fr = name.fr.split(' ')[0] ?? kind;
    await addImage(context, picture.value, { name: `${kind}.png`, alt: { fr: `Le tissu de la collection « ${fr} »`, en: `The cloth of the ${kind} collection` } });
    paths.set(kind, imagePath(picture.value.hash, picture.value.format));
  }
  return paths;
}
