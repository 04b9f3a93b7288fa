/** In the place of a page that is not there. Every page brings its words along, so it is made of nothing but a link. */
import { useTranslations } from 'next-intl';
import classes from '#components/ui/ui.module.css';

export function NoPage() {
  const t = useTranslations('ui');
  return (
    <main className={classes.state}>
      <h2>{t('noPage')}</h2>
      <p>{t('noPageHelp')}</p>
      <a href="/">{t('toBeginning')}</a>
    </main>
  );
}
