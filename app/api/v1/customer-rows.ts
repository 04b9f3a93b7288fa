/** How relatives and contracts look at the edge: what a customer's own routes and theirs share. */
import { z } from 'zod';
import { Contract, endsAfterStart } from '#domain/customers/contracts.ts';
import { Relative } from '#domain/customers/relatives.ts';
import { formatId } from '#domain/shared/ids.ts';
import { Id } from '#app/api/edge.ts';

const IN_ORDER = { message: 'A contract ends on the day of its start at the earliest.', path: ['endsOn'] };

export const RelativeFields = Relative.omit({ id: true });
export const RelativeIn = RelativeFields.meta({ id: 'RelativeInput' });
export const ContractFields = Contract.omit({ id: true });
export const ContractIn = ContractFields.refine(endsAfterStart, IN_ORDER).meta({ id: 'ContractInput' });
/** The same with the id that a row of the list has already. */
export const inOrder = <S extends z.ZodType<Pick<Contract, 'startsOn' | 'endsOn'>>>(schema: S): S => schema.refine(endsAfterStart, IN_ORDER);

export const RelativeOut = z.object({ id: Id('relative'), relation: z.string(), firstName: z.string().nullable(), birthDate: z.string().nullable() }).meta({ id: 'Relative' });
export const ContractOut = z.object({ id: Id('contract'), kind: z.string(), reference: z.string().nullable(), startsOn: z.string(), endsOn: z.string().nullable(), status: z.string() }).meta({ id: 'Contract' });

export const toRelative = ({ id, relation, firstName, birthDate }: Relative): z.input<typeof RelativeOut> => ({ id: formatId('relative', id), relation, firstName: firstName ?? null, birthDate: birthDate ?? null });
export const toContract = ({ id, kind, reference, startsOn, endsOn, status }: Contract): z.input<typeof ContractOut> => ({ id: formatId('contract', id), kind, reference: reference ?? null, startsOn, endsOn: endsOn ?? null, status });
