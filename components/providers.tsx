'use client';
/** What every page stands on: the theme, the cache of what was fetched, and notices. */
import { MantineProvider, mergeThemeOverrides, type MantineColorScheme } from '@mantine/core';
import { useNotifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useMemo, useState, type ReactNode } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { cookieSchemeManager } from '#components/color-scheme.ts';
import { resolveVariables, theme } from '#components/theme.ts';

const NoticeCorner = dynamic(() => import('#components/notice-corner.tsx').then((loaded) => loaded.NoticeCorner), { ssr: false });

/** What shows notices is loaded with the first of them. */
function Notices() {
  const { notifications } = useNotifications();
  const [needed, setNeeded] = useState(false);
  if (notifications.length > 0 && !needed) setNeeded(true);
  return needed ? <NoticeCorner /> : null;
}

const makeClient = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: true, retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500) } } });

export function Providers({ scheme, nonce, children }: { scheme: MantineColorScheme; nonce?: string; children: ReactNode }) {
  const [client] = useState(makeClient);
  const [manager] = useState(() => cookieSchemeManager(scheme));
  const t = useTranslations('ui');
  const spoken = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': t('close') } };
    return mergeThemeOverrides(theme, { components: { Notification: { defaultProps }, Modal: { defaultProps }, Drawer: { defaultProps }, Alert: { defaultProps: { closeButtonLabel: t('close') } } } });
  }, [t]);
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={resolveVariables} defaultColorScheme={scheme} colorSchemeManager={manager} getStyleNonce={() => nonce ?? ''}>
      <QueryClientProvider client={client}>
        <Notices />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
