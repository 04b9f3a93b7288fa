/**
 * Ids are UUIDs of version 7 inside and, at the edge, a prefix and 26 Crockford base-32 digits, which sort as the UUID does:
 * `cus_0689q5w2f3e1bvm8r6t0x4k9ya`. Making ids needs chance and a clock, so it happens outside the domain.
 */
export const ID_PREFIXES = {
  workspace: 'wsp', event: 'evt', journey: 'jrn', journeyVersion: 'jrv', enrollment: 'enr', cohort: 'coh', message: 'msg',
  posting: 'pst', customer: 'cus', campaign: 'cmp', programme: 'prg', offer: 'ofr', voucher: 'vch', segment: 'seg', template: 'tpl', templateVersion: 'tpv',
  store: 'sto', apiKey: 'key', jump: 'jmp', move: 'mov', endpoint: 'whk', destination: 'dst', webhook: 'wbh', connector: 'con', connectorPost: 'cpo', account: 'acc', relative: 'rel', contract: 'ctr', businessEvent: 'bev', batch: 'bat', simulation: 'sim', comment: 'cmt', task: 'tsk', letterBatch: 'ltb', request: 'req', trace: 'trc', audit: 'aud', place: 'plc', pushSubscription: 'psh', import: 'imp', invitation: 'inv', senderDomain: 'dom', proofList: 'pfl', proof: 'prf', till: 'til', staff: 'stf', image: 'img',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `formatId('customer', uuid)` → `cus_…`. The argument must be a lower-case UUID. */
export function formatId(kind: IdKind, uuid: string): string {
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let body = '';
  for (let digit = 0; digit < 26; digit += 1) {
    body = DIGITS[Number(value & 31n)] + body;
    value >>= 5n;
  }
  return `${ID_PREFIXES[kind]}_${body}`;
}

/** The UUID of an edge id (a bare UUID is taken too), or null when the text is not an id of this kind. */
export function parseId(kind: IdKind, text: string): string | null {
  if (UUID.test(text)) return text;
  const prefix = `${ID_PREFIXES[kind]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const digit of text.slice(prefix.length)) {
    const index = DIGITS.indexOf(digit);
    if (index < 0) return null;
    value = (value << 5n) | BigInt(index);
  }
  if (value >> 128n !== 0n) return null;
  const hex = value.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
