/** The people who look at messages before customers do (§9.8): a named list, each with an address or a number. */
import { z } from 'zod';
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';

export const MOST_RECIPIENTS = 50;
export const MOST_READERS = 10;
/** How every proof begins, in every language: the French trade says «bon à tirer», and so do those who read it. */
export const PROOF_MARK = '[BAT]';

export const ProofRecipient = z.strictObject({ name: z.string().trim().min(1).max(120).optional(), kind: z.enum(['email', 'phone']), value: z.string().trim().min(3).max(320) });
export type ProofRecipient = z.infer<typeof ProofRecipient>;
export const ProofListInput = z.strictObject({ name: z.string().trim().min(1).max(120), recipients: z.array(ProofRecipient).min(1).max(MOST_RECIPIENTS) });
export type ProofListInput = z.infer<typeof ProofListInput>;

/** Addresses and numbers in the form in which they are compared, each once; what is none is named with its place. `country` is for numbers without one. */
export function normaliseRecipients(recipients: readonly ProofRecipient[], country: string): Result<ProofRecipient[]> {
  const problems: Problem[] = [];
  const found = new Map<string, ProofRecipient>();
  recipients.forEach((recipient, index) => {
    const value = normaliseIdentifier(recipient.kind, recipient.value, country);
    if (!value.ok) problems.push(...value.problems.map((problem) => ({ ...problem, path: ['body', 'recipients', index, 'value'] })));
    else if (!found.has(value.value)) found.set(value.value, { ...recipient, value: value.value });
  });
  return problems.length > 0 ? fail(...problems) : ok([...found.values()]);
}

const LINE = /^(?:(.*?)\s*<\s*([^<>]+?)\s*>|(\S.*))$/;

/** A list as it is typed: one person a line, `Name <address>` or the address or number alone. Lines that are neither come back as they are. */
export function readRecipients(text: string): { recipients: ProofRecipient[]; wrong: string[] } {
  const recipients: ProofRecipient[] = [];
  const wrong: string[] = [];
  for (const line of text.split(/\r?\n/).map((each) => each.trim()).filter((each) => each !== '')) {
    const [, name = '', inside, alone] = LINE.exec(line) ?? [];
    const value = (inside ?? alone ?? '').trim();
    const kind = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? 'email' : /^\+?[\d\s().-]{6,20}$/.test(value) ? 'phone' : null;
    if (kind === null) wrong.push(line);
    else recipients.push({ kind, value, ...(name.trim() !== '' && { name: name.trim().replace(/^"|"$/g, '') }) });
  }
  return { recipients, wrong };
}

/** The other way round. */
export const writeRecipients = (recipients: readonly ProofRecipient[]): string => recipients.map(({ name, value }) => (name === undefined ? value : `${name} <${value}>`)).join('\n');
