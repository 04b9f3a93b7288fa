/** What each node says on its card: a sentence that tells what it does, and a second line of detail; the entry's lines too. */
import type { SendKind } from '#domain/customers/channels.ts';
import type { Journey, JourneyEntry, JourneyNode } from '#domain/journeys/definition.ts';
import type { NodeKind } from '#domain/journeys/node-kinds.ts';
import type { OperationLabel } from '#domain/journeys/operations/operation.ts';
import { conditionSentence, fieldName, matcherSentence } from './condition-sentence.ts';
import { triggerSentence } from './trigger-sentence.ts';
import { eventName, durationText, listText, nameOf, quoted, secondsText, type Speech } from './speech.ts';

export type Sentence = { sentence: string; detail: string };
type SettingsOf<K extends NodeKind> = Extract<JourneyNode, { kind: K }>['settings'];
type Sayings = { [K in NodeKind]: (settings: SettingsOf<K>, speech: Speech) => Sentence };

const percent = (weight: number, total: number): number => (total === 0 ? 0 : Math.round((weight / total) * 100));

function sayDate({ date, offset, yearly, timeOfDay, whenPast }: Extract<SettingsOf<'wait'>, { mode: 'untilDate' }>, speech: Speech): Sentence {
  const { words } = speech;
  const field = yearly && date === 'customer.birthDate' ? words('say.birthday') : yearly ? words('say.dateYearly', { field: fieldName(speech, date) }) : fieldName(speech, date);
  const duration = offset && durationText(speech, { amount: Math.abs(offset.amount), unit: offset.unit });
  const said = offset && duration && offset.amount !== 0 ? words(offset.amount < 0 ? 'say.dateBefore' : 'say.dateAfter', { duration, field }) : field;
  return { sentence: words('say.waitDate', { date: said, time: timeOfDay }), detail: words(`say.past_${whenPast}`) };
}

function sayWait(settings: SettingsOf<'wait'>, speech: Speech): Sentence {
  const { words, locale } = speech;
  if (settings.mode === 'duration') {
    const elapsed = settings.duration.unit === 'minutes' || settings.duration.unit === 'hours';
    return { sentence: words('say.waitDuration', { duration: durationText(speech, settings.duration) }), detail: words(elapsed ? 'say.waitElapsed' : 'say.waitCalendar') };
  }
  if (settings.mode === 'untilDate') return sayDate(settings, speech);
  const days = settings.weekdays ? listText(locale, settings.weekdays.map((day) => words(`weekday.${day}`)), 'disjunction') : null;
  if (settings.mode === 'untilBestHour') return { sentence: days ? words('say.waitBestHourDay', { days }) : words('say.waitBestHour'), detail: words('say.waitBestHourDetail', { time: settings.otherwise }) };
  if (settings.mode === 'untilWindow') {
    const { from, to, after } = settings;
    return { sentence: words(days ? 'say.waitWindowDay' : 'say.waitWindow', { from, to, ...(days ? { days } : {}) }), detail: after ? words('say.waitAfter', { duration: durationText(speech, after) }) : words('say.waitWindowDetail') };
  }
  const detail = settings.after ? words('say.waitAfter', { duration: durationText(speech, settings.after) }) : words('say.waitNext');
  if (!days) return { sentence: words('say.waitUntilTime', { time: settings.timeOfDay }), detail };
  return { sentence: words('say.waitUntilDay', { days, time: settings.timeOfDay }), detail };
}

function sayCapped({ whenCapped }: SettingsOf<'sendEmail'>, speech: Speech): string {
  const { words, names } = speech;
  switch (whenCapped.kind) {
    case 'skip': return words('say.cappedSkip');
    case 'hold': return words('say.cappedHold', { duration: secondsText(speech, whenCapped.expiresAfterSeconds) });
    case 'otherChannel': return words('say.cappedOtherChannel', { template: quoted(speech, nameOf(names.templates, whenCapped.templateKey)) });
    case 'exit': return words('say.cappedExit');
    case 'branch': return words('say.cappedBranch');
  }
}

const saySend = (channel: SendKind) => (settings: SettingsOf<'sendEmail'>, speech: Speech): Sentence => {
  const { words, names } = speech;
  const { templateKey, expiresAfter } = settings;
  if (templateKey === '') return { sentence: words(`say.${channel}Empty`), detail: words('say.chooseTemplate') };
  const detail = words('say.sendDetail', { category: nameOf(names.categories, settings.category), capped: sayCapped(settings, speech) });
  return {
    sentence: words(`say.${channel}`, { template: quoted(speech, nameOf(names.templates, templateKey)) }),
    detail: expiresAfter ? words('say.expiresAfter', { detail, duration: durationText(speech, expiresAfter) }) : detail,
  };
};

function sayGoal({ name, event, then }: SettingsOf<'goal'>, speech: Speech): Sentence {
  const { words } = speech;
  const key = `say.goal${name ? 'Named' : ''}${event ? '' : 'Here'}`;
  const sentence = words(key, { ...(name ? { name: quoted(speech, name) } : {}), ...(event ? { event: matcherSentence(speech, event) } : {}) });
  return { sentence, detail: words(event ? (then === 'end' ? 'say.goalEnds' : 'say.goalContinues') : then === 'end' ? 'say.goalHereEnds' : 'say.goalHereContinues') };
}

function saySetAttribute({ attribute, value }: SettingsOf<'setAttribute'>, speech: Speech): Sentence {
  const { words, locale } = speech;
  const said = typeof value === 'boolean' ? words(value ? 'value.yes' : 'value.no') : typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : quoted(speech, value ?? '');
  const sentence = value === null ? words('say.clearAttribute', { attribute: quoted(speech, attribute) }) : words('say.setAttribute', { attribute: quoted(speech, attribute), value: said });
  return { sentence, detail: words('say.setAttributeDetail') };
}

const SAYINGS: Sayings = {
  wait: sayWait,
  waitForEvent: ({ event, others = [], decide, timeout }, speech) => {
    const awaited = listText(speech.locale, [event, ...others.map((other) => other.event)].map(({ type }) => matcherSentence(speech, { type })), 'disjunction');
    return {
      sentence: timeout ? speech.words('say.waitForEvent', { event: awaited, duration: durationText(speech, timeout) }) : speech.words('say.waitForEventEndless', { event: awaited }),
      detail: event.where ? speech.words('say.where', { condition: conditionSentence(speech, event.where) }) : speech.words(decide === 'ranked' ? 'say.waitForEventRanked' : 'say.waitForEventDetail'),
    };
  },
  condition: ({ condition }, speech) => ({ sentence: speech.words('say.condition', { condition: conditionSentence(speech, condition) }), detail: speech.words('say.conditionDetail') }),
  randomSplit: ({ branches, test }, speech) => {
    const total = branches.reduce((sum, { weight }) => sum + weight, 0);
    const shares = branches.map(({ key, weight }) => speech.words('say.share', { key, share: percent(weight, total) })).join(', ');
    return { sentence: speech.words('say.randomSplit', { shares }), detail: test ? speech.words('say.randomSplitTest', { goal: eventName(speech, test.goal.type), by: 'people' in test.decideAfter ? 'people' : 'hours', count: 'people' in test.decideAfter ? test.decideAfter.people : test.decideAfter.hours }) : speech.words('say.randomSplitDetail') };
  },
  pressureCheck: ({ category, channel }, speech) => ({
    sentence: speech.words('say.pressureCheck', { category: nameOf(speech.names.categories, category), channel: speech.words(`form.channels.${channel}`) }),
    detail: speech.words('say.pressureCheckDetail'),
  }),
  sendEmail: saySend('sendEmail'),
  sendSms: saySend('sendSms'),
  sendWhatsapp: saySend('sendWhatsapp'),
  sendLetter: saySend('sendLetter'),
  sendPush: saySend('sendPush'),
  sendCall: saySend('sendCall'),
  givePoints: ({ points, programmeKey }, { words, names }) => ({ sentence: words('say.givePoints', { points }), detail: words('say.givePointsDetail', { programme: nameOf(names.programmes, programmeKey) }) }),
  grantOffer: ({ offerKey }, speech) =>
    offerKey === ''
      ? { sentence: speech.words('say.grantOfferEmpty'), detail: speech.words('say.chooseOffer') }
      : { sentence: speech.words('say.grantOffer', { offer: quoted(speech, nameOf(speech.names.offers, offerKey)) }), detail: speech.words('say.grantOfferDetail') },
  setAttribute: saySetAttribute,
  changeTag: ({ tag, does }, speech) => ({ sentence: speech.words(does === 'add' ? 'say.tagAdd' : 'say.tagRemove', { tag: quoted(speech, tag) }), detail: speech.words('say.setAttributeDetail') }),
  emitEvent: ({ type }, speech) => ({ sentence: speech.words('say.emitEvent', { type: quoted(speech, type) }), detail: speech.words('say.emitEventDetail') }),
  createTask: ({ title, assignedTo, dueIn }, speech) => ({
    sentence: speech.words('say.createTask', { title: quoted(speech, title) }),
    detail: speech.words(`say.createTask_${assignedTo}${dueIn ? 'Due' : ''}`, dueIn ? { duration: durationText(speech, dueIn) } : {}),
  }),
  httpRequest: ({ method, address, lateAfter }, { words, ...speech }) => ({
    sentence: address === '' ? words('say.httpRequestEmpty') : words('say.httpRequest', { method, host: /^https:\/\/([^/?]*)/.exec(address)?.[1] ?? address }),
    detail: lateAfter ? words('say.httpRequestLate', { duration: durationText({ words, ...speech }, lateAfter) }) : words('say.httpRequestDetail'),
  }),
  joinJourney: ({ journeyKey }, speech) => (journeyKey === '' ? { sentence: speech.words('say.joinJourneyEmpty'), detail: speech.words('say.joinJourneyDetail') } : { sentence: speech.words('say.joinJourney', { journey: quoted(speech, journeyKey) }), detail: speech.words('say.joinJourneyDetail') }),
  goal: sayGoal,
  exit: ({ name }, { words }) => ({ sentence: name ? words('say.exitNamed', { name }) : words('say.exit'), detail: words('say.exitDetail') }),
};

/** The sentence and detail of a node. */
export function describeNode(node: JourneyNode, speech: Speech): Sentence {
  // One node's kind and settings belong together, which the type of a union's member says and an index into a table does not.
  const say = SAYINGS[node.kind] as (settings: JourneyNode['settings'], speech: Speech) => Sentence;
  return say(node.settings, speech);
}

/** The name of a way out: «bought», «capped», «otherwise», or a branch with its share. */
export function portName(node: JourneyNode | null, port: string, speech: Speech): string {
  const { words } = speech;
  if (node?.kind === 'randomSplit') {
    const branch = node.settings.branches.find(({ key }) => key === port);
    const total = node.settings.branches.reduce((sum, { weight }) => sum + weight, 0);
    return branch ? words('port.branch', { key: branch.key, share: percent(branch.weight, total) }) : port;
  }
  if (node?.kind === 'waitForEvent') {
    const { others = [], timeout } = node.settings;
    if (port === 'timeout' && timeout) return words('port.timeout', { duration: durationText(speech, timeout) });
    const rank = others.findIndex(({ key }) => key === port);
    if (rank >= 0) return port;
    if (port === 'event' && others.length > 0) return matcherSentence(speech, { type: node.settings.event.type });
  }
  return words(`port.${port}`, port === 'timeout' ? { duration: '' } : {});
}

function reentryText(entry: JourneyEntry, speech: Speech): string {
  const { words } = speech;
  const { reentry } = entry;
  switch (reentry.mode) {
    case 'onceEver': return words('entry.onceEver');
    case 'afterExit': return reentry.minimumGap ? words('entry.afterExitGap', { gap: durationText(speech, reentry.minimumGap), from: reentry.gapFrom }) : words('entry.afterExit');
    case 'perPeriod': return words('entry.perPeriod', { count: reentry.maximumEntries, period: durationText(speech, reentry.period) });
    case 'perKey': return words(reentry.property === 'occurrence' && !('event' in entry.trigger) ? 'entry.perOccurrence' : 'entry.perKey', { property: quoted(speech, reentry.property) });
  }
}

/** Who may enter: the audience, and the consent that the entry asks for. */
function whoText({ audience, consent }: JourneyEntry, speech: Speech): string {
  const { words } = speech;
  const who = audience ? words('entry.audience', { condition: conditionSentence(speech, audience) }) : words('entry.everyone');
  return consent ? words('entry.consent', { who, purpose: consent.purpose, by: words(`entry.by.${consent.channel}`) }) : who;
}

/** How often each may enter, and how many in all. */
function oftenText(entry: JourneyEntry, speech: Speech): string {
  const reentry = reentryText(entry, speech);
  return entry.cap ? speech.words('entry.capped', { reentry, maximum: entry.cap.maximum, per: entry.cap.per }) : reentry;
}

export type EntrySentences = Sentence & { reentry: string; exits: string; goal: string };

/** The entry's card: what starts it, for whom, how often, what makes people leave early, and what it is for. */
export function describeEntry(journey: Journey, speech: Speech): EntrySentences {
  const { words, locale } = speech;
  const exits = journey.exits.map((exit) => exit.name ?? (exit.on === 'event' ? matcherSentence(speech, exit.event) : conditionSentence(speech, exit.condition)));
  const goals = journey.nodes.flatMap((node) => (node.kind === 'goal' ? [node.settings.name ?? (node.settings.event ? matcherSentence(speech, node.settings.event) : words('say.goalHere'))] : []));
  return {
    sentence: triggerSentence(journey.entry.trigger, speech),
    detail: whoText(journey.entry, speech),
    reentry: oftenText(journey.entry, speech),
    exits: exits.length > 0 ? words('entry.exits', { exits: listText(locale, exits, 'disjunction') }) : words('entry.noExits'),
    goal: goals.length > 0 ? words('entry.goal', { goals: listText(locale, goals, 'disjunction') }) : words('entry.noGoal'),
  };
}

const LONGEST_NAME = 60;

/** «wait 3 days → 5 days»: the words that both sentences begin with are said once. */
function fromTo(before: string, after: string): string {
  const [left, right] = [before.split(' '), after.split(' ')];
  const same = left.findIndex((word, index) => word !== right[index]);
  const cut = (text: string): string => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);
  return same === -1 ? '' : `${cut(before.charAt(0).toLowerCase() + before.slice(1))} → ${cut(right.slice(same).join(' '))}`;
}

/** «delete a wait», for Undo and Redo; a step whose sentence changed is named by both. */
export function editName({ code, nodeKind, count, number, before, after }: OperationLabel, speech: Speech): string {
  const { words } = speech;
  const changed = before && after ? fromTo(describeNode(before, speech).sentence, describeNode(after, speech).sentence) : '';
  return changed || words(`edit.${code}`, { kind: nodeKind ? words(`kindWithArticle.${nodeKind}`) : '', count: count ?? 1, number: number ?? 0 });
}
