/**
 * The journeys of the kill drill: one that waits for three o'clock and then takes a step of every kind there is and waits in every way, and the two that
 * it brings people to. Whoever comes in meets each step once.
 */
const GIVEN_POINTS = 10;

/** What one purchase of the drill must have earned at the end, the journey's gift included. */
export const POINTS_PER_CUSTOMER = 25 + GIVEN_POINTS;

/** What it sends, each by its own kind of step and channel. */
export const DRILL_MESSAGES = [
  { node: 'mail', kind: 'sendEmail', channel: 'email', content: { subject: 'Thank you', html: '<p>Thank you.</p>' } },
  { node: 'sms', kind: 'sendSms', channel: 'sms', content: { text: 'Thank you.' } },
  { node: 'chat', kind: 'sendWhatsapp', channel: 'whatsapp', content: { text: 'Thank you.' } },
  { node: 'letter', kind: 'sendLetter', channel: 'letter', content: { text: 'Thank you.' } },
  { node: 'call', kind: 'sendCall', channel: 'call', content: { text: 'Say thank you.' } },
  { node: 'push', kind: 'sendPush', channel: 'push', content: { title: 'Thank you', text: 'Thank you.' } },
] as const;

const templateOf = (channel: string): string => `thanks-${channel}`;
export const drillTemplates = DRILL_MESSAGES.map(({ channel, content }) => ({ key: templateOf(channel), name: 'Thanks', content: { channel, variants: { en: content } } }));

const until = (id: string, timeOfDay: string, next: string) => ({ id, kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay }, next: { next } });
const wait = (id: string, settings: Record<string, unknown>, next: string) => ({ id, kind: 'wait', settings, next: { next } });
const messages = DRILL_MESSAGES.map(({ node, kind, channel }, index) => ({
  id: node, kind, settings: { templateKey: templateOf(channel), category: 'information' }, next: { next: DRILL_MESSAGES[index + 1]?.node ?? 'points' },
}));
const request = { method: 'POST', address: 'https://erp.drill.test/customers/{{ customer.id }}', body: '{"order":"{{ event.properties.orderId }}"}', sandboxAnswer: { status: 200, body: '{"known":true}' } };

/** The journey of a version: those of the second way wait until `later`. */
export const drillJourney = (later: '15:01' | '15:02') => ({
  formatVersion: 1, name: 'drill', key: 'drill',
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, maximumEventAgeHours: 48, next: 'split' },
  nodes: [
    { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'now', weight: 70 }, { key: 'later', weight: 30 }] }, next: { now: 'three', later: 'past' } },
    until('three', '15:00', 'check'), until('past', later, 'check'),
    { id: 'check', kind: 'condition', settings: { condition: { event: 'purchase', count: { atLeast: 1 } } }, next: { yes: 'room', no: 'room' } },
    { id: 'room', kind: 'pressureCheck', settings: { category: 'information', channel: 'email' }, next: { passes: 'mail', capped: 'mail' } },
    ...messages,
    { id: 'points', kind: 'givePoints', settings: { programmeKey: 'points', points: GIVEN_POINTS }, next: { next: 'offer' } },
    { id: 'offer', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: 'mark', refused: null } },
    { id: 'mark', kind: 'setAttribute', settings: { attribute: 'drilled', value: true }, next: { next: 'tag' } },
    { id: 'tag', kind: 'changeTag', settings: { tag: 'drilled', does: 'add' }, next: { next: 'tell' } },
    { id: 'tell', kind: 'emitEvent', settings: { type: 'drill.told' }, next: { next: 'join' } },
    { id: 'join', kind: 'joinJourney', settings: { journeyKey: 'joined' }, next: { next: 'posted' } },
    { id: 'posted', kind: 'waitForEvent', settings: { event: { type: 'points.posted' }, timeout: { amount: 30, unit: 'minutes' } }, next: { event: 'task', timeout: 'task' } },
    { id: 'task', kind: 'createTask', settings: { title: 'Thank {{ customer.id }}', assignedTo: 'anyone', dueIn: { amount: 2, unit: 'calendarDays' } }, next: { next: 'ask' } },
    { id: 'ask', kind: 'httpRequest', settings: request, next: { next: 'window' } },
    wait('window', { mode: 'untilWindow', from: '16:00', to: '17:00' }, 'hour'),
    wait('hour', { mode: 'untilBestHour', otherwise: '18:00' }, 'date'),
    wait('date', { mode: 'untilDate', date: 'customer.attributes.renewal', timeOfDay: '09:00' }, 'pause'),
    wait('pause', { mode: 'duration', duration: { amount: 30, unit: 'minutes' } }, 'goal'),
    { id: 'goal', kind: 'goal', settings: { then: 'continue' }, next: { next: 'exit' } },
    { id: 'exit', kind: 'exit', settings: {}, next: {} },
  ],
});

/** A journey that only tags whoever comes in, again and again: were they brought twice, they would be in it twice. */
const tags = (key: string, type: string) => ({
  formatVersion: 1, name: key, key, entry: { trigger: { kind: 'event', event: { type } }, reentry: { mode: 'afterExit' }, maximumEventAgeHours: 48, next: 'tag' },
  nodes: [{ id: 'tag', kind: 'changeTag', settings: { tag: key, does: 'add' }, next: {} }],
});

/** The journeys to which the drill's own brings people: by the event that it makes, and by making them join. */
export const DRILL_FOLLOWERS = [tags('told', 'drill.told'), tags('joined', 'drill.never')] as const;
