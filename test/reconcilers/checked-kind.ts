import { assemble, type Rules } from '../../controller/manifests/assemble.ts';
import type { ManifestReading } from '../../controller/manifests/manifest.ts';
import { formatProblem } from '../../controller/manifests/problem.ts';
import { rules } from '../product.ts';

/** Replacements in a manifest: each text by another. */
export type Edits = Readonly<Record<string, string>>;

type Files = Readonly<Record<string, string>>;

export const environment = `apiVersion: fintech.global/v1alpha1
kind: Environment
metadata: {name: staging}
spec:
  aws: {accountId: "123456789012", region: eu-central-1}
  tags: {Environment: Staging, Project: FinTechGlobal, CostCenter: CC-1, Owner: platform, DataClassification: Internal}
`;

export const network = `apiVersion: fintech.global/v1alpha1
kind: FintechNetwork
metadata: {name: core, namespace: staging}
spec:
  cidr: 10.1.0.0/16
  availabilityZones: [eu-central-1a, eu-central-1b]
  subnets:
    public: [10.1.1.0/24, 10.1.2.0/24]
    app: [10.1.11.0/24, 10.1.12.0/24]
    data: [10.1.21.0/24, 10.1.22.0/24]
`;

type Subject = {
  readonly rules: Rules['kinds'][number];
  /** Of the manifest that is edited. */
  readonly file: string;
  readonly manifest: string;
  /** What is there beside Environment, network and the manifest, by file. */
  readonly around?: Files;
};

/** A manifest of one kind among faultless ones, as `validate` sees them. */
export function checkedKind({ rules: ofKind, file, manifest, around = {} }: Subject) {
  const faultless = { 'environment.yaml': environment, 'network.yaml': network, ...around };
  const head = new RegExp(`^\\S+ ${ofKind.kind}/staging/[^:]+: (spec\\.)?`);

  function reading(files: Files): ManifestReading {
    const contents = Object.entries(files).map(([name, text]) => ({ file: name, bytes: Buffer.from(text) }));
    return assemble(contents, { schemas: rules.schemas, kinds: [ofKind] });
  }

  /** What `validate` says of these files besides the faultless ones. */
  function problemsOf(files: Files): readonly string[] {
    return reading({ ...faultless, ...files }).problems.map((problem) => formatProblem(problem));
  }

  function edited(edits: Edits): string {
    return Object.entries(edits).reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the manifest does not hold ${from}`);
      return text.replace(from, to);
    }, manifest);
  }

  /** Problems of the manifest in alphabetical order, without the place and the name of the object. */
  function problemsAfter(edits: Edits, others: Files = {}): readonly string[] {
    return problemsOf({ ...others, [file]: edited(edits) })
      .filter((problem) => problem.startsWith(`${file}:`))
      .map((problem) => problem.replace(head, ''))
      .toSorted();
  }

  return { reading, problemsOf, edited, problemsAfter };
}
