/** For whoever runs the server: lets somebody in again who lost phone and recovery codes. Their second proof and passkeys are forgotten, their sessions end, and a first password is made on demand. */
import type { Database } from '#db/connection.ts';
import { firstPassword, hashPassword } from '#db/passwords.ts';
import { noteSignIn } from '#engine/note-sign-in.ts';

/** Null when nobody has this address. `password` is null when the present one stays. */
export async function resetSignIn(database: Database, email: string, { newPassword }: { newPassword: boolean }): Promise<{ name: string; password: string | null } | null> {
  const [person] = await database<{ id: string; name: string }[]>`select id, name from auth_users where email = ${email.trim().toLowerCase()}`;
  if (!person) return null;
  const password = newPassword ? firstPassword() : null;
  const hash = password === null ? null : await hashPassword(password);
  await database.begin(async (transaction) => {
    await transaction`delete from auth_two_factors where user_id = ${person.id}`;
    await transaction`delete from auth_passkeys where user_id = ${person.id}`;
    await transaction`delete from auth_sessions where user_id = ${person.id}`;
    await transaction`delete from auth_verifications where value = ${person.id}`;
    await transaction`update auth_users set two_factor_enabled = false, updated_at = clock_timestamp() where id = ${person.id}`;
    if (hash !== null) await transaction`update auth_accounts set password = ${hash}, updated_at = clock_timestamp() where user_id = ${person.id} and provider_id = 'credential'`;
  });
  await noteSignIn(database, person.id, 'signInReset', 'reset-sign-in');
  return { name: person.name, password };
}
