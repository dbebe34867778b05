import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import { text, type Input } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { keepImages } from '../aws/ecr/lifecycle-policy.ts';
import { Repository } from '../aws/ecr/repository.ts';
import type { RepositoryOutputs } from '../aws/ecr/repository-spec.ts';
import { partitionOf } from '../aws/partition.ts';
import type { ApiServiceSpec } from './spec.ts';

export type Image = {
  /** With its tag. */
  readonly uri: Input<string>;
  /** Repositories of ECR that tasks pull it and the images of their sidecars from. */
  readonly repositoryArns: readonly Input<string>[];
  readonly repository: NodeHandle<RepositoryOutputs> | undefined;
};

/** How many images stay, and for how many days those that have lost their tag. */
const kept = { tagged: 10, untaggedDays: 7 };

/** `123456789012.dkr.ecr.us-east-1.amazonaws.com/name:tag` */
const ofEcr = /^(\d{12})\.dkr\.ecr\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

export function addImage(graph: Graph<Aws>, { image, sidecars, deleteImages }: ApiServiceSpec): Image {
  const beside = sidecars.map((sidecar) => sidecar.image);
  if (image.uri !== undefined)
    return { uri: image.uri, repositoryArns: repositoriesOf([image.uri, ...beside]), repository: undefined };
  const repository = graph.add(
    Repository,
    'repository',
    {
      name: image.repository,
      scanOnPush: true,
      tagMutability: 'IMMUTABLE',
      encryption: { type: 'AES256' },
      lifecycle: keepImages(kept.tagged, kept.untaggedDays),
      policy: undefined,
      emptyOnDeletion: deleteImages,
    },
    deleteImages ? {} : { outlivesObject: true },
  );
  const uri = text`${repository.ref('uri')}:${image.tag}`;
  return { uri, repositoryArns: [repository.ref('arn'), ...repositoriesOf(beside)], repository };
}

/** Each once; images that are elsewhere are pulled without a permission of ours. */
function repositoriesOf(images: readonly string[]): readonly string[] {
  return [...new Set(images.map((image) => repositoryArnIn(image)).filter((arn) => arn !== undefined))];
}

function repositoryArnIn(uri: string): string | undefined {
  const [, account, region, name] = ofEcr.exec(uri) ?? [];
  if (account === undefined || region === undefined) return undefined;
  return `arn:${partitionOf(region).name}:ecr:${region}:${account}:repository/${name}`;
}
