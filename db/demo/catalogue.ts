/** The 120 products of the demo brand, twelve kinds of ten, each with a price and a cost in cents. Names are invented; a product never changes with the seed of the people. */
import { openChance } from '#db/demo/chance.ts';

export const AGES = ['newborn', 'baby', 'child'] as const;
export type Age = (typeof AGES)[number];
export const SEASONS = ['winter', 'summer', 'all-year'] as const;
export type Season = (typeof SEASONS)[number];
export type DemoProduct = { sku: string; name: { fr: string; en: string }; kind: string; age: Age; season: Season; categories: string[]; priceMinor: number; costMinor: number };

type Kind = { key: string; code: string; fr: string; en: string; season: Season; ages: readonly Age[]; euros: readonly [number, number] };

const KINDS: readonly Kind[] = [
  { key: 'bodysuits', code: 'BOD', fr: 'Body', en: 'Bodysuit', season: 'all-year', ages: ['newborn', 'baby'], euros: [9, 16] },
  { key: 'sleepwear', code: 'PYJ', fr: 'Pyjama', en: 'Pyjamas', season: 'all-year', ages: AGES, euros: [19, 32] },
  { key: 'tops', code: 'TEE', fr: 'T-shirt', en: 'T-shirt', season: 'summer', ages: ['baby', 'child'], euros: [12, 22] },
  { key: 'blouses', code: 'BLO', fr: 'Blouse', en: 'Blouse', season: 'all-year', ages: ['baby', 'child'], euros: [22, 35] },
  { key: 'trousers', code: 'PAN', fr: 'Pantalon', en: 'Trousers', season: 'all-year', ages: AGES, euros: [24, 39] },
  { key: 'dungarees', code: 'SAL', fr: 'Salopette', en: 'Dungarees', season: 'all-year', ages: AGES, euros: [34, 52] },
  { key: 'dresses', code: 'ROB', fr: 'Robe', en: 'Dress', season: 'summer', ages: ['baby', 'child'], euros: [29, 49] },
  { key: 'knitwear', code: 'GIL', fr: 'Gilet', en: 'Cardigan', season: 'winter', ages: AGES, euros: [32, 55] },
  { key: 'coats', code: 'MAN', fr: 'Manteau', en: 'Coat', season: 'winter', ages: ['baby', 'child'], euros: [59, 99] },
  { key: 'shoes', code: 'CHA', fr: 'Bottines', en: 'Ankle boots', season: 'winter', ages: ['baby', 'child'], euros: [45, 72] },
  { key: 'accessories', code: 'BON', fr: 'Bonnet', en: 'Beanie', season: 'winter', ages: AGES, euros: [12, 24] },
  { key: 'gifts', code: 'DOU', fr: 'Doudou', en: 'Soft toy', season: 'all-year', ages: ['newborn', 'baby'], euros: [15, 29] },
];

const SURNAMES = [
  ['Colchique', 'Meadow saffron'], ['Mésange', 'Titmouse'], ['Noisetier', 'Hazel'], ['Brumaille', 'Drizzle'], ['Libellule', 'Dragonfly'], ['Galet', 'Pebble'],
  ['Hérisson', 'Hedgehog'], ['Myosotis', 'Forget-me-not'], ['Farandole', 'Farandole'], ['Loutre', 'Otter'], ['Coquelicot', 'Poppy'], ['Marelle', 'Hopscotch'],
] as const;
const PER_KIND = 10;
/** French value added tax, in the shelf price. */
const VAT = 1.2;

/** Prices end in 90 cents, or are whole euros; costs lie between 34 and 44 per cent of the price before tax. */
export const DEMO_PRODUCTS: readonly DemoProduct[] = KINDS.flatMap((kind, place) =>
  Array.from({ length: PER_KIND }, (_, index): DemoProduct => {
    const chance = openChance('catalogue', kind.key, String(index));
    const [fr, en] = SURNAMES[(index + place) % SURNAMES.length]!;
    const priceMinor = chance.between(kind.euros[0], kind.euros[1]) * 100 + (chance.happens(0.7) ? 90 : 0);
    const age = kind.ages[index % kind.ages.length]!;
    return {
      sku: `TB-${kind.code}-${String(index + 1).padStart(2, '0')}`, name: { fr: `${kind.fr} ${fr}`, en: `${en} ${kind.en.toLowerCase()}` },
      kind: kind.key, age, season: kind.season, categories: [kind.key, age, ...(kind.season === 'all-year' ? [] : [kind.season])],
      priceMinor, costMinor: Math.round((priceMinor / VAT) * (0.34 + chance.next() * 0.1)),
    };
  }));
