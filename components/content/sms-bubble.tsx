/** An SMS as a phone shows it. */
import classes from '#components/content/content.module.css';

export function SmsBubble({ from, text }: { from: string; text: string }) {
  return (
    <div className={classes.phone}>
      <span className={classes.phoneFrom}>{from}</span>
      <span className={classes.bubble}>{text}</span>
    </div>
  );
}
