'use client';
/** The left rail: places with their icons, folded to icons alone when there is little room or the person wants it so. */
import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { isUnder, placesFor, type Place } from '#components/frame/places.ts';
import classes from '#components/frame/frame.module.css';
import { useSession } from '#components/session.tsx';

function PlaceLink({ place, folded, onGo }: { place: Place; folded: boolean; onGo: () => void }) {
  const t = useTranslations('frame');
  const pathname = usePathname();
  const open = [place, ...(place.inside ?? [])].some(({ address }) => isUnder(pathname, address));
  const word = t(`places.${place.name}`);
  return (
    <li>
      <Tooltip label={word} position="right" disabled={!folded}>
        <Link href={place.address} className={classes.place} data-open={open || undefined} aria-current={open && !place.inside ? 'page' : undefined} aria-label={word} onClick={onGo}>
          <place.icon size={18} stroke={1.6} aria-hidden />
          {!folded && <span>{word}</span>}
        </Link>
      </Tooltip>
      {open && !folded && place.inside && place.inside.length > 0 && (
        <ul className={classes.inside}>
          {place.inside.map(({ name, address }) => (
            <li key={name}>
              <Link href={address} className={classes.inner} data-open={isUnder(pathname, address) || undefined} aria-current={isUnder(pathname, address) ? 'page' : undefined} onClick={onGo}>{t(`places.${name}`)}</Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function Rail({ folded, onFold, onGo }: { folded: boolean; onFold: () => void; onGo: () => void }) {
  const t = useTranslations('frame');
  const { scopes, workspace } = useSession();
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} aria-label={t('navigation')} data-folded={folded || undefined}>
      <Link href="/journeys" className={classes.brand} aria-label="Parcours" onClick={onGo}>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 15.5V8a4 4 0 0 1 8 0v4a2 2 0 0 0 4 0V4.5" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" /><circle cx="4" cy="16" r="2" fill="currentColor" /></svg>
        {!folded && <span>Parcours</span>}
      </Link>
      <ul>
        {placesFor({ scopes, kind: workspace.kind }).map((place) => <PlaceLink key={place.name} place={place} folded={folded} onGo={onGo} />)}
      </ul>
      <UnstyledButton className={classes.fold} onClick={onFold} aria-label={t(folded ? 'unfold' : 'fold')}>
        <Fold size={18} stroke={1.6} aria-hidden />
        {!folded && <span>{t('fold')}</span>}
      </UnstyledButton>
    </nav>
  );
}
