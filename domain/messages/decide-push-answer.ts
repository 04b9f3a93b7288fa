/** What becomes of one notification that went to several browsers: the same for the push services of production and those of the simulator. */

/** Taken by one is taken; then what may have been taken; then what can be tried again; then what will never be. */
const BY_WEIGHT = ['taken', 'ambiguous', 'later', 'unavailable', 'refused', 'gone'] as const;
/** What one push service said of one browser; `gone`: it has ended its subscription. */
export type PushAnswerKind = (typeof BY_WEIGHT)[number];

/** The answer that counts. No browser at all is as if all were gone. */
export const decidePushAnswer = (told: readonly PushAnswerKind[]): PushAnswerKind => BY_WEIGHT.find((kind) => told.includes(kind)) ?? 'gone';

/** What a message fails with when its last browser is gone. */
export const ALL_GONE = { vendorCode: 'gone', vendorReason: 'every browser has ended its subscription' } as const;
