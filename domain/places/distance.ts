/** How far two positions lie apart on the ground. */
export type Position = { latitude: number; longitude: number };

/** The mean radius of the earth (IUGG). */
const EARTH_METERS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Meters along the great circle, by the haversine formula; half a percent off at worst, the earth being no ball. */
export function metersBetween(from: Position, to: Position): number {
  const half = (angle: number): number => Math.sin(angle / 2) ** 2;
  const share = half(radians(to.latitude - from.latitude)) + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(radians(to.longitude - from.longitude));
  return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(share)));
}
