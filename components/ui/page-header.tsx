/** The head of a page: the way back, its name, one line that says what it is for, and what can be done here. */
import { IconChevronLeft } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from '#components/ui/ui.module.css';

export function PageHeader({ title, lede, back, badge, children }: { title: ReactNode; lede?: ReactNode; back?: { href: string; label: string }; badge?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.pageHeader}>
      <div className={classes.headerText}>
        {back && <Link href={back.href} className={classes.back}><IconChevronLeft size={14} aria-hidden />{back.label}</Link>}
        <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' }}><h1>{title}</h1>{badge}</div>
        {lede && <p className={classes.lede}>{lede}</p>}
      </div>
      {children && <div className={classes.headerActions}>{children}</div>}
    </div>
  );
}
