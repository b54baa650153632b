import type { Rule } from './manifest.js';
import { images, probes, resources, restricted } from './rules/containers.js';
import { graces, secretsAreMade, secretsAsFiles, variables } from './rules/environment.js';
import { ingresses, selectors, serviceAccounts, servicePorts } from './rules/references.js';
import { autoscalers } from './rules/scaling.js';
import { kafka, mongodb } from './rules/stores.js';

/** What holds of every rendering. That of network policies holds where the component is. */
export const rules: Readonly<Record<string, Rule>> = {
  ...{ restricted, probes, resources, images },
  ...{ selectors, servicePorts, ingresses, serviceAccounts },
  ...{ variables, secretsAsFiles, secretsAreMade, graces },
  ...{ autoscalers, kafka, mongodb },
};
