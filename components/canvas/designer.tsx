'use client';
/** The designer: one journey's canvas or outline between its head and its foot, with the inspector beside. */
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useCan, useSession } from '#components/session.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { AddStepMenu } from './add-step-menu.tsx';
import { useCommands } from './canvas-commands.ts';
import { CanvasContext, makeCanvasStore, useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { DesignerFoot } from './designer-foot.tsx';
import { DesignerHeader, type DesignerView } from './designer-header.tsx';
import { Flow } from './flow.tsx';
import { InspectorPlace, useTools } from './inspector/inspector-place.tsx';
import { journeyApi, referencesOf, useCatalogue, useNames, type JourneyDetail } from './journey-api.ts';
import { LiveNotices } from './live-notices.tsx';
import { MovingNotice } from './moving-notice.tsx';
import { Outline } from './outline.tsx';
import { placeJourney } from './place-journey.ts';
import { PathNotice, usePath } from './path-notice.tsx';
import { SavingNotice } from './saving-state.tsx';
import { Sidebar, type Side } from './sidebar.tsx';
import { DesignerNames, useSpeech } from './speech-context.tsx';
import { useAutosave } from './use-autosave.ts';
import { useCanvasKeys, useCommandKeys } from './use-canvas-keys.ts';
import { useClipboardKeys } from './use-clipboard.ts';
import { useOpenComments } from './use-comments.ts';
import { useKeptDrawing } from './use-kept-drawing.ts';
import { usePresence } from './use-presence.ts';
import { useWarnings } from './use-warnings.ts';

/** Read only when it is asked for. */
const DesignerOverlays = dynamic(() => import('./designer-overlays.tsx').then((loaded) => loaded.DesignerOverlays), { ssr: false });

const ArchivedNotice = dynamic(() => import('./archived-notice.tsx').then((loaded) => loaded.ArchivedNotice), { ssr: false });
const DayNotice = dynamic(() => import('./day-notice.tsx').then((loaded) => loaded.DayNotice), { ssr: false });
const EdgesHint = dynamic(() => import('./edges-hint.tsx').then((loaded) => loaded.EdgesHint, () => () => null), { ssr: false });
const FirstSteps = dynamic(() => import('./first-steps.tsx').then((loaded) => loaded.FirstSteps), { ssr: false });
const SimulatedNotice = dynamic(() => import('./simulated-notice.tsx').then((loaded) => loaded.SimulatedNotice), { ssr: false });
const TryPanel = dynamic(() => import('./try/try-panel.tsx').then((loaded) => loaded.TryPanel), { ssr: false });

const LOOK_AGAIN_MS = 4_000;

/** Figures are read again and again while the journey runs and the page is seen, unless those of a simulation or of a past day stand in their place. */
function useFigures(journey: JourneyDetail, simulationId: string | null): void {
  const store = useCanvasStore();
  const published = journey.liveVersion !== null;
  const { data } = useQuery({ queryKey: ['designer', journey.id, 'report'], queryFn: () => journeyApi.report(journey.id), enabled: published && simulationId === null, refetchInterval: journey.status === 'stopped' ? 30_000 : LOOK_AGAIN_MS });
  const day = useCanvas((state) => state.day);
  useEffect(() => { if (simulationId === null && day === null) store.getState().set({ figures: data ?? null }); }, [data, simulationId, day, store]);
}

/** On a narrow screen, and in a window too low to draw in, the outline is the only view. */
function useLayout(): { narrow: boolean; beside: boolean } {
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const beside = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  return { narrow, beside };
}

/** Beside the canvas where there is room, in place of the outline on a narrow screen, else over the canvas. */
function Beside({ beside, onClose, children }: { beside: boolean; onClose: () => void; children: ReactNode }) {
  const t = useTranslations('try');
  return beside ? children : <Drawer opened onClose={onClose} position="right" size={400} withCloseButton={false} padding={0} attributes={{ content: { 'aria-label': t('title') }, body: { style: { height: '100%' } } }}>{children}</Drawer>;
}

function Workbench({ journey }: { journey: JourneyDetail }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const save = useAutosave();
  const keys = useCanvasKeys();
  const { narrow, beside } = useLayout();
  const [view, setView] = useState<DesignerView>('canvas');
  const [minimap, setMinimap] = useState(false);
  const edits = useCanvas((state) => state.editRequests);
  const selected = useCanvas((state) => state.selected.length);
  const readOnly = useCanvas((state) => state.readOnly);
  const [drawn, setDrawn] = useState(false);
  const [trying, setTrying] = useState(false);
  const [side, setSide] = useState<Side>('steps');
  const overlay = useCanvas((state) => state.overlay);
  const day = useCanvas((state) => state.day);
  const publish = useCallback(() => store.getState().set({ overlay: 'publish' }), [store]);
  const toggleOutline = useCallback(() => setSide((now) => (now === 'outline' ? 'steps' : 'outline')), []);
  const commands = useCommands({ publish, toggleOutline });
  const touched = useTools();
  useCommandKeys(commands);
  useClipboardKeys();
  useKeptDrawing();
  usePresence();
  useWarnings();
  useOpenComments();
  const search = useSearchParams();
  const simulationId = search.get('simulation');
  useFigures(journey, simulationId);
  usePath(journey.id, search.get('customer'));
  useEffect(() => { if (edits > 0) setDrawn(true); }, [edits]);
  const outline = narrow || view === 'outline';
  useEffect(() => { if (outline) store.getState().set({ working: 'outline' }); }, [outline, store]);
  return (
    <div className={classes.designer}>
      <DesignerHeader journey={journey} save={save} view={view} onView={narrow ? null : setView} onTry={() => setTrying(true)} />
      <FirstSteps journey={journey} isTrying={trying} onTry={() => setTrying(true)} />
      <SavingNotice />
      {journey.archivedAt !== null && <ArchivedNotice journeyId={journey.id} since={journey.archivedAt} />}
      <LiveNotices journey={journey} />
      <PathNotice />
      {simulationId !== null && <SimulatedNotice simulationId={simulationId} />}
      {day !== null && <DayNotice date={day} />}
      <MovingNotice />
      <div className={classes.middle}>
        {!outline && <Sidebar side={side} onSide={setSide} readOnly={readOnly} />}
        {/* On a narrow screen a trial takes the place of the outline. */}
        <div className={classes.stage} hidden={trying && narrow} onKeyDown={keys} data-stage role="region" aria-label={words(outline ? 'outline.label' : 'canvas.label')}>{outline ? <Outline /> : <Flow minimap={minimap} />}</div>
        {trying ? <Beside beside={beside || narrow} onClose={() => setTrying(false)}><TryPanel save={save} onClose={() => setTrying(false)} /></Beside> : beside ? <InspectorPlace /> : (
          <Drawer opened={drawn && selected > 0} onClose={() => setDrawn(false)} position="right" size={344} withCloseButton={false} padding={0} attributes={{ content: { 'aria-label': words('inspector.label') } }}>
            <InspectorPlace onClose={() => setDrawn(false)} />
          </Drawer>
        )}
      </div>
      {!(trying && narrow) && <DesignerFoot onCanvas={!outline} minimap={minimap} onMinimap={setMinimap} />}
      {touched && !outline && <EdgesHint />}
      <AddStepMenu key={store.getState().journeyId} />
      {overlay !== null && overlay !== 'publish' && <DesignerOverlays commands={commands} />}
    </div>
  );
}

function OpenDesigner({ journey }: { journey: JourneyDetail }) {
  const locale = useLocale();
  const { workspace, stores } = useSession();
  const mayWrite = useCan('journeys:write');
  const { catalogue, ready } = useCatalogue(locale, stores !== null);
  const names = useNames(catalogue, workspace.currency);
  const [store] = useState(() => makeCanvasStore({ journeyId: journey.id, journey: journey.draft, revision: journey.draftRevision, readOnly: !mayWrite || journey.archivedAt !== null, savedAt: Date.now(), within: stores && new Set(stores.map(({ externalId }) => externalId)) }));
  useEffect(() => { if (ready) store.getState().set({ references: referencesOf(catalogue) }); }, [catalogue, ready, store]);
  return (
    <CanvasContext.Provider value={store}>
      <DesignerNames names={names} catalogue={catalogue}>
        <ReactFlowProvider><Workbench journey={journey} /></ReactFlowProvider>
      </DesignerNames>
    </CanvasContext.Provider>
  );
}

export function Designer({ journeyId }: { journeyId: string }) {
  const journey = useQuery({ queryKey: ['designer', journeyId, 'journey'], queryFn: async () => { const read = await journeyApi.read(journeyId); return { ...read, draft: await placeJourney(read.draft) }; }, refetchOnWindowFocus: false });
  if (journey.isPending) return <LoadingState lines={10} />;
  if (!journey.data) return <ErrorState error={journey.error} onRetry={() => void journey.refetch()} />;
  return <OpenDesigner key={`${journeyId} ${journey.data.archivedAt ?? ''}`} journey={journey.data} />;
}
