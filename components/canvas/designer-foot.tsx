'use client';
/** The foot of the designer: problems, versions and figures as drawers, and the view of the canvas. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCommand, IconFocusCentered, IconLayoutDistributeVertical, IconMap2, IconMinus, IconPlus, IconX } from '@tabler/icons-react';
import { useReactFlow, useViewport } from '@xyflow/react';
import dynamic from 'next/dynamic';
import { useCanvas, useCanvasStore, type FootPanel } from './canvas-store.ts';
import classes from './canvas.module.css';
import { ProblemsList } from './problems-list.tsx';
import { useSpeech } from './speech-context.tsx';

/** Read only when it is asked for; without a connection there is nothing to list. */
const VersionsPanel = dynamic(() => import('./versions-panel.tsx').then((loaded) => loaded.VersionsPanel, () => () => null), { ssr: false });

const FiguresPanel = dynamic(() => import('./figures-panel.tsx').then((loaded) => loaded.FiguresPanel, () => () => null), { ssr: false });

const PANELS: readonly FootPanel[] = ['problems', 'versions', 'figures'];

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
      {!readOnly && button(words('canvas.tidy'), IconLayoutDistributeVertical, () => void store.getState().tidy())}
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
          {open === 'figures' && <FiguresPanel />}
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
