/** The till: of a device that is paired, else of whoever is signed in; a device of nobody is asked for its code (§11.6). */
import { cookies, headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { readPageSession } from '#app/api/auth/read-page-session.ts';
import { readPairedTill } from '#app/api/till/read-paired-till.ts';
import { AppFrame, RAIL_COOKIE } from '#components/frame/app-frame.tsx';
import { SessionProvider } from '#components/session.tsx';
import { PairForm } from '#components/till/pair-form.tsx';
import { PairedTill } from '#components/till/paired-till.tsx';
import { TillPage } from '#components/till/till-page.tsx';

export const dynamic = 'force-dynamic';

export const generateMetadata = async () => ({ title: (await getTranslations('till'))('title') });

export default async function Page() {
  const asked = await headers();
  const account = await readPageSession(asked);
  const { session: paired, wasTill } = await readPairedTill(asked, account !== null);
  if (paired) return <SessionProvider session={paired}><PairedTill /></SessionProvider>;
  if (!account) return <PairForm wasTill={wasTill} />;
  const folded = (await cookies()).get(RAIL_COOKIE)?.value === 'folded';
  return <SessionProvider session={account}><AppFrame initiallyFolded={folded}><TillPage /></AppFrame></SessionProvider>;
}
