/** Carries effects back into the facts before the next step is decided (ARCHITECTURE 1.2). It changes the burst's own copy of the facts. */
import { findCategory } from '#domain/pressure/category.ts';
import { unreachable } from '#domain/shared/invariant.ts';
import type { Effect } from './effects.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from './facts.ts';

const PROFILE_FIELDS = ['firstName', 'lastName', 'language', 'country', 'timeZone', 'street', 'city', 'postalCode', 'birthDate', 'gender', 'storeId'] as const;

/** Whether an attribute of this name is a field of the profile itself rather than one of its free attributes. */
export const isProfileField = (attribute: string): boolean => (PROFILE_FIELDS as readonly string[]).includes(attribute);

export function applyEffects(facts: CustomerFacts, shared: SharedFacts, rules: WorkspaceRules, effects: Effect[]): void {
  for (const effect of effects) {
    switch (effect.kind) {
      case 'sendMessage':
        if (effect.entry) facts.pressure.push(effect.entry);
        break;
      case 'reserve':
        facts.pressure.push(effect.entry);
        break;
      case 'release':
        facts.pressure = facts.pressure.filter((entry) => entry.messageKey !== effect.messageKey);
        break;
      case 'withdrawMessages':
        facts.pressure = facts.pressure.filter((entry) =>
          entry.state !== 'reserved' || !entry.messageKey.startsWith(`${effect.enrollmentId}:`) || findCategory(rules.policy, entry.category)?.transactional);
        break;
      case 'transfer': {
        const { transfer } = effect;
        const change = (transfer.to === 'customer:available' ? transfer.amount : 0) - (transfer.from === 'customer:available' ? transfer.amount : 0);
        facts.balances[transfer.programmeKey] = (facts.balances[transfer.programmeKey] ?? 0) + change;
        break;
      }
      case 'grantOffer': {
        facts.vouchers.push({ offerKey: effect.offerKey, status: 'issued', validFrom: effect.validFrom, validUntil: effect.validUntil });
        const stock = shared.offerStock[effect.offerKey];
        if (typeof stock === 'number') shared.offerStock[effect.offerKey] = stock - 1;
        break;
      }
      case 'setAttribute':
        facts.profile = isProfileField(effect.attribute)
          ? { ...facts.profile, [effect.attribute]: effect.value ?? undefined }
          : { ...facts.profile, attributes: { ...facts.profile.attributes, [effect.attribute]: effect.value } };
        break;
      case 'changeTag': {
        const tags = facts.profile.tags.filter((tag) => tag !== effect.tag);
        facts.profile = { ...facts.profile, tags: effect.does === 'add' ? [...tags, effect.tag] : tags };
        break;
      }
      case 'emitEvent':
      case 'createTask':
      case 'sendRequest':
      case 'joinJourney':
      case 'refuseMessage':
      case 'setAlarm':
      case 'clearAlarm':
      case 'deferEvent':
        break;
      default:
        unreachable(effect);
    }
  }
}
