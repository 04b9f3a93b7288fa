'use client';
/** The steps by family: dragged onto the canvas, or chosen to be added after the selected one. */
import { nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { useCanvasStore, usualPort } from './canvas-store.ts';
import classes from './canvas.module.css';
import { NODE_VIEWS } from './node-views.ts';
import { useSpeech } from './speech-context.tsx';
import { useFamilies } from './use-families.ts';

export const DRAGGED_KIND = 'application/x-parcours-step';

function PaletteItem({ kind }: { kind: NodeKind }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const { icon: Icon } = NODE_VIEWS[kind];
  const add = (): void => {
    const { addStep, drawing, selected } = store.getState();
    addStep(kind, { after: usualPort(drawing.journey, selected[0]) });
  };
  return (
    <button type="button" draggable className={classes.paletteItem} data-family={nodeKind(kind).family} data-kind={kind} title={words(`kindHelp.${kind}`)} onClick={add}
      onDragStart={(event) => { event.dataTransfer.setData(DRAGGED_KIND, kind); event.dataTransfer.effectAllowed = 'copy'; }}>
      <Icon size={16} stroke={1.6} aria-hidden />{words(`kind.${kind}`)}
    </button>
  );
}

export function Palette() {
  const known = useFamilies();
  const { words } = useSpeech();
  return (
    <nav className={classes.palette} aria-label={words('palette.label')}>
      {known.map(({ family, kinds }) => (
        <section key={family}>
          <h2>{words(`family.${family}`)}</h2>
          {kinds.map((kind) => <PaletteItem key={kind} kind={kind} />)}
        </section>
      ))}
      <p className="quiet">{words('palette.help')}</p>
    </nav>
  );
}
