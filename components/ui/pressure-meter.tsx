/** How full a cap is: "2 of 3 this week", one segment for each message that it takes. Above twelve, the segments stand for shares. */
import classes from '#components/ui/ui.module.css';

const MOST_SEGMENTS = 12;

export function PressureMeter({ label, used, cap }: { label: string; used: number; cap: number }) {
  const segments = Math.max(1, Math.min(cap, MOST_SEGMENTS));
  const filled = cap === 0 ? 0 : Math.min(segments, Math.ceil((used / cap) * segments));
  return (
    <div className={classes.meter}>
      <span className="figures">{label}</span>
      <div className={classes.segments} role="meter" aria-valuemin={0} aria-valuemax={cap} aria-valuenow={used} aria-label={label}>
        {Array.from({ length: segments }, (_, index) => <span key={index} className={classes.segment} data-filled={index < filled || undefined} data-over={(used >= cap && index < filled) || undefined} />)}
      </div>
    </div>
  );
}
