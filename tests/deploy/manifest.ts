/** Of Kubernetes objects just what the rules look at. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec?: Spec;
  readonly data?: Readonly<Record<string, string>>;
}

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

export interface Spec {
  readonly replicas?: number;
  /** A Selector, and of Services the labels themselves. */
  readonly selector?: Selector | Labels;
  readonly template?: { readonly metadata: { readonly labels?: Labels }; readonly spec: PodSpec };
  /** Of Services. */
  readonly ports?: readonly { readonly name?: string; readonly targetPort?: number | string }[];
  /** Of HorizontalPodAutoscalers. */
  readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
  readonly maxReplicas?: number;
  /** Of Ingresses. */
  readonly rules?: readonly { readonly host?: string; readonly http: { readonly paths: readonly IngressPath[] } }[];
  readonly tls?: readonly { readonly hosts: readonly string[] }[];
  /** Of NetworkPolicies. */
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly ports?: readonly { readonly port: number | string }[] }[];
  readonly egress?: readonly unknown[];
  /** Of cert-manager's Certificates. */
  readonly secretName?: string;
  /** Of MongoDBCommunity. */
  readonly members?: number;
  readonly users?: readonly { readonly name: string; readonly passwordSecretRef: { readonly name: string } }[];
  /** Of Kafka. */
  readonly kafka?: { readonly listeners: readonly { readonly port: number }[] };
  /** Of KafkaUser. */
  readonly authorization?: { readonly acls: readonly { readonly resource: { readonly name?: string } }[] };
}

interface IngressPath {
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name?: string } } };
}

export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
  };
  /** Seconds. */
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly path: string }[] };
}

type Amounts = { readonly cpu?: string; readonly memory?: string };
type Probe = { readonly httpGet?: { readonly path: string; readonly port: number | string } };

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources?: { readonly requests?: Amounts; readonly limits?: Amounts };
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly privileged?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
}

/** Looks over a rendering and says what is wrong, a line for each fault. */
export type Rule = (objects: readonly Manifest[]) => string[];

export const ofKind = (objects: readonly Manifest[], ...kinds: string[]): readonly Manifest[] =>
  objects.filter(({ kind }) => kinds.includes(kind));

export interface Workload {
  readonly title: string;
  readonly object: Manifest;
  readonly pod: PodSpec;
  readonly labels: Labels;
}

/** Everything that makes pods. */
export const workloads = (objects: readonly Manifest[]): readonly Workload[] =>
  objects.flatMap((object) => {
    const template = object.spec?.template;
    if (!template?.spec?.containers) return [];
    const title = `${object.kind} ${object.metadata.name}`;
    return [{ title, object, pod: template.spec, labels: template.metadata.labels ?? {} }];
  });

export const containersOf = ({ title, pod }: Workload): readonly (readonly [string, Container])[] =>
  [...(pod.initContainers ?? []), ...pod.containers].map((container) => [`${title}/${container.name}`, container]);

export const selects = (selector: Selector, labels: Labels): boolean =>
  Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
  (selector.matchExpressions ?? []).every(
    ({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''),
  );

/** `fault` unless it holds. */
export const unless = (holds: boolean, fault: string): string[] => (holds ? [] : [fault]);
