import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { labelOf, neighboursOf } from './place.ts';

/** A repository of its own with a tag, or any image. */
export function checkImage(
  { image, deleteImages }: ApiServiceSpec,
  others: OtherObjects,
): readonly SpecFault[] {
  if (image.uri !== undefined) {
    return [
      ...(image.tag === undefined
        ? []
        : [{ path: ['image', 'tag'], message: 'only with image.repository; write the tag into uri' }]),
      ...(deleteImages ? [{ path: ['deleteImages'], message: 'only with image.repository' }] : []),
    ];
  }
  const { repository, tag } = image;
  return [...tagFault(tag), ...ownerFault(repository, others)];
}

function tagFault(tag: string | undefined): readonly SpecFault[] {
  if (tag === undefined)
    return [{ path: ['image'], message: 'repository needs tag, like {repository: api, tag: "1.4.2"}' }];
  if (tag !== 'latest') return [];
  const message = 'latest cannot be moved to another image here; give every image a tag of its own';
  return [{ path: ['image', 'tag'], message }];
}

/** Names of repositories are unique in an account and region: two owners would delete each other's images. */
function ownerFault(repository: string, others: OtherObjects): readonly SpecFault[] {
  const owner = neighboursOf('ApiService', others).find(({ spec: { image } }) => {
    return isFields(image) && image['repository'] === repository;
  });
  if (owner === undefined) return [];
  const message = `${repository} belongs to ${labelOf('ApiService', owner)} already; its images can be used with uri`;
  return [{ path: ['image', 'repository'], message }];
}
