import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { ClusterParameterGroup } from '../aws/rds/parameter-group/cluster-parameter-group.ts';
import { ParameterGroup } from '../aws/rds/parameter-group/parameter-group.ts';
import type { ParameterGroupOutputs } from '../aws/rds/parameter-group/parameter-group-spec.ts';
import type { LedgerDatabaseSpec } from './spec.ts';

export type Parameters = NodeHandle<ParameterGroupOutputs>;

/** No connection without TLS, and every statement that takes a second is logged. */
const defaults = { 'rds.force_ssl': '1', log_min_duration_statement: '1000' };

/** What holds for the cluster and all of its instances. */
export function addClusterParameters(graph: Graph<Aws>, spec: LedgerDatabaseSpec): Parameters {
  return graph.add(
    ClusterParameterGroup,
    `cluster-parameters-${majorOf(spec)}`,
    group(graph, spec, 'cluster', { ...defaults, ...spec.parameters }),
  );
}

/** Those of the one instance, or of the instances of a cluster. */
export function addInstanceParameters(graph: Graph<Aws>, spec: LedgerDatabaseSpec): Parameters {
  const isAlone = spec.engine === 'postgres';
  const part = isAlone ? 'instance' : 'cluster-members';
  const parameters = isAlone ? { ...defaults, ...spec.parameters } : spec.instanceParameters;
  return graph.add(
    ParameterGroup,
    `${part}-parameters-${majorOf(spec)}`,
    group(graph, spec, part, parameters),
  );
}

/** A group fits one major version of one engine, which is why both are in its name: a change needs both for a while. */
function group(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  part: 'cluster' | 'instance' | 'cluster-members',
  parameters: Readonly<Record<string, string>>,
) {
  const { namespace, name } = graph.object;
  return {
    name: graph.nameOf(`${part}-parameters-${majorOf(spec)}`),
    family: `${spec.engine}${majorOf(spec)}`,
    description: `Parameters of the ${part.replaceAll('-', ' ')} of ${namespace}/${name}`,
    parameters,
  };
}

function majorOf({ engineVersion }: LedgerDatabaseSpec): string {
  return engineVersion.split('.')[0] ?? engineVersion;
}
