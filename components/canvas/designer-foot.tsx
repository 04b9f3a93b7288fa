'use client';
/** The foot of the designer: problems, versions and figures as drawers, and the view of the canvas. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCommand, IconFocusCentered, IconLayoutDistributeVertical, IconMap2, IconMinus, IconPlus, IconX } from '@tabler/icons-react';
import { useReactFlow, useViewport } from '@xyflow/react';
import dynamic from 'next/dynamic';
import { useShortReason } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore, type FootPanel } from './canvas-store.ts';
import classes from './canvas.module.css';
import { ProblemsList } from './problems-list.tsx';
import { useSpeech } from './speech-context.tsx';

/** Read only when it is asked for; without a connection there is nothing to list. */
const VersionsPanel = dynamic(() => import('./versions-panel.tsx').then((loaded) => loaded.VersionsPanel, () => () => null), { ssr: false });

const PANELS: readonly FootPanel[] = ['problems', 'versions', 'figures'];

type Line = { label: string; now?: number; today?: number; allTime?: number };

/** Counts of today beside those of all time, in the order of all time: what happened today is in both. */
function JourneyFigures() {
  const { words } = useSpeech();
  const { number } = useFormats();
  const why = useShortReason();
  const figures = useCanvas((state) => state.figures);
  if (!figures) return <p className="quiet">{words('foot.figuresEmpty')}</p>;
  const { today } = figures;
  const criterion = (detail: string): string => detail.replace(/^criterion (\d+)$/, (_, place: string) => words('foot.criterion', { number: place }));
  const detailOf = (ending: string, detail: string | null): string | null => (detail === null ? null : ending === 'failed' ? why(detail) : criterion(detail));
  const lines: Line[] = [
    { label: words('live.inside'), now: figures.inside },
    { label: words('live.entered'), today: today.entered, allTime: figures.entered },
    ...figures.endings.map(({ ending, detail, count }): Line => ({
      label: [words(`ending.${ending}`), detailOf(ending, detail)].filter(Boolean).join(' · '), allTime: count, today: today.endings.find((one) => one.ending === ending && one.detail === detail)?.count ?? 0,
    })),
    ...figures.refusedEntries.map(({ code, count }): Line => ({ label: `${words('foot.refusedEntries')} · ${why(code)}`, allTime: count, today: today.refusedEntries.find((one) => one.code === code)?.count ?? 0 })),
  ];
  const cell = (count: number | undefined) => <td>{count === undefined ? '' : number(count)}</td>;
  return (
    <table className={classes.figureTable}>
      <thead><tr><th scope="col">{words('foot.what')}</th><th scope="col">{words('foot.now')}</th><th scope="col">{words('foot.today')}</th><th scope="col">{words('foot.allTime')}</th></tr></thead>
      <tbody>{lines.map(({ label, now, today: count, allTime }) => <tr key={label}><th scope="row">{label}</th>{cell(now)}{cell(count)}{cell(allTime)}</tr>)}</tbody>
    </table>
  );
}

function ViewControls({ minimap, onMinimap }: { minimap: boolean; onMinimap: (on: boolean) => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const readOnly = useCanvas((state) => state.readOnly);
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { zoom } = useViewport();
  const button = (label: string, Icon: typeof IconPlus, act: () => void, pressed?: boolean) => <Tooltip label={label}><ActionIcon size={28} aria-label={label} aria-pressed={pressed} onClick={act}><Icon size={16} stroke={1.6} aria-hidden /></ActionIcon></Tooltip>;
  return (
    <div className={classes.viewControls}>
      {button(words('canvas.zoomOut'), IconMinus, () => void zoomOut())}
      <span className={classes.zoom}>{Math.round(zoom * 100)} %</span>
      {button(words('canvas.zoomIn'), IconPlus, () => void zoomIn())}
      {button(words('canvas.fit'), IconFocusCentered, () => void fitView({ padding: 0.14, maxZoom: 1 }))}
      {!readOnly && button(words('canvas.tidy'), IconLayoutDistributeVertical, () => store.getState().tidy())}
      {button(words('canvas.minimap'), IconMap2, () => onMinimap(!minimap), minimap)}
    </div>
  );
}

export function DesignerFoot({ onCanvas, minimap, onMinimap }: { onCanvas: boolean; minimap: boolean; onMinimap: (on: boolean) => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const open = useCanvas((state) => state.foot);
  const problems = useCanvas((state) => state.problems.length);
  const warnings = useCanvas((state) => Object.values(state.warningsOf).flat().length);
  return (
    <section className={classes.footArea} aria-label={words('foot.label')}>
      {open && (
        <div className={classes.footPanel}>
          <header><h2>{words(`foot.${open}`)}</h2><ActionIcon aria-label={words('foot.close')} onClick={() => store.getState().set({ foot: null })}><IconX size={16} aria-hidden /></ActionIcon></header>
          {open === 'problems' && <ProblemsList />}
          {open === 'versions' && <VersionsPanel />}
          {open === 'figures' && <JourneyFigures />}
        </div>
      )}
      <div className={classes.footBar}>
        {PANELS.map((panel) => (
          <Button key={panel} variant={open === panel ? 'light' : 'subtle'} color={panel === 'problems' && problems > 0 ? 'warning' : 'gray'} size="compact-sm" aria-expanded={open === panel}
            {...(panel === 'problems' && problems > 0 && { leftSection: <IconAlertTriangle size={14} aria-hidden /> })} onClick={() => store.getState().set({ foot: open === panel ? null : panel })}>
            {panel === 'problems' ? [words('problem.title', { count: problems }), warnings > 0 ? words('problem.warnings', { count: warnings }) : null].filter(Boolean).join(' · ') : words(`foot.${panel}`)}
          </Button>
        ))}
        <span className={classes.spacer} />
        <Tooltip label={words('command.actions')}><ActionIcon size={28} aria-label={words('command.actions')} onClick={() => store.getState().set({ overlay: 'actions' })}><IconCommand size={16} stroke={1.6} aria-hidden /></ActionIcon></Tooltip>
        {onCanvas && <ViewControls minimap={minimap} onMinimap={onMinimap} />}
      </div>
    </section>
  );
}
