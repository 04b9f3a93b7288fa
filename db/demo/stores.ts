/** The stores of the demo brand: three that stay, and a hut on Strasbourg's Christmas market, a store of its own each year. */
export type DemoStore = { externalId: string; name: string; city: string; country: 'FR'; timeZone: 'Europe/Paris'; opensOn: string | null; closesOn: string | null };

export const TOWNS = ['lyon', 'nantes', 'montpellier', 'strasbourg'] as const;
export type Town = (typeof TOWNS)[number];

/** Share of the sales of the stores that stay. */
export const STORE_SHARES = [['lyon', 42], ['nantes', 33], ['montpellier', 25]] as const satisfies readonly (readonly [Town, number])[];

const lasting = (externalId: Town, name: string, city: string): DemoStore => ({ externalId, name, city, country: 'FR', timeZone: 'Europe/Paris', opensOn: null, closesOn: null });
const LASTING = [lasting('lyon', 'Tillebou Lyon Croix-Rousse', 'Lyon'), lasting('nantes', 'Tillebou Nantes Bouffay', 'Nantes'), lasting('montpellier', 'Tillebou Montpellier Écusson', 'Montpellier')];

const MARKET_OPENS = '11-27';
const MARKET_CLOSES = '12-24';

/** Whether the market is open on a local date (`YYYY-MM-DD`). */
export const isMarketDay = (date: string): boolean => date.slice(5) >= MARKET_OPENS && date.slice(5) <= MARKET_CLOSES;

/** The hut of a year's market. */
export const marketStoreId = (year: string): string => `strasbourg-noel-${year}`;

/** Every store that exists between two local dates, next Christmas's hut included. */
export function demoStores(fromDate: string, toDate: string): DemoStore[] {
  const years = Array.from({ length: Number(toDate.slice(0, 4)) - Number(fromDate.slice(0, 4)) + 1 }, (_, index) => String(Number(fromDate.slice(0, 4)) + index));
  const huts = years.filter((year) => `${year}-${MARKET_CLOSES}` >= fromDate).map((year): DemoStore => ({
    externalId: marketStoreId(year), name: `Tillebou Marché de Noël ${year}`, city: 'Strasbourg', country: 'FR', timeZone: 'Europe/Paris',
    opensOn: `${year}-${MARKET_OPENS}`, closesOn: `${year}-${MARKET_CLOSES}`,
  }));
  return [...LASTING, ...huts];
}
