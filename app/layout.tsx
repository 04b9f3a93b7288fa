/** What is around every page: language, look without a flash, the typeface, and the nonce that scripts run by. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@fontsource-variable/inter/index.css';
import '#components/theme.css';
import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { readScheme, SCHEME_COOKIE, SCHEME_SCRIPT } from '#components/color-scheme.ts';
import { Providers } from '#components/providers.tsx';

export const metadata: Metadata = { title: { default: 'Parcours', template: '%s · Parcours' }, icons: { icon: '/icon.svg' } };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const scheme = readScheme((await cookies()).get(SCHEME_COOKIE)?.value);
  return (
    <html lang={await getLocale()} {...(scheme !== 'auto' && { 'data-mantine-color-scheme': scheme })} suppressHydrationWarning>
      <head>{scheme === 'auto' && <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCHEME_SCRIPT }} />}</head>
      <body>
        <NextIntlClientProvider>
          <Providers scheme={scheme} {...(nonce !== undefined && { nonce })}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
